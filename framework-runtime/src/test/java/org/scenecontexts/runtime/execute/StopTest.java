package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.runtime.checkpoint.Checkpoint;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.RunOptions;
import org.scenecontexts.runtime.pipeline.RunStoppedException;
import org.scenecontexts.runtime.run.StageFolder;
import org.scenecontexts.runtime.toy.ToyData;
import org.scenecontexts.runtime.toy.Toys;

/** A run that is asked to stop saves at the next step, and goes on to the same bytes. */
class StopTest {

    @TempDir
    private Path runs;

    private StageFolder stage(String id) {
        return new StageFolder(runs.resolve("toys").resolve(id));
    }

    /** Asks to stop when so many scenes have been loaded. */
    private void stopAfter(int loads, String yaml) {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger left = new AtomicInteger(loads);
        ToyData.Trap trap = index -> {
            if (left.decrementAndGet() <= 0) {
                stop.set(true);
            }
        };
        Toys.run(
                yaml,
                new RunOptions(Toys.catalog(trap), runs, false, OptionalInt.of(1)).stoppedBy(stop::get),
                "stages.learn.checkpoint-every=1000");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30, 45, 71, 90})
    void aStoppedTrainingHasSavedAndGoesOnToTheSameBytes(int loads, @TempDir Path undisturbed) throws IOException {
        assertThatThrownBy(() -> stopAfter(loads, Toys.TRAIN))
                .isInstanceOf(RunStoppedException.class)
                .hasMessageMatching("stage 'learn': stopped after iteration \\d+ of 23, which is saved; .*goes on.*");
        try (Checkpoint saved = Checkpoint.open(stage("learn").resume())) {
            assertThat(saved.metadata("csc.iteration")).isPresent();
        }
        Toys.run(runs, Toys.TRAIN);
        Toys.run(undisturbed, Toys.TRAIN);
        StageFolder expected = new StageFolder(undisturbed.resolve("toys/learn"));
        assertThat(stage("learn").last()).hasSameBinaryContentAs(expected.last());
        assertThat(stage("learn").best()).hasSameBinaryContentAs(expected.best());
        assertThat(history(stage("learn"))).isEqualTo(history(expected));
    }

    /** Every line without its times. */
    private static List<Map<String, Object>> history(StageFolder folder) throws IOException {
        return Files.readAllLines(folder.metricLines()).stream()
                .map(line -> Json.parse(line).orElseThrow())
                .map(RunFiles::timeless)
                .toList();
    }

    @Test
    void anEvaluationThatIsStoppedBeginsAgain() {
        int training = 23 * 4 + 4 * 7;
        assertThatThrownBy(() -> stopAfter(training + 2, Toys.ALL))
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining("the same command");
        assertThat(stage("learn").status().finished()).isTrue();
        assertThat(stage("apply").metrics()).doesNotExist();
        Toys.run(runs, Toys.ALL);
        assertThat(stage("apply").metrics()).exists();
    }
}
