package org.scenecontexts.resident.cuda;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A card's context and its stream, with the memory that was taken there: apart from the session, so that memory which nobody has
 * any more does not keep the session, and is given back once, whether before the session ends or by its end.
 */
final class CudaContext {

    private static final Logger LOG = LoggerFactory.getLogger(CudaContext.class);

    /** Streams that do not wait for those of others in this process. */
    private static final int NON_BLOCKING = 1;

    private final CudaLibrary library;
    private final int device;
    private final long context;
    private final long stream;
    private final Set<Long> taken = new HashSet<>();
    private final Set<Long> modules = new HashSet<>();
    private Optional<CudaGraphs> graphs = Optional.empty();
    private boolean closed;

    /** @throws IllegalStateException when the driver does not give one */
    CudaContext(CudaLibrary library, CudaDevice device) {
        this.library = library;
        this.device = (int) library.made("finding a card", place -> library.device(place, device.ordinal()));
        context =
                library.made("opening the device " + device.name(), place -> library.retainContext(place, this.device));
        try {
            enter();
            stream = library.made("making a stream", place -> library.createStream(place, NON_BLOCKING));
        } catch (RuntimeException e) {
            library.releaseContext(this.device);
            throw e;
        }
    }

    CudaLibrary library() {
        return library;
    }

    long stream() {
        return stream;
    }

    /** Makes it this thread's, which calls of the driver expect; to be called before them on every thread. */
    void enter() {
        library.require(library.setContext(context), "entering a context");
    }

    /** Kernels that were asked for are given to the driver before memory is given back, and graphs with everything else. */
    synchronized void use(CudaGraphs graphs) {
        this.graphs = Optional.of(graphs);
    }

    /** Remembers memory that was taken. */
    synchronized void took(long memory) {
        taken.add(memory);
    }

    /** Remembers a program that was loaded. */
    synchronized void loaded(long module) {
        modules.add(module);
    }

    /** Gives memory back when what was asked for has been done; nothing happens once everything was given back. */
    synchronized void free(long memory) {
        if (taken.remove(memory)) {
            enter();
            graphs.ifPresent(CudaGraphs::give);
            tell(library.synchronize(stream), "waiting before memory is given back");
            tell(library.free(memory), "giving memory back");
        }
    }

    /** Gives everything back; the stream has nothing to do any more. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            enter();
            graphs.ifPresent(CudaGraphs::close);
            taken.forEach(memory -> tell(library.free(memory), "giving memory back"));
            taken.clear();
            modules.forEach(module -> tell(library.unloadModule(module), "giving a program back"));
            tell(library.destroyStream(stream), "giving a stream back");
            tell(library.releaseContext(device), "leaving the device");
        }
    }

    /** Says what failed where nobody can be refused anything any more. */
    void tell(int code, String what) {
        if (code != 0) {
            LOG.warn("{} failed on the CUDA device: {}", what, library.name(code));
        }
    }
}
