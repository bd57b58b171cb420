package org.scenecontexts.contrastive.loss;

import java.util.stream.IntStream;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.contrastive.partition.Positions;

/**
 * One call of {@link ContrastKernels#infoNce} on the processor.
 *
 * <p>The n x n similarities are computed once, in tiles of {@value #TILE} anchors, and shared by all contexts (REFERENCE
 * 4.3 items 5 to 7). Memory is O(n): a tile per thread and a few partial gradients. Partial gradients belong to fixed
 * groups of anchors and are added in order, so the result does not depend on the number of threads.
 */
final class InfoNceTiles {

    private static final int TILE = 32;
    private static final int GROUPS = 8;

    private final TensorEngine engine;
    private final AnchorLoops loops;
    private final ContrastKernels.InfoNce call;
    private final Positions positions;

    InfoNceTiles(TensorEngine engine, AnchorLoops loops, ContrastKernels.InfoNce call) {
        this.engine = engine;
        this.loops = loops;
        this.call = call;
        positions =
                Positions.of(call.positions(), IntStream.range(0, call.points()).toArray());
    }

    void run() {
        int n = call.points();
        int numbers = n * call.channels();
        int tiles = (n + TILE - 1) / TILE;
        int groups = Math.min(GROUPS, tiles);
        double[][] losses = new double[groups][call.weights().length];
        // The first group sums into the result itself, the others beside it.
        Buffer[] gradKeys = new Buffer[groups];
        engine.parallel().run(groups, group -> {
            gradKeys[group] = group == 0 ? call.gradKeys() : engine.buffers().take(numbers);
            engine.dense().fill(numbers, 0, gradKeys[group]);
            Worker worker = new Worker(gradKeys[group], losses[group]);
            for (int tile = group * tiles / groups; tile < (group + 1) * tiles / groups; tile++) {
                worker.tile(tile * TILE, Math.min(n, (tile + 1) * TILE));
            }
            worker.close();
        });
        for (int g = 1; g < groups; g++) {
            engine.dense().axpy(numbers, 1f, gradKeys[g], call.gradKeys());
            engine.buffers().give(gradKeys[g]);
        }
        total(losses);
    }

    private void total(double[][] losses) {
        float[] weights = call.weights();
        float[] found = new float[1 + weights.length];
        double total = 0;
        for (int c = 0; c < weights.length; c++) {
            double mean = 0;
            for (double[] partial : losses) {
                mean += partial[c] / call.points();
            }
            found[1 + c] = (float) mean;
            total += weights[c] * mean;
        }
        found[0] = (float) total;
        call.losses().copyIn(0, found, 0, found.length);
    }

    /** Works through the tiles of one group with buffers of its own. */
    private final class Worker {

        private final Buffer gradKeys;
        private final double[] losses;
        private final Buffer similarities;
        private final Buffer tileQueries;
        private final Buffer tileGradient;
        private final float[] scratch;
        private final float[] rowWeights;
        private final int[] contexts;

        Worker(Buffer gradKeys, double[] losses) {
            this.gradKeys = gradKeys;
            this.losses = losses;
            int n = call.points();
            similarities = engine.buffers().take(TILE * n);
            tileQueries = engine.buffers().take(TILE * call.channels());
            tileGradient = engine.buffers().take(TILE * call.channels());
            scratch = new float[AnchorLoops.scratch(call.weights().length)];
            contexts = new int[n];
            rowWeights = call.weights().clone();
            for (int c = 0; c < rowWeights.length; c++) {
                rowWeights[c] *= call.inverseTemperature() / n;
            }
        }

        void tile(int from, int to) {
            int n = call.points();
            int channels = call.channels();
            int rows = to - from;
            Buffer queries = call.queries().slice(from * channels, rows * channels);
            engine.dense().scale(rows * channels, call.inverseTemperature(), queries, tileQueries);
            engine.dense().gemm(false, true, rows, n, channels, tileQueries, call.keys(), similarities, false);
            float[] s = similarities.array();
            for (int i = 0; i < rows; i++) {
                call.partitioner().contexts(from + i, positions, contexts);
                int row = similarities.arrayOffset() + i * n;
                loops.anchor(n, s, row, contexts, from + i, rowWeights, losses, scratch);
            }
            Buffer gradQueries = call.gradQueries().slice(from * channels, rows * channels);
            engine.dense().gemm(false, false, rows, channels, n, similarities, call.keys(), tileGradient, false);
            engine.dense().copy(rows * channels, tileGradient, gradQueries);
            engine.dense().gemm(true, false, n, channels, rows, similarities, queries, gradKeys, true);
        }

        void close() {
            engine.buffers().give(similarities);
            engine.buffers().give(tileQueries);
            engine.buffers().give(tileGradient);
        }
    }
}
