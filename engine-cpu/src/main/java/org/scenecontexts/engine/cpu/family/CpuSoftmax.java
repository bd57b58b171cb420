package org.scenecontexts.engine.cpu.family;

import java.util.Arrays;
import java.util.function.Supplier;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.api.engine.kernel.SoftmaxKernels;
import org.scenecontexts.engine.cpu.dense.FunctionLoops;
import org.scenecontexts.engine.cpu.dense.Loops;

/** Softmax over groups of rows: a group at a time where they are small, in three passes over stretches where they are large. */
final class CpuSoftmax implements SoftmaxKernels {

    private final Parallel parallel;
    private final Supplier<Loops> loops;

    CpuSoftmax(Parallel parallel, Supplier<Loops> loops) {
        this.parallel = parallel;
        this.loops = loops;
    }

    // ---- forward ----------------------------------------------------------------------------------------------

    /** What one call works on. */
    private record Job(int columns, boolean logarithm, float[] x, int atX, float[] out, int atOut) {

        void largest(int from, int to, float[] max, int at) {
            Arrays.fill(max, at, at + columns, Float.NEGATIVE_INFINITY);
            for (int i = from; i < to; i++) {
                int row = atX + i * columns;
                for (int j = 0; j < columns; j++) {
                    max[at + j] = Math.max(max[at + j], x[row + j]);
                }
            }
        }

        /** Exponentials to the output, or for logarithms to room for as many numbers, and their sums. */
        void exponentials(
                FunctionLoops functions,
                int from,
                int to,
                float[] max,
                int atMax,
                float[] room,
                double[] sums,
                int at) {
            float[] e = logarithm ? room : out;
            int start = logarithm ? 0 : atOut + from * columns;
            int count = to - from;
            if (columns == 1) {
                functions.expMinus(count, x, atX + from, max[atMax], e, start);
                sums[at] += RowSums.of(e, start, start + count);
                return;
            }
            for (int i = 0; i < count; i++) {
                int row = start + i * columns;
                functions.expMinus(columns, x, atX + (from + i) * columns, max, atMax, e, row);
                for (int j = 0; j < columns; j++) {
                    sums[at + j] += e[row + j];
                }
            }
        }

        /** From exponentials to shares, or from scores to their logarithms. */
        void finish(int from, int to, float[] max, int atMax, float[] last, int atLast) {
            for (int i = from; i < to; i++) {
                int row = i * columns;
                for (int j = 0; j < columns; j++) {
                    out[atOut + row + j] = logarithm
                            ? (x[atX + row + j] - max[atMax + j]) - last[atLast + j]
                            : out[atOut + row + j] * last[atLast + j];
                }
            }
        }

        /** What every number is multiplied with, or for logarithms what is subtracted. */
        void last(double[] sums, int at, float[] last, int atLast) {
            for (int j = 0; j < columns; j++) {
                last[atLast + j] = (float) (logarithm ? Math.log(sums[at + j]) : 1 / sums[at + j]);
            }
        }
    }

    @Override
    public void softmax(Groups groups, int columns, boolean logarithm, Buffer x, Buffer out) {
        Job job = new Job(columns, logarithm, x.array(), x.arrayOffset(), out.array(), out.arrayOffset());
        Bounds bounds = Bounds.of(groups);
        int most = Pieces.rows(columns);
        int largest = bounds.largest();
        if (largest <= most) {
            parallel.rows(bounds.count, bounds.perPiece(columns), (first, end) -> {
                float[] max = new float[columns];
                float[] last = new float[columns];
                float[] room = new float[logarithm ? largest * columns : 0];
                double[] sums = new double[columns];
                FunctionLoops functions = loops.get().functions();
                for (int g = first; g < end; g++) {
                    int from = bounds.from(g);
                    int to = bounds.to(g);
                    Arrays.fill(sums, 0);
                    job.largest(from, to, max, 0);
                    job.exponentials(functions, from, to, max, 0, room, sums, 0);
                    job.last(sums, 0, last, 0);
                    job.finish(from, to, max, 0, last, 0);
                }
            });
            return;
        }
        inStretches(job, bounds, Cuts.of(bounds, most));
    }

