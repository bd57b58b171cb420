package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Preparing raw ScanNet and S3DIS trees, killed ({@code kill -9}) at any moment of the work and started again, ends in the bytes
 * that it would have ended in.
 *
 * <p>Three kills in the ordinary build, thirty with {@code -Pkills}; {@code -Dcsc.kills.seed=N} chooses other moments.
 */
class PreparationKillsIT {

    private static final int KILLS = Integer.getInteger("csc.kills", 3);
    private static final long LIMIT = 300;

    private static final String RAW = """
        name: raw
        stages:
          - id: scannet
            prepare: {type: synthetic-raw, layout: scannet, target: HERE/scannet, train: 4, val: 1, test: 1, cameras: 3}
          - id: s3dis
            prepare: {type: synthetic-raw, layout: s3dis, target: HERE/s3dis, train: 4, val: 1, cameras: 3}
        """;

    private static final String PREPARE = """
        name: prepare
        defaults: {threads: 2}
        stages:
          - id: scenes
            prepare: {type: scannet, source: HERE/scannet, target: TARGET/scannet}
          - id: boxes
            prepare: {type: scannet-detection, source: HERE/scannet, target: TARGET/boxes}
          - id: rooms
            prepare: {type: s3dis, source: HERE/s3dis, target: TARGET/s3dis}
        """;

    @TempDir
    static Path folder;

    private static KillableRuns killable;
    private static Map<String, String> undisturbed;
    private static long milliseconds;

    @BeforeAll
    static void runUndisturbed() throws IOException, InterruptedException {
        killable = new KillableRuns(folder);
        Path raw = Files.writeString(folder.resolve("raw.yaml"), RAW.replace("HERE", folder.toString()));
        InProcess.csc("run", raw.toString(), "--runs", folder.resolve("runs").toString())
                .succeeded();
        Process process = begin("undisturbed");
        waitForTheWork(process, "undisturbed");
        long began = System.nanoTime();
        assertThat(process.waitFor(LIMIT, TimeUnit.SECONDS)).isTrue();
        milliseconds = (System.nanoTime() - began) / 1_000_000;
        assertThat(process.exitValue()).as(killable.said("undisturbed")).isZero();
        undisturbed = files("undisturbed");
        assertThat(undisturbed.keySet())
                .anyMatch(name -> name.matches("scannet/scene.*\\.pth"))
                .anyMatch(name -> name.matches("boxes/scene.*_bbox\\.npy"))
                .anyMatch(name -> name.matches("s3dis/Area_5/.*\\.pth"));
    }

    @AfterAll
    static void endProcesses() throws InterruptedException {
        killable.end();
    }

    private static Process begin(String round) throws IOException {
        Path pipeline = Files.writeString(
                folder.resolve(round + ".yaml"),
                PREPARE.replace("HERE", folder.toString())
                        .replace("TARGET", target(round).toString()));
        return killable.begin(round, pipeline, folder.resolve("runs").resolve(round));
    }

    private static Path target(String round) {
        return folder.resolve("targets").resolve(round);
    }

    /** Until the program has started and found its place: it makes the run's log anew then. */
    private static void waitForTheWork(Process process, String round) throws IOException, InterruptedException {
        while (process.isAlive() && !killable.said(round).contains("Computing with")) {
            process.waitFor(1, TimeUnit.MILLISECONDS);
        }
    }

    /** Every file below a target, its records too, as text that is equal where the bytes are. */
    private static Map<String, String> files(String round) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(target(round))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(
                        target(round).relativize(file).toString().replace('\\', '/'),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    @Test
    void killsAtAnyMomentEndInTheSameBytes() throws IOException, InterruptedException {
        Random random = new Random(Long.getLong("csc.kills.seed", 1));
        int killed = 0;
        int duringSaving = 0;
        int rounds = 0;
        while (killed < KILLS) {
            String round = "round" + rounds++;
            boolean ended = false;
            while (!ended) {
                Process process = begin(round);
                waitForTheWork(process, round);
                if (killed < KILLS && !process.waitFor(random.nextLong(milliseconds), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly().waitFor();
                    killed++;
                    duringSaving += unfinished(round) ? 1 : 0;
                } else {
                    assertThat(process.waitFor(LIMIT, TimeUnit.SECONDS)).isTrue();
                    assertThat(process.exitValue()).as(killable.said(round)).isZero();
                    ended = true;
                }
            }
            Map<String, String> found = files(round);
            assertThat(found.keySet()).isEqualTo(undisturbed.keySet());
            found.forEach((name, content) ->
                    assertThat(content.equals(undisturbed.get(name))).as(name).isTrue());
        }
        System.out.println(killed + " kills in " + rounds + " rounds, " + duringSaving
                + " of them in the middle of a file; " + milliseconds + " ms of work undisturbed");
    }

    private static boolean unfinished(String round) {
        if (!Files.isDirectory(target(round))) {
            return false;
        }
        try (Stream<Path> files = Files.walk(target(round))) {
            return files.anyMatch(file -> file.toString().endsWith(".tmp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
