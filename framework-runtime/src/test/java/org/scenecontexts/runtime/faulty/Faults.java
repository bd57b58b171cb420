package org.scenecontexts.runtime.faulty;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Counts everything that changes a disk, and lets one of it fail. */
public final class Faults {

    private final int failing;
    private final Consumer<Path> moved;
    private int count;

    /**
     * @param failing number of the write that fails, from 1; none at 0
     * @param moved told of every file that has got its final name, as a path of the usual file system
     */
    public Faults(int failing, Consumer<Path> moved) {
        this.failing = failing;
        this.moved = moved;
    }

    /** The same for nobody who wants to know names. */
    public Faults(int failing) {
        this(failing, path -> {});
    }

    synchronized boolean next() {
        return ++count == failing;
    }

    void write(String what) throws IOException {
        if (next()) {
            throw failure(what);
        }
    }

    IOException failure(String what) {
        return new IOException("injected fault " + failing + ": " + what);
    }

    void moved(Path to) {
        moved.accept(to);
    }

    /** Writes so far. */
    public synchronized int count() {
        return count;
    }

    /** Whether the one that fails has come. */
    public synchronized boolean reached() {
        return failing > 0 && count >= failing;
    }
}
