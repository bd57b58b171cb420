package org.scenecontexts.nd4j.family;

import static org.scenecontexts.nd4j.memory.Nd4jBuffer.own;

import java.util.Arrays;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.api.engine.kernel.SoftmaxKernels;
import org.scenecontexts.nd4j.dense.Stretches;
import org.scenecontexts.nd4j.memory.NativeFloats;

/** Softmax over groups of rows, which ND4J has for whole axes only, on its memory. */
final class Nd4jSoftmax implements SoftmaxKernels {

    private final Parallel parallel;

    Nd4jSoftmax(Parallel parallel) {
        this.parallel = parallel;
    }

    @Override
    public void softmax(Groups groups, int columns, boolean logarithm, Buffer x, Buffer out) {
        GroupBounds bounds = GroupBounds.of(groups);
        NativeFloats values = own(x).reading();
        NativeFloats target = own(out).writing();
        bounds.each(parallel, columns, (g, inside) -> {
            float[] max = new float[columns];
            Arrays.fill(max, Float.NEGATIVE_INFINITY);
            for (int i = bounds.from(g); i < bounds.to(g); i++) {
                for (int j = 0; j < columns; j++) {
                    max[j] = Math.max(max[j], values.get((long) i * columns + j));
                }
            }
            double[] sums = Stretches.sum(inside, bounds.from(g), bounds.to(g), columns, columns, (from, to, part) -> {
                for (int i = from; i < to; i++) {
                    for (int j = 0; j < columns; j++) {
                        part[j] += Math.exp((double) values.get((long) i * columns + j) - max[j]);
                    }
                }
            });
            int first = bounds.from(g);
            inside.rows(bounds.size(g), Stretches.rows(columns), (from, to) -> {
                for (int i = first + from; i < first + to; i++) {
                    for (int j = 0; j < columns; j++) {
                        long at = (long) i * columns + j;
                        double above = (double) values.get(at) - max[j];
                        target.set(at, (float) (logarithm ? above - Math.log(sums[j]) : Math.exp(above) / sums[j]));
                    }
                }
            });
        });
    }

    @Override
    public void softmaxGradient(
            Groups groups, int columns, boolean logarithm, Buffer y, Buffer gradOut, Buffer gradIn) {
        GroupBounds bounds = GroupBounds.of(groups);
        NativeFloats outputs = own(y).reading();
        NativeFloats g = own(gradOut).reading();
        NativeFloats target = own(gradIn).writing();
        bounds.each(parallel, columns, (group, inside) -> {
            double[] sums =
                    Stretches.sum(inside, bounds.from(group), bounds.to(group), columns, columns, (from, to, part) -> {
                        for (int i = from; i < to; i++) {
                            for (int j = 0; j < columns; j++) {
                                long at = (long) i * columns + j;
                                part[j] += logarithm ? g.get(at) : (double) g.get(at) * outputs.get(at);
                            }
                        }
                    });
            int first = bounds.from(group);
            inside.rows(bounds.size(group), Stretches.rows(columns), (from, to) -> {
                for (int i = first + from; i < first + to; i++) {
                    for (int j = 0; j < columns; j++) {
                        long at = (long) i * columns + j;
                        double v = outputs.get(at);
                        target.set(at, (float)
                                (logarithm ? g.get(at) - Math.exp(v) * sums[j] : v * (g.get(at) - sums[j])));
                    }
                }
            });
        });
    }
}
