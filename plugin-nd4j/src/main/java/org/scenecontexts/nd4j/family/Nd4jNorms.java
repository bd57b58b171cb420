package org.scenecontexts.nd4j.family;

import static org.scenecontexts.nd4j.memory.Nd4jBuffer.own;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.api.engine.kernel.NormKernels;
import org.scenecontexts.nd4j.dense.Stretches;
import org.scenecontexts.nd4j.memory.NativeFloats;

/** Norms over groups of rows and parts of columns, with sums in double precision, on ND4J's memory. */
final class Nd4jNorms implements NormKernels {

    private final Parallel parallel;

    Nd4jNorms(Parallel parallel) {
        this.parallel = parallel;
    }

    @Override
    public void normalize(
            Groups groups,
            int columns,
            int parts,
            double epsilon,
            Buffer x,
            Buffer gamma,
            Buffer beta,
            Buffer mean,
            Buffer inverseStd,
            Buffer out) {
        GroupBounds bounds = GroupBounds.of(groups);
        int width = columns / parts;
        NativeFloats values = own(x).reading();
        float[] scales = columns(gamma, columns, 1);
        float[] shifts = columns(beta, columns, 0);
        NativeFloats means = own(mean).writing();
        NativeFloats inverses = own(inverseStd).writing();
        NativeFloats target = own(out).writing();
        bounds.each(parallel, columns, (g, inside) -> {
            double[] sums =
                    Stretches.sum(inside, bounds.from(g), bounds.to(g), columns, 2 * parts, (from, to, part) -> {
                        for (int i = from; i < to; i++) {
                            for (int j = 0; j < columns; j++) {
                                double v = values.get((long) i * columns + j);
                                part[2 * (j / width)] += v;
                                part[2 * (j / width) + 1] += v * v;
                            }
                        }
                    });
            double count = (double) bounds.size(g) * width;
            for (int p = 0; p < parts; p++) {
                double m = sums[2 * p] / count;
                // What is lost where both squares are large is below what float32 shows.
                double variance = Math.max(0, sums[2 * p + 1] / count - m * m);
                means.set((long) g * parts + p, (float) m);
                inverses.set((long) g * parts + p, (float) (1 / Math.sqrt(variance + epsilon)));
            }
            int first = bounds.from(g);
            inside.rows(bounds.size(g), Stretches.rows(columns), (from, to) -> {
                for (int i = first + from; i < first + to; i++) {
                    for (int j = 0; j < columns; j++) {
                        long at = (long) i * columns + j;
                        long p = (long) g * parts + j / width;
                        target.set(at, (values.get(at) - means.get(p)) * inverses.get(p) * scales[j] + shifts[j]);
                    }
                }
            });
        });
    }

    /** A copy of what there is for each column: few numbers, which loops would fetch again and again. */
    private static float[] columns(Buffer given, int columns, float otherwise) {
        float[] values = new float[columns];
        for (int j = 0; j < columns; j++) {
            values[j] = given.capacity() == 0 ? otherwise : own(given).reading().get(j);
        }
        return values;
    }

    @Override
    public void gradient(
            Groups groups,
            int columns,
            int parts,
            Buffer x,
            Buffer gradOut,
            Buffer mean,
            Buffer inverseStd,
            Buffer gamma,
            Buffer gradIn,
            Buffer gradGamma,
            Buffer gradBeta) {
        GroupBounds bounds = GroupBounds.of(groups);
        int width = columns / parts;
        NativeFloats values = own(x).reading();
        NativeFloats g = own(gradOut).reading();
        NativeFloats means = own(mean).reading();
        NativeFloats inverses = own(inverseStd).reading();
        float[] scales = columns(gamma, columns, 1);
        NativeFloats target = own(gradIn).writing();
        double[][] ofColumns = new double[bounds.count()][];
        bounds.each(parallel, columns, (group, inside) -> {
            // For each part the sums of gamma g and of that times the normalised number; for each column those of both
            // of g.
            double[] sums = Stretches.sum(
                    inside,
                    bounds.from(group),
                    bounds.to(group),
                    columns,
                    2 * parts + 2 * columns,
                    (from, to, part) -> {
                        for (int i = from; i < to; i++) {
                            for (int j = 0; j < columns; j++) {
                                long at = (long) i * columns + j;
                                long p = (long) group * parts + j / width;
                                double v = (values.get(at) - means.get(p)) * inverses.get(p);
                                double grad = g.get(at);
                                part[2 * (j / width)] += grad * scales[j];
                                part[2 * (j / width) + 1] += grad * scales[j] * v;
                                part[2 * parts + j] += grad * v;
                                part[2 * parts + columns + j] += grad;
                            }
                        }
                    });
            ofColumns[group] = sums;
            double count = (double) bounds.size(group) * width;
            int first = bounds.from(group);
            inside.rows(bounds.size(group), Stretches.rows(columns), (from, to) -> {
                for (int i = first + from; i < first + to; i++) {
                    for (int j = 0; j < columns; j++) {
                        long at = (long) i * columns + j;
                        long p = (long) group * parts + j / width;
                        float v = (values.get(at) - means.get(p)) * inverses.get(p);
                        float level = (float) (sums[2 * (j / width)] / count);
                        float along = (float) (sums[2 * (j / width) + 1] / count);
                        target.set(at, inverses.get(p) * (g.get(at) * scales[j] - level - v * along));
                    }
                }
            });
        });
        put(ofColumns, 2 * parts, columns, gradGamma);
        put(ofColumns, 2 * parts + columns, columns, gradBeta);
    }

    private static void put(double[][] sums, int from, int columns, Buffer out) {
        if (out.capacity() == 0) {
            return;
        }
        NativeFloats target = own(out).writing();
        for (int j = 0; j < columns; j++) {
            double sum = 0;
            for (double[] ofGroup : sums) {
                sum += ofGroup[from + j];
            }
            target.set(j, (float) sum);
        }
    }
}
