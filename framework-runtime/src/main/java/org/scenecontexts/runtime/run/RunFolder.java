package org.scenecontexts.runtime.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.scenecontexts.io.array.AtomicFile;
import org.scenecontexts.runtime.pipeline.StageFailedException;

/**
 * The folder of one run, {@code runs/NAME}, held by one process at a time.
 *
 * @since 0.1
 */
public final class RunFolder implements AutoCloseable {

    private static final String REPLACED = ".replaced";

    private final Path path;
    private final FileChannel channel;

    private RunFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Makes the folder when needed and locks it until closed; a process that dies gives the lock back.
     *
     * @throws StageFailedException when another run holds it
     * @throws UncheckedIOException when it cannot be written
     */
    public static RunFolder open(Path runs, String name) {
        Path path = runs.resolve(name);
        try {
            Files.createDirectories(path);
            FileChannel channel =
                    FileChannel.open(path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StageFailedException("another run is using the folder " + path
                        + "; wait for it to end, or give this one another folder with --runs or another 'name:'");
            }
            return new RunFolder(path, channel);
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be used as run folder: " + e, e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    public Path path() {
        return path;
    }

    /** The folder of a stage. */
    public StageFolder stage(String id) {
        return new StageFolder(path.resolve(id));
    }

    /** The pipeline with every default filled in. */
    public Path pipeline() {
        return path.resolve("pipeline.yaml");
    }

    /** What the run was made with and on. */
    public Path environment() {
        return path.resolve("environment.json");
    }

    /** Writes a text file, replacing an older one at once. */
    public void write(Path file, String text) {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Moves what a stage has written out of the way, replacing what was moved before.
     *
     * @return where it is now
     */
    public Path setAside(StageFolder stage) {
        Path target = path.resolve(REPLACED).resolve(stage.path().getFileName());
        try {
            delete(target);
            Files.createDirectories(target.getParent());
            Files.move(stage.path(), target, StandardCopyOption.ATOMIC_MOVE);
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(stage.path() + ": cannot be moved to " + target + ": " + e, e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> found;
        try (Stream<Path> all = Files.walk(folder)) {
            found = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : found) {
            Files.delete(file);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": the lock cannot be given back: " + e, e);
        }
    }
}
