package org.scenecontexts.engine.cpu.dense;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.StepNumbers;

/**
 * The part of dense arithmetic that treats every number alone, sums over everything, and optimizers, cut into chunks for the
 * threads of an engine.
 *
 * <p>Chunks depend on sizes only: results are bit-identical for any number of threads. What happens inside a chunk is left
 * to the loops given, plain or vectorised. Buffers are taken for arrays once per call.
 */
abstract class ChunkedElementKernels implements DenseKernels {

    /** Numbers per chunk: small enough to stay in a core's second-level cache, large enough to be worth a hand-over. */
    static final int CHUNK = 1 << 15;

    /** As PyTorch's clip_grad_norm_ adds to the norm before it divides. */
    private static final double NORM_EPSILON = 1e-6;

    private final Parallel parallel;
    private final Supplier<Loops> loops;
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

    ChunkedElementKernels(Parallel parallel, Supplier<Loops> loops) {
        this.parallel = parallel;
        this.loops = loops;
    }

    /** Room for the partial results of the calling thread. */
    Scratch scratch() {
        return scratch.get();
    }

    static int chunks(int n, int chunk) {
        return (n + chunk - 1) / chunk;
    }

    /** Writes some numbers to the beginning of a buffer. */
    static void put(Buffer out, double... values) {
        for (int i = 0; i < values.length; i++) {
            out.array()[out.arrayOffset() + i] = (float) values[i];
        }
    }

    // ---- elementwise ------------------------------------------------------------------------------------------

    /** A loop over some arrays, all at the same places. */
    @FunctionalInterface
    private interface ElementLoop {
        void run(ElementLoops loops, int from, int to, float[][] arrays);
    }

    /**
     * Runs a loop over the leading numbers of buffers: in place where they begin at the same place of their arrays, as whole
     * arrays do and slices of buffers that are cut alike.
     *
     * @param read how many of the buffers, the first ones, are only read
     */
    private void each(int n, int read, ElementLoop loop, Buffer... buffers) {
        float[][] arrays = new float[buffers.length][];
        int at = common(buffers);
        if (at >= 0) {
            for (int b = 0; b < arrays.length; b++) {
                arrays[b] = buffers[b].array();
            }
            parallel.rows(n, CHUNK, (from, to) -> loop.run(loops.get().elements(), at + from, at + to, arrays));
            return;
        }
        try (Leading leading = new Leading()) {
            for (int b = 0; b < arrays.length; b++) {
                arrays[b] = b < read ? leading.read(buffers[b]) : leading.write(buffers[b]);
            }
            parallel.rows(n, CHUNK, (from, to) -> loop.run(loops.get().elements(), from, to, arrays));
        }
    }

    /** Where all begin, or -1 where they begin at different places. */
    private static int common(Buffer... buffers) {
        int at = buffers[0].arrayOffset();
        for (Buffer buffer : buffers) {
            if (buffer.arrayOffset() != at) {
                return -1;
            }
        }
        return at;
    }

    @Override
    public void fill(int n, float value, Buffer out) {
        float[] to = out.array();
        int at = out.arrayOffset();
        parallel.rows(n, CHUNK, (from, end) -> Arrays.fill(to, at + from, at + end, value));
    }

    @Override
    public void broadcast(int n, Buffer value, Buffer out) {
        fill(n, value.get(0), out);
    }

    @Override
    public void copy(int n, Buffer x, Buffer out) {
        parallel.rows(
                n,
                CHUNK,
                (from, to) -> System.arraycopy(
                        x.array(), x.arrayOffset() + from, out.array(), out.arrayOffset() + from, to - from));
    }

    @Override
    public void add(int n, Buffer x, Buffer y, Buffer out) {
        each(n, 2, (loop, from, to, a) -> loop.add(from, to, a[0], a[1], a[2]), x, y, out);
    }

    @Override
    public void subtract(int n, Buffer x, Buffer y, Buffer out) {
        each(n, 2, (loop, from, to, a) -> loop.subtract(from, to, a[0], a[1], a[2]), x, y, out);
    }

    @Override
    public void multiply(int n, Buffer x, Buffer y, Buffer out) {
        each(n, 2, (loop, from, to, a) -> loop.multiply(from, to, a[0], a[1], a[2]), x, y, out);
    }

