package org.scenecontexts.runtime.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.scenecontexts.io.array.AtomicFile;
import org.scenecontexts.io.array.Leftovers;
import org.scenecontexts.runtime.pipeline.StageFailedException;

/**
 * The folder of one run, {@code runs/NAME}, held by one process at a time.
 *
 * @since 0.1
 */
public final class RunFolder implements AutoCloseable {

    static final String LOCK = ".lock";
    static final String PIPELINE = "pipeline.yaml";

    /** Name of the file with every figure of a run. */
    public static final String RESULTS = "results.json";

    /** Above this, what was replaced is worth a word about disks. */
    private static final long LARGE = 1L << 30;

    private final Path path;
    private final FileChannel channel;
    private final Generations generations;
    private final List<Path> leftovers;

    private RunFolder(Path path, FileChannel channel, Generations generations, List<Path> leftovers) {
        this.path = path;
        this.channel = channel;
        this.generations = generations;
        this.leftovers = List.copyOf(leftovers);
    }

    /**
     * Makes the folder when needed and locks it until closed; a process that dies gives the lock back. Temporary files of
     * processes that were killed are removed.
     *
     * @throws StageFailedException when another run holds it
     * @throws UncheckedIOException when it cannot be written
     */
    public static RunFolder open(Path runs, String name) {
        Path path = runs.resolve(name);
        try {
            AtomicFile.makeFolders(path);
            FileChannel channel =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return locked(path, channel);
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be used as run folder: " + e, e);
        }
    }

    private static RunFolder locked(Path path, FileChannel channel) throws IOException {
        try {
            if (tryLock(channel) == null) {
                throw new StageFailedException("another run is using the folder " + path
                        + "; wait for it to end, or give this one another folder with --runs or another 'name:'");
            }
            List<Path> leftovers = Leftovers.remove(
                    path, inner -> !inner.getFileName().toString().equals(Generations.FOLDER));
            return new RunFolder(path, channel, Generations.of(path), leftovers);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
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

    /** Temporary files of killed runs that were removed when the folder was opened. */
    public List<Path> leftovers() {
        return leftovers;
    }

    /** The folder of a stage. */
    public StageFolder stage(String id) {
        return new StageFolder(path.resolve(id));
    }

    /** The pipeline with every default filled in. */
    public Path pipeline() {
        return path.resolve(PIPELINE);
    }

    /** What the run was made with and on. */
    public Path environment() {
        return path.resolve("environment.json");
    }

    /** Every figure of the run, and what it was called with; there only when all of it has finished. */
    public Path results() {
        return path.resolve(RESULTS);
    }

    /** Writes a text file, replacing an older one at once. */
    public void write(Path file, String text) {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Moves what a stage has written out of the way, into the generation of this call.
     *
     * @return where it is now
     */
    public Path setAside(StageFolder stage) {
        try {
            return generations.take(stage.path());
        } catch (IOException e) {
            throw new UncheckedIOException(stage.path() + ": cannot be moved out of the way: " + e, e);
        }
    }

    /** Bytes that everything replaced so far takes, where that is much; zero otherwise. */
    public long largeReplaced() {
        long bytes = Generations.bytes(path.resolve(Generations.FOLDER));
        return bytes < LARGE ? 0 : bytes;
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
