package org.scenecontexts.io.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    private Path folder;

    private Path leftOver(String name, Instant written) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "torn");
        Files.setLastModifiedTime(file, FileTime.from(written));
        return file;
    }

    /** The number of a process that has ended. */
    private static long ended() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(), "-version")
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        process.waitFor();
        return process.pid();
    }

    @Test
    void aFileAndItsFoldersAreMade() {
        Path file = folder.resolve("a/b/c.txt");
        AtomicFile.write(file, out -> out.write('x'));
        assertThat(file).hasContent("x");
    }

    @Test
    void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write("half".getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    throw new IOException("the disk is full");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("a.txt: cannot be written")
                .hasMessageContaining("the disk is full");
        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void whatEndedProcessesLeftIsRemovedInAllFolders() throws IOException, InterruptedException {
        long pid = ended();
        Path torn = leftOver("checkpoints/.last.safetensors." + pid + ".tmp", Instant.now());
        Path deep = leftOver("a/b/.c.ply." + pid + ".tmp", Instant.now());
        assertThat(Leftovers.remove(folder)).containsExactlyInAnyOrder(torn, deep);
        assertThat(torn).doesNotExist();
    }

    @Test
    void whatALivingProcessWritesStays() throws IOException {
        Path mine = leftOver(".a.ply." + ProcessHandle.current().pid() + ".tmp", Instant.now());
        assertThat(Leftovers.remove(folder)).isEmpty();
        assertThat(mine).exists();
    }

    @Test
    void aLivingProcessWithTheNumberOfAnEndedOneDoesNotKeepItsFiles() throws IOException {
        Instant before =
                ProcessHandle.current().info().startInstant().orElseThrow().minus(Duration.ofHours(1));
        Path old = leftOver(".a.ply." + ProcessHandle.current().pid() + ".tmp", before);
        assertThat(Leftovers.remove(folder)).containsExactly(old);
    }

    @Test
    void filesOfOtherNamesStay() throws IOException, InterruptedException {
        long pid = ended();
        Path visible = leftOver("a." + pid + ".tmp", Instant.now());
        Path other = leftOver(".a.tmp", Instant.now());
        assertThat(Leftovers.remove(folder)).isEmpty();
        assertThat(visible).exists();
        assertThat(other).exists();
    }

    @Test
    void ofASingleFileOnlyItsOwnLeftoversAreRemoved() throws IOException, InterruptedException {
        long pid = ended();
        Path own = leftOver(".a.ply." + pid + ".tmp", Instant.now());
        Path other = leftOver(".b.ply." + pid + ".tmp", Instant.now());
        assertThat(Leftovers.remove(folder.resolve("a.ply"))).containsExactly(own);
        assertThat(other).exists();
    }
}
