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
    private final MemorySegment values = arena.allocate(JAVA_LONG, CudaSession.MOST_ARGUMENTS);
    private final MemorySegment places = arena.allocate(ADDRESS, CudaSession.MOST_ARGUMENTS);
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
        for (int i = 0; i < CudaSession.MOST_ARGUMENTS; i++) {
            places.setAtIndex(ADDRESS, i, values.asSlice(i * JAVA_LONG.byteSize()));
        }
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
        List<Long> key = runs.stream().map(Run::kernel).toList();
        if (runs.size() < FEWEST) {
            return plainly(runs);
        }
        if (!kept.containsKey(key)) {
            forgetOldest();
            kept.put(key, Optional.empty());
            return plainly(runs);
        }
        Optional<Graph> known = kept.remove(key);
        if (known.isPresent()) {
            Optional<Failure> refused = renew(known.get(), runs);
            if (refused.isPresent()) {
                destroy(known.get());
                return refused;
            }
        }
        long graph = known.map(Graph::graph).orElse(0L);
        if (known.isEmpty()) {
            int code = graphs.create(made);
            if (code != 0) {
                return Optional.of(new Failure(code, "making " + words(runs)));
            }
            graph = made();
        }
        long[] nodes = known.map(Graph::nodes).orElseGet(() -> new long[runs.size()]);
        long executable = known.map(Graph::executable).orElse(0L);
        if (known.isEmpty()) {
            int code = fill(graph, nodes, runs);
            if (code != 0) {
                graphs.destroy(graph);
                return Optional.of(new Failure(code, "making " + words(runs)));
            }
            executable = made();
            count++;
        }
        kept.put(key, Optional.of(new Graph(graph, executable, nodes, runs)));
        int code = graphs.launch(executable, context.stream());
        if (code != 0) {
            return Optional.of(new Failure(code, words(runs) + " (or what was asked for before)"));
        }
        launches += runs.size();
        return Optional.empty();
    }

    private Optional<Failure> plainly(List<Run> runs) {
        for (Run run : runs) {
            MemorySegment.copy(run.arguments, 0, values, JAVA_LONG, 0, run.arguments.length);
            Groups groups = run.groups;
            int code = library.launch(
                    run.kernel, groups.x(), groups.y(), groups.z(), groups.items(), context.stream(), places);
            if (code != 0) {
                return Optional.of(new Failure(code, "the kernel '" + run.name + "' (or what was asked for before)"));
            }
        }
        return Optional.empty();
    }

    /** A chain of kernels in a new graph, and what can be launched of it in {@code made}; returns the driver's code. */
    private int fill(long graph, long[] nodes, List<Run> runs) {
        for (int i = 0; i < nodes.length; i++) {
            set(runs.get(i));
            int code = graphs.addKernel(made, graph, before, i == 0 ? 0 : 1, parameters);
            if (code != 0) {
                return code;
            }
            nodes[i] = made();
            before.set(JAVA_LONG, 0, nodes[i]);
        }
        return graphs.instantiate(made, graph);
    }

    /** Tells what changed. */
    private Optional<Failure> renew(Graph known, List<Run> runs) {
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            if (!run.isLike(known.runs.get(i))) {
                set(run);
                int code = graphs.renew(known.executable, known.nodes[i], parameters);
                if (code != 0) {
                    return Optional.of(
                            new Failure(code, "changing the kernel '" + run.name + "' in " + words(known.runs)));
                }
            }
        }
        return Optional.empty();
    }

    private void set(Run run) {
        MemorySegment.copy(run.arguments, 0, values, JAVA_LONG, 0, run.arguments.length);
        parameters.fill((byte) 0);
        parameters.set(JAVA_LONG, 0, run.kernel);
        int[] sizes = {run.groups.x(), run.groups.y(), run.groups.z(), run.groups.items(), 1, 1};
        MemorySegment.copy(sizes, 0, parameters, JAVA_INT, JAVA_LONG.byteSize(), sizes.length);
        parameters.set(ADDRESS, ARGUMENTS_AT, places);
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
