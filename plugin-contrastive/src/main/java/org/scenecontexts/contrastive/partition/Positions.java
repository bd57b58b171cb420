package org.scenecontexts.contrastive.partition;

/**
 * Positions of the matched points of one pair, one array per axis.
 *
 * @param x x of each point, in the unit of the partitioner's radii
 * @param y y of each point
 * @param z z of each point, up
 */
public record Positions(float[] x, float[] y, float[] z) {

    /** Takes some rows of a {@code [M, 3]} array. */
    public static Positions of(float[] xyz, int[] rows) {
        float[] x = new float[rows.length];
        float[] y = new float[rows.length];
        float[] z = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            x[i] = xyz[3 * rows[i]];
            y[i] = xyz[3 * rows[i] + 1];
            z[i] = xyz[3 * rows[i] + 2];
        }
        return new Positions(x, y, z);
    }

    /** Number of points. */
    public int size() {
        return x.length;
    }
}
