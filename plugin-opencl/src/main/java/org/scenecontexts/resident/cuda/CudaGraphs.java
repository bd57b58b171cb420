package org.scenecontexts.resident.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.engine.DeviceProgram.Groups;

/**
 * Kernels that are asked for one after the other and given to the driver together, so that a step that repeats costs the processor
 * one launch for many of them. A sequence that comes for the second time becomes a graph; from then on only what changed in
 * it (sizes, arguments) is told. Whoever asks the stream for anything else, or frees memory, calls {@link #flush} first.
 *
 * <p>Apart from the session, so that memory can be given back without it. Safe for several threads.
 */
final class CudaGraphs {

    /** Fewer kernels than this are launched one by one. */
    static final int FEWEST = 4;

    /** The card is not kept waiting for more kernels than this. */
    static final int MOST = 128;

    /** Sequences that are remembered; the one that was not used for longest goes first. */
    static final int MOST_KEPT = 64;

    /** CUDA_KERNEL_NODE_PARAMS_v2, and where its pointer to the arguments is. */
    private static final int PARAMETER_BYTES = 72;

    private static final int ARGUMENTS_AT = 40;

    /**
     * What the driver refused.
     *
     * @param code the driver's
     */
    record Failure(int code, String what) {}

    /** Ends the sending of a sequence. */
    private static final class Refused extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Failure failure;

