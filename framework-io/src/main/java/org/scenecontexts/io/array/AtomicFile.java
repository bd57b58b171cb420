package org.scenecontexts.io.array;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files so that a killed process, or a machine that loses its power, leaves either the old file or the whole new
 * one. Everything that finishes a file under its final name goes through here.
 *
 * @since 0.1
 */
public final class AtomicFile {

    private AtomicFile() {}

    /** What is to be written. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes to a temporary name beside the file, has the disk keep it, and moves it into place; folders are made as needed.
     * What a killed process leaves under a temporary name is found by {@link Leftovers}.
     *
     * @throws UncheckedIOException when the file cannot be written; an older one of that name is still whole
     */
    public static void write(Path file, Content content) {
        Path target = file.toAbsolutePath();
        Path temporary = Leftovers.temporary(target);
        try {
            makeFolders(target.getParent());
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                content.writeTo(Channels.newOutputStream(channel));
                channel.force(true);
            }
            move(temporary, target);
            syncFolder(target.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + e, e);
        } finally {
            deleteQuietly(temporary);
        }
    }

    /** As {@link Files#createDirectories}, and the disk keeps the names of the new folders. */
    public static void makeFolders(Path folder) throws IOException {
        Path above = folder.toAbsolutePath();
        if (Files.isDirectory(above)) {
            return;
        }
        while (above.getParent() != null && !Files.exists(above)) {
            above = above.getParent();
        }
        Files.createDirectories(folder);
        for (Path made = folder.toAbsolutePath(); !made.equals(above); made = made.getParent()) {
            syncFolder(made.getParent());
        }
    }

    /**
     * Has the disk keep the names in a folder: what was moved into it, out of it or within it. Nothing happens where the
     * system does not let folders be synced (Windows, some network file systems); the files themselves are safe there too.
     */
    public static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Said above: there is no other way to ask for it.
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The write itself has succeeded or has been reported; the next run removes what is left over.
        }
    }
}
