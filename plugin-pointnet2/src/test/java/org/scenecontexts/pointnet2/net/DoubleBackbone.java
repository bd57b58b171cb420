package org.scenecontexts.pointnet2.net;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.HeapBuffer;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.pointnet2.kernel.PointKernels;
import org.scenecontexts.pointnet2.kernel.PointSets;

/**
 * The published pre-training network in double precision, written a second time and plainly, for given decisions: what
 * the single-precision network's gradients are compared with. Only a level's own intermediate values are in memory at any
 * time; they are computed twice.
 */
final class DoubleBackbone {

    private static final int LEVELS = PointNet2Config.LEVELS;

    private final PointKernels kernels;
    private final Geometry geometry;
    private final Decisions decisions;
    private final DoubleMlp[] down = new DoubleMlp[LEVELS];
    private final DoubleMlp[] up = new DoubleMlp[LEVELS];
    private final double[][] features = new double[LEVELS + 1][];
    private final double[][] joined = new double[LEVELS][];
    private final Map<String, double[]> gradients = new HashMap<>();

    /** ReLUs that would have been decided otherwise, by how much they miss zero. */
    final DoubleMlp.Differences reluDifferences = new DoubleMlp.Differences();

    /** Maxima that would have come from another neighbour, by how much that one is larger. */
    final DoubleMlp.Differences maximumDifferences = new DoubleMlp.Differences();

    DoubleBackbone(
            Parallel parallel,
            PointKernels kernels,
            Geometry geometry,
            Map<String, double[]> parameters,
            Decisions decisions) {
        this.kernels = kernels;
        this.geometry = geometry;
        this.decisions = decisions;
        for (int i = 0; i < LEVELS; i++) {
            down[i] = new DoubleMlp(parallel, "sa" + (i + 1) + ".mlp_module", parameters, gradients);
            up[i] = new DoubleMlp(parallel, "fp" + (i + 1) + ".mlp", parameters, gradients);
        }
    }

    /** Features at every point, {@code [points, channels]}. */
    double[] forward() {
        features[0] = new double[0];
        for (int i = 0; i < LEVELS; i++) {
            int groups = geometry.levels().get(i).points().rows();
            int samples = neighbours(i).samples();
            double[] y = down[i].forward(grouped(i), groups * samples, open(i), reluDifferences);
            features[i + 1] = maxima(i, y, groups, samples);
        }
        double[] x = features[LEVELS];
        for (int i = 0; i < LEVELS; i++) {
            int known = geometry.levels().get(LEVELS - 1 - i).points().rows();
            joined[i] = joined(geometry.interpolations().get(i), x, known, features[LEVELS - 1 - i]);
            x = up[i].forward(joined[i], geometry.interpolations().get(i).queries(), open(LEVELS + i), reluDifferences);
        }
        return x;
    }

    /** Gradients of all parameters by name, after {@link #forward}. */
    Map<String, double[]> backward(double[] gradOut) {
        double[][] gradFeatures = new double[LEVELS + 1][];
        double[] g = gradOut;
        for (int i = LEVELS - 1; i >= 0; i--) {
            Interpolation interpolation = geometry.interpolations().get(i);
            int rows = interpolation.queries();
            up[i].forward(joined[i], rows, open(LEVELS + i), new DoubleMlp.Differences());
            double[] d = up[i].backward(joined[i], g, rows, open(LEVELS + i));
            int skip = features[LEVELS - 1 - i].length / rows;
            int carried = d.length / rows - skip;
            int known = geometry.levels().get(LEVELS - 1 - i).points().rows();
            gradFeatures[LEVELS - 1 - i] = columns(d, rows, carried, skip);
            g = new double[known * carried];
            for (int q = 0; q < 3 * rows; q++) {
                double w = interpolation.weights().array()[q];
                for (int j = 0; j < carried; j++) {
                    g[interpolation.index().array()[q] * carried + j] += w * d[q / 3 * (carried + skip) + j];
                }
            }
        }
        gradFeatures[LEVELS] = g;
        for (int i = LEVELS - 1; i >= 0; i--) {
            levelBackward(i, gradFeatures);
        }
        return gradients;
    }

