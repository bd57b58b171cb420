package org.scenecontexts.votenet.loss;

/**
 * The nearest of some points; the first of equal ones.
 *
 * @param row its index, -1 where there is none
 * @param squared squared distance; infinite where there is none
 */
record Nearest(int row, float squared) {

    /**
     * Searches.
     *
     * @param points {@code [N, 3]}
     * @param i which of them is looked from
     * @param among {@code [M, 3]}
     * @param from first that is looked at
     * @param to end of those that are looked at
     */
    static Nearest of(float[] points, int i, float[] among, int from, int to) {
        int best = -1;
        float least = Float.POSITIVE_INFINITY;
        for (int j = from; j < to; j++) {
            float x = points[3 * i] - among[3 * j];
            float y = points[3 * i + 1] - among[3 * j + 1];
            float z = points[3 * i + 2] - among[3 * j + 2];
            float squared = x * x + y * y + z * z;
            if (squared < least) {
                least = squared;
                best = j;
            }
        }
        return new Nearest(best, least);
    }
}
