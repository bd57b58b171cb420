package org.scenecontexts.contrastive.loss;

import java.util.Arrays;
import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.contrastive.partition.Partitioner;
import org.scenecontexts.contrastive.partition.Positions;

/**
 * PointInfoNCE within one pair, in every spatial context, with its gradient in closed form.
 *
 * <p>The n x n similarities are computed once, in tiles of {@value #TILE} anchors, and shared by all contexts (REFERENCE
 * 4.3 items 5 to 7). Memory is O(n): a tile per thread and a few partial gradients. Partial gradients belong to fixed
 * groups of anchors and are added in order, so the result does not depend on the number of threads.
 *
 * <p>Inputs: queries {@code [n, C]} and keys {@code [n, C]}, row i of one matching row i of the other. Output: {@code sum_c
 * weight_c * meanLoss_c}.
 */
final class InfoNceOp extends DifferentiableOp {

    private static final int TILE = 32;
    private static final int GROUPS = 8;

    private final ContrastKernels kernels;
    private final Partitioner partitioner;
    private final Positions positions;
    private final float inverseTemperature;
    private final float[] weights;
    private final double[] contextLosses;
    private Tensor gradQueries;
    private Tensor gradKeys;

    /**
     * @param weights weight of the mean loss of each context
     */
    InfoNceOp(
            ContrastKernels kernels,
            Partitioner partitioner,
            Positions positions,
            double temperature,
            float[] weights) {
        this.kernels = kernels;
        this.partitioner = partitioner;
        this.positions = positions;
        this.inverseTemperature = (float) (1 / temperature);
        this.weights = weights;
        this.contextLosses = new double[weights.length];
    }

    /** Mean loss of each context, unweighted, after the forward pass. */
    double[] contextLosses() {
        return contextLosses.clone();
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        Tensor queries = inputs.get(0);
        Tensor keys = inputs.get(1);
        int n = queries.rows();
        int channels = queries.columns();
        int groups = Math.min(GROUPS, (n + TILE - 1) / TILE);
        double[][] losses = new double[groups][weights.length];
        Tensor[] partialKeys = new Tensor[groups];
        gradQueries = engine.allocate(n, channels);
        int tiles = (n + TILE - 1) / TILE;
        engine.parallel().run(groups, group -> {
            partialKeys[group] = engine.zeros(n, channels);
            Worker worker = new Worker(engine, queries, keys, partialKeys[group], losses[group]);
            for (int tile = group * tiles / groups; tile < (group + 1) * tiles / groups; tile++) {
                worker.tile(tile * TILE, Math.min(n, (tile + 1) * TILE));
            }
            worker.close();
        });
        gradKeys = partialKeys[0];
        for (int g = 1; g < groups; g++) {
            engine.dense().axpy(n * channels, 1f, partialKeys[g].data(), gradKeys.data());
            partialKeys[g].release();
        }
        double total = 0;
        for (int c = 0; c < weights.length; c++) {
            for (double[] partial : losses) {
                contextLosses[c] += partial[c] / n;
            }
            total += weights[c] * contextLosses[c];
        }
        if (!keeping()) {
            gradQueries.release();
            gradKeys.release();
        }
        Tensor loss = engine.allocate(1);
        loss.data()[0] = (float) total;
        return loss;
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        float factor = gradient.data()[0];
        for (Tensor t : List.of(gradQueries, gradKeys)) {
            gradient.engine().dense().scale(t.size(), factor, t.data(), t.data());
        }
        inputs.add(0, gradQueries);
        inputs.add(1, gradKeys);
    }

    /** Works through the tiles of one group with buffers of its own. */
    private final class Worker {

        private final TensorEngine engine;
        private final Tensor queries;
        private final Tensor keys;
        private final Tensor partialKeys;
        private final double[] losses;
        private final float[] similarities;
        private final float[] tileQueries;
        private final float[] tileGradient;
        private final float[] scratch;
        private final float[] rowWeights;
        private final int[] contexts;

        Worker(TensorEngine engine, Tensor queries, Tensor keys, Tensor partialKeys, double[] losses) {
            this.engine = engine;
            this.queries = queries;
            this.keys = keys;
            this.partialKeys = partialKeys;
            this.losses = losses;
            int n = queries.rows();
            similarities = engine.buffers().take(TILE * n);
            tileQueries = engine.buffers().take(TILE * queries.columns());
            tileGradient = engine.buffers().take(TILE * queries.columns());
            scratch = new float[ContrastKernels.scratch(weights.length)];
            contexts = new int[n];
            rowWeights = weights.clone();
            for (int c = 0; c < rowWeights.length; c++) {
                rowWeights[c] *= inverseTemperature / n;
            }
        }

        void tile(int from, int to) {
            int n = queries.rows();
            int channels = queries.columns();
            int rows = to - from;
            float[] q = queries.data();
            for (int i = 0; i < rows * channels; i++) {
                tileQueries[i] = q[from * channels + i] * inverseTemperature;
            }
            engine.dense().gemm(false, true, rows, n, channels, tileQueries, keys.data(), similarities, false);
            for (int i = 0; i < rows; i++) {
                partitioner.contexts(from + i, positions, contexts);
                kernels.anchor(n, similarities, i * n, contexts, from + i, rowWeights, losses, scratch);
            }
            System.arraycopy(q, from * channels, tileQueries, 0, rows * channels);
            engine.dense().gemm(false, false, rows, channels, n, similarities, keys.data(), tileGradient, false);
            System.arraycopy(tileGradient, 0, gradQueries.data(), from * channels, rows * channels);
            engine.dense().gemm(true, false, n, channels, rows, similarities, tileQueries, partialKeys.data(), true);
        }

        void close() {
            engine.buffers().give(similarities);
            engine.buffers().give(tileQueries);
            engine.buffers().give(tileGradient);
            Arrays.fill(scratch, 0);
        }
    }
}
