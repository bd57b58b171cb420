package org.scenecontexts.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.runtime.checkpoint.CheckpointValues;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.toy.Toys;

/** How long a training is. */
class EpochsTest {

    @TempDir
    Path runs;

    private static final String YAML = Toys.TRAIN.replace("iterations: 23", "epochs: 1");

    /** Seven scenes, four of them in every step. */
    @ParameterizedTest
    @CsvSource({"1, 2", "3, 6", "0.5, 1", "0.01, 1", "4, 7"})
    void epochsAreMadeWholeSteps(double epochs, int iterations) {
        Toys.run(runs, YAML, "stages.learn.epochs=" + epochs);
        assertThat(Json.read(runs.resolve("toys/learn/metrics.json")).orElseThrow())
                .containsEntry("iterations", iterations);
    }

    @Test
    void aWholeNumberOfStepsIsNotMadeOneMoreByRounding() {
        Toys.run(
                runs,
                YAML,
                "stages.learn.epochs=0.1",
                "stages.learn.data.scenes=30",
                "stages.learn.batch=1",
                "stages.learn.accumulate=1");
        assertThat(Json.read(runs.resolve("toys/learn/metrics.json")).orElseThrow())
                .containsEntry("iterations", 3);
    }

    @Test
    void epochsTrainLikeThatManyIterations() {
        Toys.run(runs.resolve("a"), YAML, "stages.learn.epochs=3");
        Toys.run(runs.resolve("b"), Toys.TRAIN, "stages.learn.iterations=6");
        String last = "toys/learn/checkpoints/last.safetensors";
        assertThat(CheckpointValues.of(runs.resolve("a").resolve(last)).tensors())
                .usingRecursiveComparison()
                .isEqualTo(CheckpointValues.of(runs.resolve("b").resolve(last)).tensors());
    }

    @Test
    void bothAreRefused() {
        assertThatThrownBy(() -> Toys.run(runs, Toys.TRAIN, "stages.learn.epochs=3"))
                .hasMessageContaining("the keys 'iterations' and 'epochs' exclude each other")
                .hasMessageContaining("write 'iterations: ~'");
    }

    @Test
    void whatDefaultsGiveCanBeTakenBack() {
        Toys.run(runs, Toys.TRAIN, "stages.learn.epochs=1", "stages.learn.iterations=~");
        assertThat(Json.read(runs.resolve("toys/learn/metrics.json")).orElseThrow())
                .containsEntry("iterations", 2);
    }
}
