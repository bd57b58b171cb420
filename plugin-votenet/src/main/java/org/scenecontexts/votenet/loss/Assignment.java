package org.scenecontexts.votenet.loss;

/**
 * Which true box each proposal is about: the nearest to the mean of its votes; and whether it counts as one that holds
 * something, as one that does not, or as neither (REFERENCE 8.3).
 *
 * @param row index of the box, -1 where the scene has none, {@code [B * K]}
 * @param positive nearer than {@value #NEAR} m, {@code [B * K]}
 * @param counted nearer than {@value #NEAR} m or farther than {@value #FAR} m, {@code [B * K]}
 */
record Assignment(int[] row, boolean[] positive, boolean[] counted) {

    static final double NEAR = 0.3;
    static final double FAR = 0.6;
    private static final float EPSILON = 1e-6f;

    /**
     * Assigns.
     *
     * @param places means of votes, {@code [B * K, 3]}, metres
     */
    static Assignment of(float[] places, DetectionTargets targets) {
        int count = places.length / 3;
        int perScene = count / targets.scenes();
        int[] row = new int[count];
        boolean[] positive = new boolean[count];
        boolean[] counted = new boolean[count];
        for (int i = 0; i < count; i++) {
            int scene = i / perScene;
            Nearest nearest = Nearest.of(
                    places, i, targets.rows().centres(), targets.offsets()[scene], targets.offsets()[scene + 1]);
            row[i] = nearest.row();
            float distance = (float) Math.sqrt(nearest.squared() + EPSILON);
            positive[i] = distance < (float) NEAR;
            counted[i] = positive[i] || distance > (float) FAR;
        }
        return new Assignment(row, positive, counted);
    }

    /** Writes it as {@link BoxLossKernels.Call#assignment} has it. */
    void write(float[] to) {
        for (int i = 0; i < row.length; i++) {
            to[BoxLossKernels.ASSIGNED * i] = row[i];
            to[BoxLossKernels.ASSIGNED * i + 1] = positive[i] ? 1 : counted[i] ? 0 : -1;
        }
    }

    int positives() {
        return count(positive);
    }

    int counts() {
        return count(counted);
    }

    private static int count(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return count;
    }
}
