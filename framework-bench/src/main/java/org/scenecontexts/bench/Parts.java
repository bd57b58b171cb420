package org.scenecontexts.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.scenecontexts.api.engine.DenseKernels;

/** Takes the time of a run apart by kind of work, from the calls of the engine's kernels. */
final class Parts implements KernelObserver {

    /** Name of what no kernel and no named part covers: the tape, buffers, and what a network computes by itself. */
    static final String REST = "everything else";

    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private double inside;

    @Override
    public void called(Class<?> kernels, String method, Object[] arguments, long nanos) {
        add(kernels == DenseKernels.class ? dense(method) : kernels.getSimpleName() + "." + method, nanos / 1e9);
    }

    /** Runs a part that has a name of its own; kernels called within count as part of it. */
    <T> T part(String name, Supplier<T> work) {
        long start = System.nanoTime();
        double before = inside;
        T result = work.get();
        add(name, (System.nanoTime() - start) / 1e9 - (inside - before));
        return result;
    }

    private void add(String name, double time) {
        seconds.merge(name, time, Double::sum);
        inside += time;
    }

    void clear() {
        seconds.clear();
        inside = 0;
    }

    /** Seconds by kind, and the rest of a run that took so long. */
    Map<String, Double> of(double whole) {
        Map<String, Double> all = new LinkedHashMap<>(seconds);
        all.put(REST, Math.max(0, whole - inside));
        return all;
    }

    private static String dense(String method) {
        return switch (method) {
            case "gemm" -> "matrix products";
            case "crossEntropy", "softmaxRows" -> "loss";
            case "sgdStep", "adamStep" -> "optimizer";
            default ->
                method.toLowerCase(java.util.Locale.ROOT).contains("norm") || method.equals("columnMoments")
                        ? "norms"
                        : "copies, sums, activations";
        };
    }
}
