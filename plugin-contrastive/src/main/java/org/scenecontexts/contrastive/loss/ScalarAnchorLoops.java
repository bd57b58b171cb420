package org.scenecontexts.contrastive.loss;

/** Plain Java, per-context maxima, always numerically safe: the twin that others are compared with. */
final class ScalarAnchorLoops implements AnchorLoops {

    @Override
    public void anchor(
            int n,
            float[] row,
            int offset,
            int[] contexts,
            int anchor,
            float[] weights,
            double[] losses,
            float[] scratch) {
        int count = weights.length;
        float own = row[offset + anchor];
        contexts[anchor] = -1;
        double[] max = new double[count];
        double[] sum = new double[count];
        java.util.Arrays.fill(max, own);
        for (int j = 0; j < n; j++) {
            int c = contexts[j];
            if (c >= 0) {
                max[c] = Math.max(max[c], row[offset + j]);
            }
        }
        for (int c = 0; c < count; c++) {
            sum[c] = Math.exp(own - max[c]);
        }
        for (int j = 0; j < n; j++) {
            int c = contexts[j];
            if (c >= 0) {
                sum[c] += Math.exp(row[offset + j] - max[c]);
            }
        }
        for (int j = 0; j < n; j++) {
            int c = contexts[j];
            row[offset + j] = c < 0 ? 0 : (float) (weights[c] * Math.exp(row[offset + j] - max[c]) / sum[c]);
        }
        double diagonal = 0;
        for (int c = 0; c < count; c++) {
            losses[c] += Math.log(sum[c]) + max[c] - own;
            diagonal += weights[c] * (Math.exp(own - max[c]) / sum[c] - 1);
        }
        row[offset + anchor] = (float) diagonal;
    }
}
