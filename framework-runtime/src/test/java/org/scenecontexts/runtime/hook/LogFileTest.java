package org.scenecontexts.runtime.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.toy.Toys;

class LogFileTest {

    @TempDir
    Path runs;

    private Path train(String hook) {
        Toys.run(runs, Toys.TRAIN, "stages.learn.hooks=[" + hook + "]");
        return runs.resolve("toys/learn");
    }

    private static List<Long> iterations(Path csv) throws IOException {
        return Files.readAllLines(csv).stream()
                .skip(1)
                .map(line -> Long.parseLong(line.substring(0, line.indexOf(','))))
                .toList();
    }

    @Test
    void aTableHasALinePerStepWithRateLengthAndFigures() throws IOException {
        Path stage = train("log-file");
        List<String> lines = Files.readAllLines(stage.resolve("steps.csv"));
        assertThat(lines).hasSize(24);
        List<String> header = Arrays.asList(lines.getFirst().split(","));
        assertThat(header)
                .containsExactlyInAnyOrder(
                        "iteration", "epoch", "lr", "grad_norm", "loss", "counted", "told", "seconds", "data_seconds");
        assertThat(lines.get(1).split(",")).hasSameSizeAs(header).doesNotContain("");
    }

    @Test
    void measurementsHaveATableOfTheirOwn() throws IOException {
        Path table = train("log-file").resolve("measurements.csv");
        assertThat(iterations(table)).containsExactly(6L, 12L, 18L, 23L);
        assertThat(Files.readAllLines(table).getFirst()).contains("accuracy").contains("loss");
    }

    @Test
    void everyNthStepCanBeEnoughAndLinesCanBeJson() throws IOException {
        List<String> lines = Files.readAllLines(
                train("{type: log-file, format: jsonl, every: 10}").resolve("steps.jsonl"));
        assertThat(lines)
                .extracting(line -> Json.parse(line).orElseThrow().get("iteration"))
                .containsExactly(10, 20);
    }

    @Test
    void everyStepIsThereOnceAfterAnInterruption() throws IOException {
        AtomicInteger left = new AtomicInteger(70);
        Assertions.assertThatThrownBy(() -> Toys.run(
                        runs,
                        Toys.TRAIN,
                        index -> {
                            if (left.decrementAndGet() < 0) {
                                throw new IllegalStateException("the disk is gone");
                            }
                        },
                        1,
                        false,
                        "stages.learn.hooks=[log-file]"))
                .hasMessageContaining("the disk is gone");
        Path stage = train("log-file");
        assertThat(iterations(stage.resolve("steps.csv")))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 23).boxed().toList());
    }
}
