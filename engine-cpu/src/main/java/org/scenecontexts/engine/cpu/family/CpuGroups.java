package org.scenecontexts.engine.cpu.family;

import java.util.Arrays;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.kernel.GroupKernels;
import org.scenecontexts.api.engine.kernel.Groups;

/** Reductions of groups of rows: many small groups a piece, or a stretch of a large one. */
final class CpuGroups implements GroupKernels {

    private final Parallel parallel;

    CpuGroups(Parallel parallel) {
        this.parallel = parallel;
    }

    // ---- sums -------------------------------------------------------------------------------------------------

    /** Adds what a stretch of rows gives to sums, {@code [columns]} from {@code at} on. */
    private interface Adding {
        void add(int from, int to, double[] sums, int at);
    }

    @Override
    public void sum(Groups groups, int columns, boolean mean, Buffer x, Buffer out, boolean accumulate) {
        float[] values = x.array();
        int atX = x.arrayOffset();
        Bounds bounds = Bounds.of(groups);
        total(bounds, columns, mean, out, accumulate, (from, to, sums, at) -> {
            if (columns == 1) {
                sums[at] += RowSums.of(values, atX + from, atX + to);
                return;
            }
            for (int i = from; i < to; i++) {
                int row = atX + i * columns;
                for (int j = 0; j < columns; j++) {
                    sums[at + j] += values[row + j];
                }
            }
        });
    }

    @Override
    public void sumProducts(Groups groups, int columns, Buffer x, Buffer y, Buffer out, boolean accumulate) {
        float[] a = x.array();
        float[] b = y.array();
        int atA = x.arrayOffset();
        int atB = y.arrayOffset();
        total(Bounds.of(groups), columns, false, out, accumulate, (from, to, sums, at) -> {
            if (columns == 1) {
                sums[at] += RowSums.ofProducts(a, atA + from, b, atB + from, to - from);
                return;
            }
            for (int i = from; i < to; i++) {
                int row = i * columns;
                for (int j = 0; j < columns; j++) {
                    sums[at + j] += (double) a[atA + row + j] * b[atB + row + j];
                }
            }
        });
    }

    private void total(Bounds bounds, int columns, boolean mean, Buffer out, boolean accumulate, Adding adding) {
        float[] to = out.array();
        int atOut = out.arrayOffset();
        int most = Pieces.rows(columns);
        if (bounds.largest() <= most) {
            parallel.rows(bounds.count, bounds.perPiece(columns), (first, end) -> {
                double[] sums = new double[columns];
                for (int g = first; g < end; g++) {
                    Arrays.fill(sums, 0);
                    adding.add(bounds.from(g), bounds.to(g), sums, 0);
                    put(bounds, g, columns, mean, sums, to, atOut + g * columns, accumulate);
                }
            });
            return;
        }
        Cuts cuts = Cuts.of(bounds, most);
        double[] partial = new double[cuts.count() * columns];
        cuts.each(parallel, (s, g, from, end) -> adding.add(from, end, partial, s * columns));
        double[] sums = new double[columns];
        for (int g = 0; g < bounds.count; g++) {
            cuts.combine(g, columns, partial, sums);
            put(bounds, g, columns, mean, sums, to, atOut + g * columns, accumulate);
        }
    }

    private static void put(
            Bounds bounds, int g, int columns, boolean mean, double[] sums, float[] to, int at, boolean accumulate) {
        int divisor = mean ? Math.max(1, bounds.to(g) - bounds.from(g)) : 1;
        for (int j = 0; j < columns; j++) {
            float value = (float) (sums[j] / divisor);
            to[at + j] = accumulate ? to[at + j] + value : value;
        }
    }

    // ---- one row for all of a group ---------------------------------------------------------------------------

    @Override
    public void spread(Groups groups, int columns, boolean overSize, Buffer perGroup, Buffer out) {
        Bounds bounds = Bounds.of(groups);
        float[] values = perGroup.array();
        float[] target = out.array();
        int atValues = perGroup.arrayOffset();
        int atOut = out.arrayOffset();
        parallel.rows(
                bounds.rows,
                Pieces.rows(columns),
                (first, end) -> bounds.runs(first, end, (g, from, to) -> {
                    int at = atValues + g * columns;
                    float divisor = overSize ? bounds.to(g) - bounds.from(g) : 1;
                    if (columns == 1) {
                        Arrays.fill(target, atOut + from, atOut + to, values[at] / divisor);
                        return;
                    }
                    for (int i = from; i < to; i++) {
                        int row = atOut + i * columns;
                        for (int j = 0; j < columns; j++) {
                            target[row + j] = values[at + j] / divisor;
                        }
                    }
                }));
    }