    private void inStretches(Job job, Bounds bounds, Cuts cuts) {
        int columns = job.columns;
        float[] partialMax = new float[cuts.count() * columns];
        double[] partialSums = new double[cuts.count() * columns];
        float[] max = new float[bounds.count * columns];
        float[] last = new float[bounds.count * columns];
        cuts.each(parallel, (s, g, from, to) -> job.largest(from, to, partialMax, s * columns));
        Arrays.fill(max, Float.NEGATIVE_INFINITY);
        for (int g = 0; g < bounds.count; g++) {
            for (int i = cuts.first(g) * columns; i < cuts.end(g) * columns; i++) {
                int j = g * columns + i % columns;
                max[j] = Math.max(max[j], partialMax[i]);
            }
        }
        cuts.each(parallel, (s, g, from, to) -> {
            float[] room = new float[job.logarithm ? (to - from) * columns : 0];
            FunctionLoops functions = loops.get().functions();
            job.exponentials(functions, from, to, max, g * columns, room, partialSums, s * columns);
        });
        double[] sums = new double[columns];
        for (int g = 0; g < bounds.count; g++) {
            cuts.combine(g, columns, partialSums, sums);
            job.last(sums, 0, last, g * columns);
        }
        cuts.each(parallel, (s, g, from, to) -> job.finish(from, to, max, g * columns, last, g * columns));
    }

    // ---- backward ---------------------------------------------------------------------------------------------

    /** What one call works on. */
    private record Back(
            int columns, boolean logarithm, float[] y, int atY, float[] out, int atOut, float[] in, int atIn) {

        void sums(int from, int to, double[] sums, int at) {
            if (columns == 1) {
                sums[at] += logarithm
                        ? RowSums.of(out, atOut + from, atOut + to)
                        : RowSums.ofProducts(y, atY + from, out, atOut + from, to - from);
                return;
            }
            for (int i = from; i < to; i++) {
                int row = i * columns;
                for (int j = 0; j < columns; j++) {
                    double g = out[atOut + row + j];
                    sums[at + j] += logarithm ? g : g * y[atY + row + j];
                }
            }
        }

        void finish(FunctionLoops functions, int from, int to, double[] sums, int at, float[] room) {
            if (logarithm) {
                functions.expMinus((to - from) * columns, y, atY + from * columns, 0f, room, 0);
            }
            for (int i = from; i < to; i++) {
                int row = i * columns;
                for (int j = 0; j < columns; j++) {
                    float g = out[atOut + row + j];
                    float sum = (float) sums[at + j];
                    in[atIn + row + j] =
                            logarithm ? g - room[row - from * columns + j] * sum : y[atY + row + j] * (g - sum);
                }
            }
        }
    }

    @Override
    public void softmaxGradient(
            Groups groups, int columns, boolean logarithm, Buffer y, Buffer gradOut, Buffer gradIn) {
        Back job = new Back(
                columns,
                logarithm,
                y.array(),
                y.arrayOffset(),
                gradOut.array(),
                gradOut.arrayOffset(),
                gradIn.array(),
                gradIn.arrayOffset());
        Bounds bounds = Bounds.of(groups);
        int most = Pieces.rows(columns);
        int largest = bounds.largest();
        if (largest <= most) {
            parallel.rows(bounds.count, bounds.perPiece(columns), (first, end) -> {
                double[] sums = new double[columns];
                float[] room = new float[logarithm ? largest * columns : 0];
                FunctionLoops functions = loops.get().functions();
                for (int g = first; g < end; g++) {
                    Arrays.fill(sums, 0);
                    job.sums(bounds.from(g), bounds.to(g), sums, 0);
                    job.finish(functions, bounds.from(g), bounds.to(g), sums, 0, room);
                }
            });
            return;
        }
        Cuts cuts = Cuts.of(bounds, most);
        double[] partial = new double[cuts.count() * columns];
        double[] all = new double[bounds.count * columns];
        cuts.each(parallel, (s, g, from, to) -> job.sums(from, to, partial, s * columns));
        double[] sums = new double[columns];
        for (int g = 0; g < bounds.count; g++) {
            cuts.combine(g, columns, partial, sums);
            System.arraycopy(sums, 0, all, g * columns, columns);
        }
        cuts.each(parallel, (s, g, from, to) -> {
            float[] room = new float[logarithm ? (to - from) * columns : 0];
            job.finish(loops.get().functions(), from, to, all, g * columns, room);
        });
    }
}
