package org.scenecontexts.nd4j.family;

import static org.scenecontexts.nd4j.memory.Nd4jBuffer.own;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.kernel.GroupKernels;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.nd4j.dense.Stretches;
import org.scenecontexts.nd4j.memory.NativeFloats;
import org.scenecontexts.nd4j.memory.NativeInts;
import org.scenecontexts.nd4j.memory.Nd4jIndices;

/** Reductions of groups of rows: sums in double precision, which ND4J's segments do not offer, on its memory. */
final class Nd4jGroups implements GroupKernels {

    private final Parallel parallel;

    Nd4jGroups(Parallel parallel) {
        this.parallel = parallel;
    }

    @Override
    public void sum(Groups groups, int columns, boolean mean, Buffer x, Buffer out, boolean accumulate) {
        NativeFloats values = own(x).reading();
        total(groups, columns, mean, out, accumulate, (from, to, sums) -> {
            for (int i = from; i < to; i++) {
                long row = (long) i * columns;
                for (int j = 0; j < columns; j++) {
                    sums[j] += values.get(row + j);
                }
            }
        });
    }

    @Override
    public void sumProducts(Groups groups, int columns, Buffer x, Buffer y, Buffer out, boolean accumulate) {
        NativeFloats a = own(x).reading();
        NativeFloats b = own(y).reading();
        total(groups, columns, false, out, accumulate, (from, to, sums) -> {
            for (int i = from; i < to; i++) {
                long row = (long) i * columns;
                for (int j = 0; j < columns; j++) {
                    sums[j] += (double) a.get(row + j) * b.get(row + j);
                }
            }
        });
    }

    private void total(Groups groups, int columns, boolean mean, Buffer out, boolean accumulate, Stretches.Part part) {
        GroupBounds bounds = GroupBounds.of(groups);
        NativeFloats target = own(out).writing();
        bounds.each(parallel, columns, (g, inside) -> {
            double[] sums = Stretches.sum(inside, bounds.from(g), bounds.to(g), columns, columns, part);
            int divisor = mean ? Math.max(1, bounds.size(g)) : 1;
            for (int j = 0; j < columns; j++) {
                float value = (float) (sums[j] / divisor);
                long at = (long) g * columns + j;
                target.set(at, accumulate ? target.get(at) + value : value);
            }
        });
    }

    // ---- one row for all of a group ---------------------------------------------------------------------------

    /** A number of a row from that and the one of its group. */
    private interface With {
        float of(long at, float ofGroup);
    }

    private void rows(Groups groups, int columns, Buffer perGroup, boolean overSize, NativeFloats target, With with) {
        GroupBounds bounds = GroupBounds.of(groups);
        NativeFloats values = own(perGroup).reading();
        bounds.each(parallel, columns, (g, inside) -> {
            float divisor = overSize ? bounds.size(g) : 1;
            int first = bounds.from(g);
            inside.rows(bounds.size(g), Stretches.rows(columns), (from, to) -> {
                for (int i = first + from; i < first + to; i++) {
                    for (int j = 0; j < columns; j++) {
                        long at = (long) i * columns + j;
                        target.set(at, with.of(at, values.get((long) g * columns + j) / divisor));
                    }
                }
            });
        });
    }

    @Override
    public void spread(Groups groups, int columns, boolean overSize, Buffer perGroup, Buffer out) {
        rows(groups, columns, perGroup, overSize, own(out).writing(), (at, v) -> v);
    }

    @Override
    public void add(Groups groups, int columns, Buffer x, Buffer perGroup, Buffer out) {
        NativeFloats values = own(x).reading();
        rows(groups, columns, perGroup, false, own(out).writing(), (at, v) -> values.get(at) + v);
    }

    @Override
    public void multiply(Groups groups, int columns, Buffer x, Buffer perGroup, Buffer out) {
        NativeFloats values = own(x).reading();
        rows(groups, columns, perGroup, false, own(out).writing(), (at, v) -> values.get(at) * v);
    }

    // ---- maxima -----------------------------------------------------------------------------------------------

    @Override
    public void max(Groups groups, int columns, Buffer x, Buffer out, Indices winner) {
        GroupBounds bounds = GroupBounds.of(groups);
        NativeFloats values = own(x).reading();
        NativeFloats largest = own(out).writing();
        NativeInts winners = Nd4jIndices.own(winner).writing();
        bounds.each(parallel, columns, (g, inside) -> {
            for (int j = 0; j < columns; j++) {
                int best = bounds.size(g) == 0 ? 0 : bounds.from(g);
                float most = bounds.size(g) == 0 ? 0 : values.get((long) best * columns + j);
                for (int row = bounds.from(g) + 1; row < bounds.to(g); row++) {
                    float v = values.get((long) row * columns + j);
                    if (!(v <= most) && !Float.isNaN(most)) {
                        most = v;
                        best = row;
                    }
                }
                largest.set((long) g * columns + j, most);
                winners.set((long) g * columns + j, best);
            }
        });
    }

    @Override
    public void maxGradient(Groups groups, int columns, Buffer gradOut, Indices winner, Buffer gradIn) {
        GroupBounds bounds = GroupBounds.of(groups);
        NativeFloats g = own(gradOut).reading();
        NativeInts winners = Nd4jIndices.own(winner).reading();
        NativeFloats target = own(gradIn).writing();
        target.fill(0, (long) groups.rows() * columns, 0);
        for (int group = 0; group < bounds.count(); group++) {
            for (int j = 0; j < columns && bounds.size(group) > 0; j++) {
                long at = (long) group * columns + j;
                target.set((long) winners.get(at) * columns + j, g.get(at));
            }
        }
    }
}
