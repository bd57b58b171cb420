package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.runtime.toy.Toys;

/** A training with every hook, frozen parts and groups goes on to the same bytes after an interruption. */
class HookResumeTest {

    private static final String YAML = Toys.TRAIN.replaceFirst("hooks: .*", """
        hooks:
                - {type: clip-gradients, norm: 0.5}
                - {type: norm-momentum, start: 0.5, every: 1, floor: 0.01}
                - {type: ema, decay: 0.9, keep-trained: true}
                - {type: ema, decay: 0.5}
                - {type: keep-checkpoints, every: 4, newest: 2, best: {accuracy: highest, loss: lowest}}
                - {type: early-stopping, patience: 3, metric: loss, goal: lowest, margin: 1}
                - log-file
              freeze: [{names: \"0\", until: 9}]
              groups: [{names: task/*, rate: 2}, {names: \"*.bias\", weight-decay: 0}]\
        """);

    @TempDir
    static Path shared;

    @TempDir
    Path runs;

    private static Map<String, String> uninterrupted;

    @BeforeAll
    static void trainOnce() {
        Toys.run(shared, YAML);
        uninterrupted = checkpoints(shared);
    }

    /** Digest of every checkpoint by name. */
    private static Map<String, String> checkpoints(Path runs) {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.list(runs.resolve("toys/learn/checkpoints"))) {
            for (Path file : files.toList()) {
                String bytes = new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
                digests.put(file.getFileName().toString(), Fingerprints.sha256(bytes));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return digests;
    }

    private void failAfter(int loads, int threads) {
        AtomicInteger left = new AtomicInteger(loads);
        assertThatThrownBy(() -> Toys.run(
                        runs,
                        YAML,
                        index -> {
                            if (left.decrementAndGet() < 0) {
                                throw new IllegalStateException("the disk is gone");
                            }
                        },
                        threads,
                        false))
                .hasMessageContaining("the disk is gone");
    }

    @Test
    void theHooksHaveLeftWhatTheyAreThereFor() {
        assertThat(uninterrupted)
                .containsOnlyKeys(
                        "best-accuracy.safetensors",
                        "best-loss.safetensors",
                        "best.safetensors",
                        "iteration-0000016.safetensors",
                        "iteration-0000020.safetensors",
                        "last.safetensors",
                        "trained.safetensors");
    }

    /** Seven scenes are measured after every sixth step, four are read for a step; a checkpoint comes every seventh. */
    @ParameterizedTest
    @CsvSource({"20, 1, 2", "45, 2, 1", "75, 1, 3", "98, 3, 1"})
    void goesOnToTheSameBytesUnderAnyNumberOfThreads(int loads, int threadsBefore, int threadsAfter) {
        failAfter(loads, threadsBefore);
        Toys.run(runs, YAML, index -> {}, threadsAfter, false);
        assertThat(checkpoints(runs)).isEqualTo(uninterrupted);
    }

    @Test
    void goesOnToTheSameBytesAfterTwoInterruptions() {
        failAfter(60, 2);
        failAfter(35, 1);
        Toys.run(runs, YAML);
        assertThat(checkpoints(runs)).isEqualTo(uninterrupted);
    }
}