    @Override
    public void scale(int n, float alpha, Buffer x, Buffer out) {
        each(n, 1, (loop, from, to, a) -> loop.scale(from, to, alpha, a[0], a[1]), x, out);
    }

    @Override
    public void scaleBy(int n, Buffer alpha, Buffer x, Buffer out) {
        float factor = alpha.get(0);
        if (factor != 1 || !x.startsWith(out)) {
            scale(n, factor, x, out);
        }
    }

    @Override
    public void axpy(int n, float alpha, Buffer x, Buffer y) {
        each(n, 1, (loop, from, to, a) -> loop.axpy(from, to, alpha, a[0], a[1]), x, y);
    }

    @Override
    public void relu(int n, Buffer x, Buffer out) {
        each(n, 1, (loop, from, to, a) -> loop.relu(from, to, a[0], a[1]), x, out);
    }

    @Override
    public void reluBackward(int n, Buffer y, Buffer gradOut, Buffer gradIn) {
        each(n, 2, (loop, from, to, a) -> loop.reluBackward(from, to, a[0], a[1], a[2]), y, gradOut, gradIn);
    }

    // ---- sums over everything ---------------------------------------------------------------------------------

    /** What a loop finds in a range of an array. */
    @FunctionalInterface
    private interface Finding {
        double of(ElementLoops loops, int from, int to, float[] array);
    }

    /** Sum of what a loop finds in chunks, in their order. */
    private double total(int n, Buffer x, Finding finding) {
        int chunks = chunks(n, CHUNK);
        double[] partial = scratch().doubles(chunks);
        float[] array = x.array();
        int at = x.arrayOffset();
        parallel.run(
                chunks,
                c -> partial[c] =
                        finding.of(loops.get().elements(), at + c * CHUNK, at + Math.min(n, (c + 1) * CHUNK), array));
        double sum = 0;
        for (int c = 0; c < chunks; c++) {
            sum += partial[c];
        }
        return sum;
    }

    @Override
    public void sum(int n, Buffer x, Buffer out) {
        put(out, total(n, x, ElementLoops::sum));
    }

    @Override
    public void norm(List<Buffer> parts, double limit, Buffer out) {
        double squares = 0;
        for (Buffer part : parts) {
            squares += total(part.capacity(), part, ElementLoops::sumOfSquares);
        }
        double norm = Math.sqrt(squares);
        put(out, norm, norm > limit ? limit / (norm + NORM_EPSILON) : 1, Double.isFinite(norm) ? 1 : 0);
    }

    @Override
    public void allFinite(int n, Buffer x, Buffer out) {
        put(out, total(n, x, (loop, from, to, a) -> loop.allFinite(from, to, a) ? 0 : 1) == 0 ? 1 : 0);
    }

    // ---- optimizers -------------------------------------------------------------------------------------------

    /** Whether a flag says that nothing shall be done. */
    private static boolean off(Buffer flag) {
        return flag.capacity() > 2 && flag.get(2) == 0;
    }

    @Override
    public void sgdStep(
            int n, Buffer parameter, Buffer gradient, Buffer momentum, Buffer step, Buffer flag, float weightDecay) {
        if (off(flag)) {
            return;
        }
        float[] s = step.toArray(StepNumbers.SGD);
        if (momentum.capacity() == 0) {
            each(
                    n,
                    1,
                    (loop, from, to, a) -> loop.sgdPlain(from, to, a[1], a[0], s[0], weightDecay),
                    gradient,
                    parameter);
            return;
        }
        each(
                n,
                1,
                (loop, from, to, a) ->
                        loop.sgdMomentum(from, to, a[1], a[0], a[2], s[0], s[1], s[2], weightDecay, s[3]),
                gradient,
                parameter,
                momentum);
    }

    @Override
    public void adamStep(
            int n,
            Buffer parameter,
            Buffer gradient,
            Buffer first,
            Buffer second,
            Buffer step,
            Buffer flag,
            float epsilon,
            float coupledDecay) {
        if (off(flag)) {
            return;
        }
        float[] s = step.toArray(StepNumbers.ADAM);
        ElementLoops.AdamNumbers numbers =
                new ElementLoops.AdamNumbers(s[0], s[1], s[2], s[3], s[4], s[5], epsilon, coupledDecay, s[6]);
        each(
                n,
                1,
                (loop, from, to, a) -> loop.adam(from, to, a[1], a[0], a[2], a[3], numbers),
                gradient,
                parameter,
                first,
                second);
    }
}