    @Override
    public void add(Groups groups, int columns, Buffer x, Buffer perGroup, Buffer out) {
        Bounds bounds = Bounds.of(groups);
        float[] source = x.array();
        float[] values = perGroup.array();
        float[] target = out.array();
        int atX = x.arrayOffset();
        int atValues = perGroup.arrayOffset();
        int atOut = out.arrayOffset();
        parallel.rows(
                bounds.rows,
                Pieces.rows(columns),
                (first, end) -> bounds.runs(first, end, (g, from, to) -> {
                    int at = atValues + g * columns;
                    if (columns == 1) {
                        float v = values[at];
                        for (int i = from; i < to; i++) {
                            target[atOut + i] = source[atX + i] + v;
                        }
                        return;
                    }
                    for (int i = from; i < to; i++) {
                        int row = i * columns;
                        for (int j = 0; j < columns; j++) {
                            target[atOut + row + j] = source[atX + row + j] + values[at + j];
                        }
                    }
                }));
    }

    @Override
    public void multiply(Groups groups, int columns, Buffer x, Buffer perGroup, Buffer out) {
        Bounds bounds = Bounds.of(groups);
        float[] source = x.array();
        float[] values = perGroup.array();
        float[] target = out.array();
        int atX = x.arrayOffset();
        int atValues = perGroup.arrayOffset();
        int atOut = out.arrayOffset();
        parallel.rows(
                bounds.rows,
                Pieces.rows(columns),
                (first, end) -> bounds.runs(first, end, (g, from, to) -> {
                    int at = atValues + g * columns;
                    if (columns == 1) {
                        float v = values[at];
                        for (int i = from; i < to; i++) {
                            target[atOut + i] = source[atX + i] * v;
                        }
                        return;
                    }
                    for (int i = from; i < to; i++) {
                        int row = i * columns;
                        for (int j = 0; j < columns; j++) {
                            target[atOut + row + j] = source[atX + row + j] * values[at + j];
                        }
                    }
                }));
    }

    // ---- maxima -----------------------------------------------------------------------------------------------

    @Override
    public void max(Groups groups, int columns, Buffer x, Buffer out, Indices winner) {
        Bounds bounds = Bounds.of(groups);
        float[] values = x.array();
        float[] best = out.array();
        int[] rows = winner.array();
        int atX = x.arrayOffset();
        int atOut = out.arrayOffset();
        int most = Pieces.rows(columns);
        if (bounds.largest() <= most) {
            parallel.rows(bounds.count, bounds.perPiece(columns), (first, end) -> {
                for (int g = first; g < end; g++) {
                    max(
                            bounds.from(g),
                            bounds.to(g),
                            columns,
                            values,
                            atX,
                            best,
                            atOut + g * columns,
                            rows,
                            g * columns);
                }
            });
            return;
        }
        Cuts cuts = Cuts.of(bounds, most);
        float[] partial = new float[cuts.count() * columns];
        int[] partialRows = new int[cuts.count() * columns];
        cuts.each(
                parallel,
                (s, g, from, to) ->
                        max(from, to, columns, values, atX, partial, s * columns, partialRows, s * columns));
        for (int g = 0; g < bounds.count; g++) {
            max(0, 0, columns, values, atX, best, atOut + g * columns, rows, g * columns);
            for (int s = cuts.first(g); s < cuts.end(g); s++) {
                for (int j = 0; j < columns; j++) {
                    int at = atOut + g * columns + j;
                    float v = partial[s * columns + j];
                    if (s == cuts.first(g) || wins(v, best[at])) {
                        best[at] = v;
                        rows[g * columns + j] = partialRows[s * columns + j];
                    }
                }
            }
        }
    }

    /** The first of the largest; not-a-number is larger than all. */
    private static boolean wins(float v, float best) {
        return !(v <= best) && !Float.isNaN(best);
    }

    private static void max(
            int from, int to, int columns, float[] x, int atX, float[] best, int atBest, int[] rows, int atRows) {
        if (from == to) {
            Arrays.fill(best, atBest, atBest + columns, 0f);
            Arrays.fill(rows, atRows, atRows + columns, 0);
            return;
        }
        System.arraycopy(x, atX + from * columns, best, atBest, columns);
        Arrays.fill(rows, atRows, atRows + columns, from);
        for (int i = from + 1; i < to; i++) {
            int row = atX + i * columns;
            for (int j = 0; j < columns; j++) {
                float v = x[row + j];
                if (wins(v, best[atBest + j])) {
                    best[atBest + j] = v;
                    rows[atRows + j] = i;
                }
            }
        }
    }

    @Override
    public void maxGradient(Groups groups, int columns, Buffer gradOut, Indices winner, Buffer gradIn) {
        Bounds bounds = Bounds.of(groups);
        float[] out = gradOut.array();
        float[] in = gradIn.array();
        int[] rows = winner.array();
        int atOut = gradOut.arrayOffset();
        int atIn = gradIn.arrayOffset();
        parallel.rows(
                bounds.rows,
                Pieces.rows(columns),
                (from, to) -> Arrays.fill(in, atIn + from * columns, atIn + to * columns, 0f));
        parallel.rows(bounds.count, Pieces.rows(columns), (first, end) -> {
            for (int g = first; g < end; g++) {
                if (bounds.from(g) == bounds.to(g)) {
                    continue;
                }
                for (int j = 0; j < columns; j++) {
                    in[atIn + rows[g * columns + j] * columns + j] = out[atOut + g * columns + j];
                }
            }
        });
    }
}
