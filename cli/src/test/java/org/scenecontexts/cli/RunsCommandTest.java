package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.record.RunFigures;
import org.scenecontexts.runtime.run.StageFolder;
import picocli.CommandLine;

/** What {@code csc runs} shows, asks and removes. */
class RunsCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new ArrayList<>();
    private Optional<String> answer = Optional.empty();
    private Path runs;

    @BeforeEach
    void threeGenerations() throws IOException {
        runs = folder.resolve("runs");
        stage(runs.resolve("rooms/train"), true);
        stage(runs.resolve("rooms/eval"), false);
        Files.writeString(runs.resolve("rooms/pipeline.yaml"), "name: rooms");
        for (int i : new int[] {1, 2, 10}) {
            stage(runs.resolve("rooms/.replaced/" + i + "/train"), true);
            Files.write(runs.resolve("rooms/.replaced/" + i + "/train/weights"), new byte[2048]);
        }
        stage(runs.resolve("other/train"), true);
        Files.writeString(runs.resolve("other/pipeline.yaml"), "name: other");
        Files.createDirectories(runs.resolve("notes"));
    }

    private static void stage(Path path, boolean finished) {
        StageFolder.Status status = new StageFolder.Status("f", false, "m", Map.of(), Map.of());
        new StageFolder(path).status("train", "train", finished ? status.ended() : status);
    }

    private int csc(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--runs", runs.toString()));
        return bare(all.toArray(String[]::new));
    }

    private int bare(String... arguments) {
        Host host = new Host(
                Map.of(),
                List.of(),
                () -> {
                    throw new AssertionError("nothing is run");
                },
                question -> {
                    asked.add(question);
                    return answer;
                },
                Optional.empty());
        CommandLine line = Main.commandLine(host);
        List<String> all = new ArrayList<>(List.of("runs"));
        all.addAll(List.of(arguments));
        return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(all.toArray(String[]::new));
    }

    private boolean has(int generation) {
        return Files.exists(runs.resolve("rooms/.replaced/" + generation));
    }

    @Test
    void listShowsStagesSizesAndGenerationsInTheOrderOfTheirNumbers() {
        assertThat(csc("list")).isZero();
        assertThat(out.toString())
                .containsSubsequence("other  ", "rooms  ", "finished      train", "not finished  eval")
                .containsPattern("replaced 1 +2\\.\\d KiB  train")
                .containsSubsequence("replaced 1 ", "replaced 2 ", "replaced 10 ")
                .doesNotContain("notes");
    }

    @Test
    void listShowsTheRunsThatAreNamed() {
        assertThat(csc("list", "other")).isZero();
        assertThat(out.toString()).startsWith("other").doesNotContain("rooms");
    }

    @Test
    void aNameThatIsNoRunIsWrongUsageWithTheNearestName() {
        assertThat(csc("list", "room")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no run 'room'").contains("did you mean 'rooms'?");
    }

    @Test
    void cleanWithoutAnybodyToAskRemovesNothingAndSaysHow() {
        assertThat(csc("clean")).isEqualTo(2);
        assertThat(err.toString()).contains("nothing was removed; add --yes");
        assertThat(has(1) && has(2) && has(10)).isTrue();
    }

    @Test
    void cleanShowsWhatItWouldRemoveAndAsks() {
        answer = Optional.of("n");
        assertThat(csc("clean")).isZero();
        assertThat(asked).singleElement().asString().contains("KiB, for good? [y/N]");
        assertThat(out.toString()).contains("replaced 10", "nothing was removed");
        assertThat(has(1)).isTrue();
    }

    @Test
    void aYesRemovesTheGenerationsAndLeavesTheResults() {
        answer = Optional.of("y");
        assertThat(csc("clean")).isZero();
        assertThat(runs.resolve("rooms/.replaced")).doesNotExist();
        assertThat(runs.resolve("rooms/train/stage.json")).exists();
        assertThat(out.toString()).contains("removed ");
    }

    @Test
    void theNewestCanBeKept() {
        assertThat(csc("clean", "--keep", "1", "--yes")).isZero();
        assertThat(asked).isEmpty();
        assertThat(has(1) || has(2)).isFalse();
        assertThat(has(10)).isTrue();
    }

    @Test
    void onlyTheNamedRunIsCleaned() {
        assertThat(csc("clean", "other", "--yes")).isZero();
        assertThat(out.toString()).contains("nothing to remove");
        assertThat(has(1)).isTrue();
    }

    private void finished() throws IOException {
        stage(runs.resolve("rooms/eval"), true);
        Map<String, Double> values = Map.of("eval/miou", 0.6395, "eval/seconds", 7.0);
        RunFigures.Call call =
                new RunFigures.Call("csc run rooms.yaml", List.of(), "2026-11-28T10:00:00Z", 145.4, true);
        Map<String, Object> results =
                new RunFigures(call, Map.of("train", "m", "eval", "m"), List.of(), values).document();
        Json.write(runs.resolve("rooms/results.json"), results);
    }

    @Test
    void aFinishedRunIsPutOnRecordAndItsFiguresIntoTheTextsThatCiteThem() throws IOException {
        finished();
        Path text = Files.writeString(folder.resolve("a.md"), "mIoU 0.000<!--= rooms eval/miou -->\n");
        Path record = folder.resolve("results/rooms.json");

        assertThat(csc("record", "rooms", "--out", record.toString())).isZero();
        assertThat(out.toString()).contains("rooms.json: 2 figures, 2 min 25 s of the whole process");
        assertThat(bare(
                        "renew",
                        text.toString(),
                        "--results",
                        record.getParent().toString()))
                .isZero();
        assertThat(out.toString()).contains("a.md:1: rooms eval/miou: 0.000 -> 0.640", "1 marks, 1 renewed");
        assertThat(text).hasContent("mIoU 0.640<!--= rooms eval/miou -->");
    }

    @Test
    void aCheckWritesNothingAndFailsWhereATextDiffers() throws IOException {
        finished();
        Path text = Files.writeString(folder.resolve("a.md"), "mIoU 0.000<!--= rooms eval/miou -->\n");
        Path record = folder.resolve("results/rooms.json");
        assertThat(csc("record", "rooms", "--out", record.toString())).isZero();

        assertThat(bare(
                        "renew",
                        text.toString(),
                        "--results",
                        record.getParent().toString(),
                        "--check"))
                .isEqualTo(1);
        assertThat(text).content().startsWith("mIoU 0.000");
    }

    @Test
    void aMarkThatCannotBeFollowedIsAnErrorAndNothingIsWritten() throws IOException {
        Path text = Files.writeString(folder.resolve("a.md"), "mIoU 0.000<!--= rooms eval/miou -->\n");
        assertThat(bare("renew", text.toString(), "--results", folder.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("a.md:1: there is no record 'rooms'", "nothing was written");
    }

    @Test
    void aRunThatIsNotFinishedIsNotRecorded() {
        assertThat(csc("record", "rooms")).isEqualTo(1);
        assertThat(err.toString()).contains("rooms is not finished", "eval");
    }
}
