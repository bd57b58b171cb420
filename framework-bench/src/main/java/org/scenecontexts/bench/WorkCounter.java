package org.scenecontexts.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.workload.Work;

/**
 * Counts the work of everything that an engine computes, so that nobody has to add up a network by hand.
 *
 * <p>Of dense kernels, products count two operations per multiply-add and nothing else counts as arithmetic (what rates
 * are compared with is a product's peak); bytes are those of every array touched once, twice where a kernel both reads
 * and writes it. Kernels of plugins count what {@link #with} says.
 *
 * @since 0.1
 */
public final class WorkCounter implements KernelObserver {

    /** Arrays beyond those written that a kernel both reads and writes. */
    private static final Map<String, Integer> UPDATED = Map.of("sgdStep", 2, "adamStep", 3, "axpy", 1);

    private final Map<Class<?>, BiFunction<String, Object[], Work>> rules = new HashMap<>();
    private Work work = Work.NONE;

    /** A counter that knows the dense kernels. */
    public WorkCounter() {
        rules.put(DenseKernels.class, WorkCounter::dense);
    }

    /**
     * Counts the kernels of a plugin too.
     *
     * @param rule from the name of a method and its arguments to its work
     * @return this
     */
    public WorkCounter with(Class<?> kernels, BiFunction<String, Object[], Work> rule) {
        rules.put(kernels, rule);
        return this;
    }

    @Override
    public void called(Class<?> kernels, String method, Object[] arguments, long nanos) {
        BiFunction<String, Object[], Work> rule = rules.get(kernels);
        if (rule != null) {
            work = work.plus(rule.apply(method, arguments));
        }
    }

    /** What was counted since the last {@link #clear}. */
    public Work work() {
        return work;
    }

    /** Starts again from nothing. */
    public void clear() {
        work = Work.NONE;
    }

    /** The work of one call of a dense kernel. */
    static Work dense(String method, Object[] arguments) {
        if (method.equals("gemm")) {
            long m = (int) arguments[2];
            long n = (int) arguments[3];
            long k = (int) arguments[4];
            long written = (boolean) arguments[8] ? 2 : 1;
            return new Work(2 * m * n * k, Float.BYTES * (m * k + k * n + written * m * n), 0);
        }
        long entries = entries(arguments);
        long bytes = entries * Float.BYTES * UPDATED.getOrDefault(method, 0);
        for (Object argument : arguments) {
            if (argument instanceof Buffer values) {
                bytes += values.type().bytes() * Math.min(values.capacity(), entries);
            } else if (argument instanceof Indices values) {
                bytes += Integer.BYTES * Math.min(values.length(), entries);
            }
        }
        return new Work(0, bytes, 0);
    }

    /** The product of the sizes that a call begins with: entries, or rows and columns. */
    private static long entries(Object[] arguments) {
        long entries = 1;
        for (int i = 0; i < arguments.length && arguments[i] instanceof Integer size; i++) {
            entries *= size;
        }
        return entries;
    }
}
