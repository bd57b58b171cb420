package org.scenecontexts.contrastive.loss;

import org.scenecontexts.api.engine.TensorEngine;

/**
 * The contrastive losses on the processor's cores.
 *
 * @since 0.2
 */
final class CpuContrastKernels implements ContrastKernels {

    private final TensorEngine engine;
    private final AnchorLoops loops;

    /** @param loops do what is done per anchor */
    CpuContrastKernels(TensorEngine engine, AnchorLoops loops) {
        this.engine = engine;
        this.loops = loops;
    }

    @Override
    public void infoNce(InfoNce call) {
        new InfoNceTiles(engine, loops, call).run();
    }

    @Override
    public void hardest(Hardest call) {
        new HardestSearch(engine, call).run();
    }

    @Override
    public void recall(Recall call) {
        int hits = 0;
        for (int q = 0; q < call.queries(); q++) {
            hits += within(call, nearest(call, q), call.truth()[q]) ? 1 : 0;
        }
        float share = call.queries() == 0 ? Float.NaN : (float) ((double) hits / call.queries());
        call.share().copyIn(0, new float[] {share}, 0, 1);
    }

    private static int nearest(Recall call, int query) {
        int channels = call.channels();
        float[] queries = call.features0().array();
        float[] keys = call.features1().array();
        int at = call.features0().arrayOffset() + call.row()[query] * channels;
        int atKeys = call.features1().arrayOffset();
        int best = call.from()[query];
        double bestDistance = Double.POSITIVE_INFINITY;
        for (int j = best; j <= call.to()[query]; j++) {
            float distance = 0;
            for (int c = 0; c < channels; c++) {
                float d = queries[at + c] - keys[atKeys + j * channels + c];
                distance += d * d;
            }
            if (distance < bestDistance) {
                bestDistance = distance;
                best = j;
            }
        }
        return best;
    }

    private static boolean within(Recall call, int a, int b) {
        float[] xyz = call.positions1();
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            double d = xyz[3 * a + axis] - xyz[3 * b + axis];
            sum += d * d;
        }
        return sum <= call.radius() * call.radius();
    }
}
