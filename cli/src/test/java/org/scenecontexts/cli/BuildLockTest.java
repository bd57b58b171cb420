package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Of several {@code csc} that want to build, one does and the others wait; a killed one does not block them. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "csc.cmd has a lock of its own, which needs Windows to be tried")
class BuildLockTest {

    private static final Path SCRIPT =
            Path.of("..", ".mvn", "build-lock.sh").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private Path lock;
    private Path log;

    @BeforeEach
    void names() {
        lock = folder.resolve("lock");
        log = folder.resolve("log");
    }

    private Process sh(String script) throws IOException {
        return new ProcessBuilder("sh", "-euc", ". '" + SCRIPT + "'\n" + script)
                .directory(folder.toFile())
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("err").toFile()))
                .start();
    }

    private Process builder() throws IOException {
        return sh("csc_lock_build lock; echo in >>log; sleep 0.2; echo out >>log; csc_unlock_build");
    }

    private static void succeeds(Process process) throws InterruptedException {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("ends").isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private long ended() throws IOException, InterruptedException {
        Process process = sh("exit 0");
        process.waitFor();
        return process.pid();
    }

    private void lockOf(String holder, Duration age) throws IOException {
        Files.createDirectory(lock);
        if (!holder.isEmpty()) {
            Files.writeString(lock.resolve("holder"), holder);
        }
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(age)));
    }

    private static String host() throws IOException {
        return new String(
                        new ProcessBuilder("uname", "-n")
                                .start()
                                .getInputStream()
                                .readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8)
                .strip();
    }

    @Test
    void oneBuildsAtATime() throws IOException, InterruptedException {
        List<Process> builders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            builders.add(builder());
        }
        for (Process process : builders) {
            succeeds(process);
        }
        assertThat(Files.readAllLines(log)).containsExactly("in", "out", "in", "out", "in", "out");
        assertThat(lock).doesNotExist();
    }

    @Test
    void theLockOfAKilledOneIsTakenAwayByOneOfThoseWhoWait() throws IOException, InterruptedException {
        lockOf(ended() + " " + host(), Duration.ZERO);
        Process one = builder();
        Process other = builder();
        succeeds(one);
        succeeds(other);
        assertThat(Files.readAllLines(log)).containsExactly("in", "out", "in", "out");
    }

    @Test
    void aLivingHolderIsWaitedForWithASentence() throws IOException, InterruptedException {
        lockOf(ProcessHandle.current().pid() + " " + host(), Duration.ZERO);
        Process waiting = builder();
        assertThat(waiting.waitFor(1500, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(folder.resolve("err")).content().contains("another csc is building; waiting for it");
        Files.delete(lock.resolve("holder"));
        Files.delete(lock);
        succeeds(waiting);
    }

    @Test
    void theLockOfAnotherMachineCountsForHalfAnHour() throws IOException, InterruptedException {
        lockOf("1 elsewhere", Duration.ofMinutes(32));
        succeeds(builder());
    }

    @Test
    void theLockIsGivenBackWhenTheBuildIsInterrupted() throws IOException, InterruptedException {
        Process process = sh("csc_lock_build lock; echo in >>log; while :; do sleep 0.1; done");
        for (int i = 0; i < 100 && !Files.exists(log); i++) {
            Thread.sleep(50);
        }
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(lock).doesNotExist();
    }
}
