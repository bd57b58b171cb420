package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.scenecontexts.runtime.faulty.Faults;
import org.scenecontexts.runtime.faulty.FaultyFileSystem;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.RunOptions;
import org.scenecontexts.runtime.pipeline.StageFailedException;
import org.scenecontexts.runtime.run.Generations;
import org.scenecontexts.runtime.toy.Toys;

/**
 * Every write of a short run fails once: what was finished stays whole, and running again ends in the same bytes.
 *
 * <p>The ordinary build takes every {@value #SAMPLE}th write, another residue in each of the two tests; {@code
 * -Dcsc.every-write=true} takes all.
 */
class FailedWritesTest {

    private static final int SAMPLE = 11;

    private static final String SHORT = """
            name: toys
            seed: 5
            stages:
              - id: learn
                train:
                  data: {type: toy-data, scenes: 4}
                  backbone: toy-backbone
                  task: toy-task
                  optimizer: {type: sgd, lr: 0.2}
                  iterations: 5
                  batch: 2
                  checkpoint-every: 2
                  log-every: 3
                  validation: {data: {type: toy-data, chance: 2, scenes: 2}, benchmark: toy-accuracy, every: 2}
              - id: measure
                evaluate:
                  model: "${learn}"
                  data: {type: toy-data, chance: 3, scenes: 2}
                  benchmark: toy-accuracy
                  export: true
              - id: apply
                predict: {model: "${learn.best}", data: {type: toy-data, chance: 3, scenes: 2}, out: [ply, logits]}
            """;

    private static final String CHANGED = "stages.learn.optimizer.lr=0.1";

    @TempDir(factory = InMemory.class)
    static Path shared;

    @TempDir(factory = InMemory.class)
    private Path folder;

    /** Thousands of files are synced here, and it is not the disk that is tested. */
    static final class InMemory implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            Path memory = Path.of("/dev/shm");
            return Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "csc-test")
                    : Files.createTempDirectory("csc-test");
        }
    }

    private static Map<String, String> undisturbed;
    private static Map<String, String> undisturbedChange;
    /** Every content that a file has had under its final name in the undisturbed run. */
    private static final Map<String, Set<String>> VERSIONS = new HashMap<>();

    @BeforeAll
    static void runUndisturbed() throws IOException {
        Path run = shared.resolve("toys");
        run(FaultyFileSystem.at(shared, new Faults(0, file -> remember(run, file))));
        undisturbed = RunFiles.results(run);
        Path other = shared.resolve("changed");
        run(other, CHANGED);
        undisturbedChange = RunFiles.results(other.resolve("toys"));
    }

    private static void remember(Path run, Path file) {
        try {
            VERSIONS.computeIfAbsent(run.relativize(file).toString(), name -> new HashSet<>())
                    .add(RunFiles.content(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Path runs, String... overrides) {
        Toys.run(SHORT, new RunOptions(Toys.catalog(index -> {}), runs, false, OptionalInt.of(1)), overrides);
    }

    /** Runs with a fault; whether there are as many writes as that. */
    private static boolean faulty(Path runs, int failing, String... overrides) {
        Faults faults = new Faults(failing);
        try {
            run(FaultyFileSystem.at(runs, faults), overrides);
        } catch (StageFailedException | UncheckedIOException e) {
            assertThat(e).hasStackTraceContaining("injected fault " + failing);
        }
        return faults.reached();
    }

    private static int step() {
        return Boolean.getBoolean("csc.every-write") ? 1 : SAMPLE;
    }

    private static void tell(String figures) {
        if (step() == 1) {
            System.out.println(figures);
        }
    }

    @Test
    void whatIsUnderItsFinalNameIsWholeAndRunningAgainEndsInTheSameBytes() throws IOException {
        int n = 1;
        for (; ; n += step()) {
            Path runs = Files.createDirectory(folder.resolve("n" + n));
            if (!faulty(runs, n)) {
                break;
            }
            assertWhole(n, runs.resolve("toys"));
            run(runs);
            assertThat(RunFiles.results(runs.resolve("toys")))
                    .as("after write %d failed and the run was called again", n)
                    .isEqualTo(undisturbed);
        }
        assertThat(n).as("number of writes").isGreaterThan(100);
        tell(n - 1 + " writes, each failed once");
    }

    private static void assertWhole(int n, Path run) throws IOException {
        Map<String, String> left = Files.exists(run) ? RunFiles.results(run) : Map.of();
        left.forEach((name, content) -> {
            if (name.endsWith(".jsonl")) {
                List<String> lines = undisturbed.get(name).lines().toList();
                List<String> found = content.lines()
                        .filter(line -> !line.equals("Optional.empty"))
                        .toList();
                assertThat(found)
                        .as("%s after write %d failed", name, n)
                        .isEqualTo(lines.subList(0, Math.min(found.size(), lines.size())));
            } else if (!name.endsWith(".tmp")) {
                assertThat(VERSIONS.get(name))
                        .as("%s after write %d failed", name, n)
                        .contains(content);
            }
        });
    }

    @Test
    void whatAChangedRunReplacesIsWholeInItsPlaceOrAmongTheReplaced() throws IOException {
        int n = 3;
        for (; ; n += step()) {
            Path runs = Files.createDirectory(folder.resolve("n" + n));
            Path run = runs.resolve("toys");
            run(runs);
            Map<String, String> before = RunFiles.results(run);
            boolean reached = faulty(runs, n, CHANGED);
            assertKept(n, before, run);
            if (!reached) {
                break;
            }
            run(runs, CHANGED);
            assertKept(n, before, run);
            assertThat(RunFiles.results(run))
                    .as("after write %d failed and the run was called again", n)
                    .isEqualTo(undisturbedChange);
        }
        assertThat(n).as("number of writes").isGreaterThan(100);
        tell(n - 1 + " writes of a changed run, each from the third failed once");
    }

    private static void assertKept(int n, Map<String, String> before, Path run) throws IOException {
        for (String stage : List.of("learn", "measure", "apply")) {
            Path kept = Generations.in(run).stream()
                    .map(generation -> generation.path().resolve(stage))
                    .filter(Files::exists)
                    .findFirst()
                    .orElse(run.resolve(stage));
            Map<String, String> found = RunFiles.results(kept);
            before.forEach((name, content) -> {
                if (name.startsWith(stage + "/")) {
                    assertThat(found)
                            .as("%s after write %d failed", name, n)
                            .containsEntry(name.substring(stage.length() + 1), content);
                }
            });
        }
    }
}