        Refused(Failure failure) {
            this.failure = failure;
        }
    }

    /** A kernel that was asked for. */
    private record Run(String name, long kernel, Groups groups, long[] arguments) {

        boolean isLike(Run other) {
            return groups.equals(other.groups) && Arrays.equals(arguments, other.arguments);
        }
    }

    /** A graph, what can be launched of it, and what its kernels were last given. */
    private record Graph(long graph, long executable, long[] nodes, List<Run> runs) {}

    private final CudaContext context;
    private final CudaLibrary library;
    private final CudaGraphLibrary graphs;
    private final Arena arena = Arena.ofAuto();
    private final CudaArguments given = new CudaArguments(arena);
    private final MemorySegment parameters = arena.allocate(PARAMETER_BYTES, 8);
    private final MemorySegment made = arena.allocate(JAVA_LONG);
    private final MemorySegment before = arena.allocate(JAVA_LONG);

    /** By the kernels in their order; empty for those that came once. */
    private final Map<List<Long>, Optional<Graph>> kept = new LinkedHashMap<>(16, 0.75f, true);

    private final List<Run> asked = new ArrayList<>();
    private Optional<Failure> failure = Optional.empty();
    private long count;
    private long launches;

    /** @throws UnsupportedOperationException when the driver has no graphs */
    CudaGraphs(CudaContext context) {
        this.context = context;
        library = context.library();
        graphs = library.graphs();
    }

    /** Graphs that were made. */
    synchronized long count() {
        return count;
    }

    /** Kernels that ran in graphs. */
    synchronized long launches() {
        return launches;
    }

    /**
     * Asks for a kernel, which is given to the driver by {@link #flush} or when there are enough.
     *
     * @return what the driver refused of what was asked for up to now
     */
    synchronized Optional<Failure> ask(String name, long kernel, Groups groups, long[] arguments) {
        asked.add(new Run(name, kernel, groups, arguments));
        return asked.size() < MOST ? Optional.empty() : flush();
    }

    /**
     * Gives the driver everything that was asked for.
     *
     * @return what it refused, told once
     */
    synchronized Optional<Failure> flush() {
        give();
        Optional<Failure> told = failure;
        failure = Optional.empty();
        return told;
    }

    /** The same by somebody who cannot be told: whoever flushes next is. */
    synchronized void give() {
        if (!asked.isEmpty()) {
            List<Run> runs = List.copyOf(asked);
            asked.clear();
            if (failure.isEmpty()) {
                context.enter();
                failure = send(runs);
            }
        }
    }

    private Optional<Failure> send(List<Run> runs) {
        try {
            List<Long> key = runs.stream().map(Run::kernel).toList();
            if (runs.size() < FEWEST) {
                launchEach(runs);
            } else if (!kept.containsKey(key)) {
                forgetOldest();
                kept.put(key, Optional.empty());
                launchEach(runs);
            } else {
                // Away first: what is refused meanwhile is made anew the next time.
                Optional<Graph> known = kept.remove(key);
                Graph graph = known.isPresent() ? renewed(known.get(), runs) : made(runs);
                kept.put(key, Optional.of(graph));
                String what = words(runs) + " (or what was asked for before)";
                require(graphs.launch(graph.executable, context.stream()), what);
                launches += runs.size();
            }
            return Optional.empty();
        } catch (Refused e) {
            return Optional.of(e.failure);
        }
    }

    private void launchEach(List<Run> runs) throws Refused {
        for (Run run : runs) {
            given.setAll(run.arguments);
            Groups groups = run.groups;
            int code = library.launch(
                    run.kernel, groups.x(), groups.y(), groups.z(), groups.items(), context.stream(), given.places());
            require(code, "the kernel '" + run.name + "' (or what was asked for before)");
        }
    }

    /** A chain of kernels. */
    private Graph made(List<Run> runs) throws Refused {
        String what = "making " + words(runs);
        require(graphs.create(made), what);
        long graph = made();
        try {
            long[] nodes = new long[runs.size()];
            for (int i = 0; i < nodes.length; i++) {
                set(runs.get(i));
                require(graphs.addKernel(made, graph, before, i == 0 ? 0 : 1, parameters), what);
                nodes[i] = made();
                before.set(JAVA_LONG, 0, nodes[i]);
            }
            require(graphs.instantiate(made, graph), what);
            count++;
            return new Graph(graph, made(), nodes, runs);
        } catch (Refused e) {
            context.tell(graphs.destroy(graph), "giving a graph back");
            throw e;
        }
    }

    /** The same graph, which was told what changed. */
    private Graph renewed(Graph known, List<Run> runs) throws Refused {
        try {
            for (int i = 0; i < known.nodes.length; i++) {
                Run run = runs.get(i);
                if (!run.isLike(known.runs.get(i))) {
                    set(run);
                    String what = "changing the kernel '" + run.name + "' in " + words(known.runs);
                    require(graphs.renew(known.executable, known.nodes[i], parameters), what);
                }
            }
            return new Graph(known.graph, known.executable, known.nodes, runs);
        } catch (Refused e) {
            destroy(known);
            throw e;
        }
    }

    private static void require(int code, String what) throws Refused {
        if (code != 0) {
            throw new Refused(new Failure(code, what));
        }
    }

    private void set(Run run) {
        given.setAll(run.arguments);
        parameters.fill((byte) 0);
        parameters.set(JAVA_LONG, 0, run.kernel);
        int[] sizes = {run.groups.x(), run.groups.y(), run.groups.z(), run.groups.items(), 1, 1};
        MemorySegment.copy(sizes, 0, parameters, JAVA_INT, JAVA_LONG.byteSize(), sizes.length);
        parameters.set(ADDRESS, ARGUMENTS_AT, given.places());
    }

    private long made() {
        return made.get(JAVA_LONG, 0);
    }

    private static String words(List<Run> runs) {
        return "a graph of " + runs.size() + " kernels, from '" + runs.getFirst().name + "' to '" + runs.getLast().name
                + "'";
    }

    private void forgetOldest() {
        if (kept.size() >= MOST_KEPT) {
            Iterator<Optional<Graph>> oldest = kept.values().iterator();
            Optional<Graph> graph = oldest.next();
            oldest.remove();
            graph.ifPresent(this::destroy);
        }
    }

    private void destroy(Graph graph) {
        context.tell(graphs.destroyExecutable(graph.executable), "giving a graph back");
        context.tell(graphs.destroy(graph.graph), "giving a graph back");
    }

    /** Gives all graphs back; what was asked for and not flushed is forgotten. */
    synchronized void close() {
        asked.clear();
        kept.values().forEach(graph -> graph.ifPresent(this::destroy));
        kept.clear();
    }
}
