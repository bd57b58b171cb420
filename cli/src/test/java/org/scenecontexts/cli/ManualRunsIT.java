package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.docs.ManualCommands;
import org.scenecontexts.docs.ManualCommands.When;
import org.scenecontexts.docs.ManualCommands.Written;

/**
 * The commands of the manual do what they are there for: each ends with exit code 0, one after the other, in a folder that
 * has what the pages speak of (a run of the quickstart, clouds of the names that they use).
 */
class ManualRunsIT {

    /** A command that takes a minute where the machine has nothing else to do may take some where it has. */
    private static final long MOST_SECONDS = 300;

    /** What a long one may take beyond what its page says, as often. */
    private static final int SLOWER = 5;

    @Test
    void everyCommandThatTakesLessThanAMinuteRuns(@TempDir Path folder) throws IOException, InterruptedException {
        furnish(folder);
        List<Written> commands = ManualCommands.run(When.ALWAYS);
        assertThat(run(commands, folder)).isEmpty();
        assertThat(commands).hasSizeGreaterThan(15);
    }

    @Test
    @EnabledIfSystemProperty(
            named = "csc.manual",
            matches = ".+",
            disabledReason = "the long commands of the manual are run with -Pmanual, those of one page or of a few"
                    + " minutes too; see CONTRIBUTING.md")
    void everyLongCommandThatIsAskedForRuns(@TempDir Path folder) throws IOException, InterruptedException {
        String most = System.getProperty("csc.manual");
        String page = System.getProperty("csc.manual.page", "");
        List<Written> commands = ManualCommands.run(When.ON_REQUEST).stream()
                .filter(command -> command.place().contains(page))
                .filter(command -> most.equals("all") || takes(command).compareTo(ManualCommands.time(most)) <= 0)
                .toList();
        assertThat(commands)
                .as("blocks marked with a time up to %s, on pages whose name contains '%s'", most, page)
                .isNotEmpty();
        furnish(folder);
        assertThat(run(commands, folder)).isEmpty();
    }

    private static Duration takes(Written command) {
        return command.mark().orElseThrow().takes();
    }

    /** What went wrong, with place, command and what was said. */
    private static List<String> run(List<Written> commands, Path folder) throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        Path said = folder.resolve("said.txt");
        for (Written command : commands) {
            long start = System.nanoTime();
            long seconds = Math.max(MOST_SECONDS, SLOWER * takes(command).toSeconds());
            int code = csc(folder, said, seconds, command.environment(), command.words());
            System.out.printf(
                    "manual: %.1f s %s csc%s%n", (System.nanoTime() - start) / 1e9, command.place(), command.text());
            if (code != 0) {
                wrong.add(command.place() + " csc" + command.text() + " ended with " + code + ":\n"
                        + Files.readString(said));
            }
        }
        return wrong;
    }

    private static int csc(Path folder, Path said, long seconds, Map<String, String> environment, List<String> words)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(
                List.of(DistributionProcess.DIST.resolve("bin").resolve("csc").toString()));
        line.addAll(words);
        line.replaceAll(word ->
                word.startsWith("~/") ? folder.resolve(word.substring(2)).toString() : word);
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("CSC_PLUGINS", folder.resolve("no-plugins").toString());
        builder.environment().put("CSC_JAVA_OPTS", "-Xmx2g");
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            Files.writeString(said, "it took longer than " + seconds + " s; mark the block with the time it takes");
            return -1;
        }
        return process.exitValue();
    }

    /** What the pages suppose: the quickstart has run, and there are clouds. */
    private static void furnish(Path folder) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        List<String> quickstart = List.of(
                "run",
                "examples/quickstart.yaml",
                "--set=train.iterations=3",
                "--set=train.data.scenes=2",
                "--set=eval.data.scenes=2");
        assertThat(csc(folder, said, 120, Map.of(), quickstart))
                .as("%s", Files.readString(said))
                .isZero();
        Path room;
        try (Stream<Path> exports = Files.walk(folder.resolve("runs/quickstart/eval/exports"))) {
            room = exports.filter(file -> file.toString().endsWith(".ply"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        Files.writeString(folder.resolve("my.yaml"), """
            name: my
            stages:
              - id: eval
                evaluate:
                  model: runs/quickstart/train
                  data: { type: synthetic-rooms, split: val, scenes: 1, cameras: 1 }
                  benchmark: semantic-iou
            """);
        Files.createDirectories(folder.resolve("scans"));
        for (String name : List.of("room", "other-model", "my-scan", "cloud", "building", "scans/first")) {
            Files.copy(room, folder.resolve(name + ".ply"));
        }
        Files.copy(DistributionProcess.DIST.resolve("examples/clouds/office.pcd"), folder.resolve("view.pcd"));
        for (String name : List.of("my-experiment", "osd")) {
            copy(folder.resolve("runs/quickstart"), folder.resolve("runs").resolve(name));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
