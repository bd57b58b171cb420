package org.scenecontexts.benchmarks.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLinesTest {

    @TempDir
    private Path stage;

    @Test
    void aStepTakesWhatTheClockSaysFromLineToLineOnceTheTrainingHasSettled() throws IOException {
        // The first lines are slow, and what a step says of itself leaves out what it has only asked for.
        Files.writeString(stage.resolve("metrics.jsonl"), """
                {"iteration":10,"loss":3.0,"step_seconds":0.001,"elapsed_seconds":9.0}
                {"iteration":20,"loss":2.5,"step_seconds":0.001,"elapsed_seconds":12.0}
                {"iteration":30,"loss":2.0,"step_seconds":0.003,"elapsed_seconds":12.2}
                {"iteration":40,"loss":1.5,"step_seconds":0.002,"elapsed_seconds":12.4}
                {"iteration":50,"loss":1.0,"step_seconds":0.004,"elapsed_seconds":12.6}
                """);

        TrainingLines lines = TrainingLines.read(stage);

        assertThat(lines.secondsPerStep()).isCloseTo(0.02, within(1e-9));
        assertThat(lines.median("step_seconds")).isEqualTo(0.003);
        assertThat(lines.all("loss")).containsExactly(3.0, 2.5, 2.0, 1.5, 1.0);
    }
}
