package org.scenecontexts.runtime.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.toy.Toys;
import org.scenecontexts.testing.MachineFigures;

/** A training that ends early on request, and is the beginning of the whole one. */
class StopAfterTest {

    @TempDir
    private Path runs;

    /** Lines of the training without what time and machine change. */
    private static List<Map<String, Object>> learnt(Path runs) throws IOException {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (String line : Files.readAllLines(runs.resolve("toys/learn/metrics.jsonl"))) {
            Map<String, Object> figures = new LinkedHashMap<>(Json.parse(line).orElseThrow());
            MachineFigures.removeFrom(figures);
            lines.add(figures);
        }
        return lines;
    }

    private static void train(Path runs, String hooks) {
        String yaml =
                Toys.TRAIN.replaceAll("validation: .*", "schedule: poly").replaceFirst("hooks: .*", "hooks: " + hooks);
        Toys.run(runs, yaml, "stages.learn.log-every=1");
    }

    @Test
    void endsTheTrainingAsIfTheStepHadBeenTheLast() {
        Toys.run(runs, Toys.ALL, "stages.learn.hooks=[{type: stop-after, iteration: 3}]");
        assertThat(Json.read(runs.resolve("toys/learn/metrics.json")).orElseThrow())
                .containsEntry("iterations", 3)
                .containsEntry("stopped", "'stop-after' asks for 3 steps");
        assertThat(runs.resolve("toys/measure/metrics.json")).exists();
    }

    @Test
    void theStepsBeforeItAndTheirRatesAreThoseOfTheWholeTraining() throws IOException {
        train(runs.resolve("whole"), "[]");
        train(runs.resolve("begun"), "[{type: stop-after, iteration: 5}]");
        List<Map<String, Object>> whole = learnt(runs.resolve("whole"));
        assertThat(whole).hasSize(23).allSatisfy(line -> assertThat(line).containsKeys("loss", "lr"));
        assertThat(learnt(runs.resolve("begun"))).isEqualTo(whole.subList(0, 5));
    }
}