    private void levelBackward(int level, double[][] gradFeatures) {
        int rows =
                geometry.levels().get(level).points().rows() * neighbours(level).samples();
        double[] x = grouped(level);
        double[] y = down[level].forward(x, rows, open(level), new DoubleMlp.Differences());
        Arrays.fill(y, 0);
        int[] winners = decisions.winners().get(level);
        int columns = y.length / rows;
        for (int i = 0; i < winners.length; i++) {
            y[winners[i] * columns + i % columns] = gradFeatures[level + 1][i];
        }
        double[] d = down[level].backward(x, y, rows, open(level));
        int[] index = neighbours(level).index().array();
        int width = d.length / rows;
        for (int i = 0; i < rows; i++) {
            for (int j = 3; j < width; j++) {
                gradFeatures[level][index[i] * (width - 3) + j - 3] += d[i * width + j];
            }
        }
    }

    private Neighbourhood neighbours(int level) {
        return geometry.levels().get(level).neighbourhoods().getFirst();
    }

    /** The decisions of one perceptron; those of the levels come first, three layers each. */
    private List<BitSet> open(int perceptron) {
        int first = perceptron < LEVELS ? 3 * perceptron : 3 * LEVELS + 2 * (perceptron - LEVELS);
        DoubleMlp mlp = perceptron < LEVELS ? down[perceptron] : up[perceptron - LEVELS];
        return decisions.open().subList(first, first + mlp.layers());
    }

    /** Differences of positions are data, and taken as they are; features are looked up. */
    private double[] grouped(int level) {
        PointSets points =
                level == 0 ? geometry.input() : geometry.levels().get(level - 1).points();
        PointSets centres = geometry.levels().get(level).points();
        Neighbourhood near = neighbours(level);
        int rows = centres.rows() * near.samples();
        float[] relative = new float[3 * rows];
        kernels.group(
                points, centres, near.samples(), near.index(), near.radius(), 0, Buffer.NONE, HeapBuffer.of(relative));
        int channels = features[level].length / points.rows();
        double[] x = new double[rows * (3 + channels)];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < 3; j++) {
                x[i * (3 + channels) + j] = relative[3 * i + j];
            }
            System.arraycopy(features[level], near.index().array()[i] * channels, x, i * (3 + channels) + 3, channels);
        }
        return x;
    }

    private double[] maxima(int level, double[] y, int groups, int samples) {
        int columns = y.length / (groups * samples);
        int[] winners = decisions.winners().get(level);
        double[] out = new double[groups * columns];
        for (int i = 0; i < out.length; i++) {
            out[i] = y[winners[i] * columns + i % columns];
            double best = out[i];
            for (int s = 0; s < samples; s++) {
                best = Math.max(best, y[(i / columns * samples + s) * columns + i % columns]);
            }
            if (best > out[i]) {
                maximumDifferences.add(best - out[i]);
            }
        }
        return out;
    }

    private static double[] joined(Interpolation interpolation, double[] coarse, int known, double[] skip) {
        int rows = interpolation.queries();
        int carried = coarse.length / known;
        int beside = skip.length / rows;
        double[] x = new double[rows * (carried + beside)];
        for (int q = 0; q < 3 * rows; q++) {
            double w = interpolation.weights().array()[q];
            for (int j = 0; j < carried; j++) {
                x[q / 3 * (carried + beside) + j] +=
                        w * coarse[interpolation.index().array()[q] * carried + j];
            }
        }
        for (int i = 0; i < rows; i++) {
            System.arraycopy(skip, i * beside, x, i * (carried + beside) + carried, beside);
        }
        return x;
    }

    private static double[] columns(double[] x, int rows, int from, int count) {
        double[] out = new double[rows * count];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(x, i * (x.length / rows) + from, out, i * count, count);
        }
        return out;
    }
}
