package org.scenecontexts.runtime.blocks;

/** What was said about the points of one tile so far; gone as soon as no further block will speak about them. */
final class TileSums {

    private final int width;
    private final float[] sums;
    private final float[] weights;

    TileSums(int points, int width) {
        this.width = width;
        this.sums = new float[Math.multiplyExact(points, width)];
        this.weights = new float[points];
    }

    /** Adds the numbers of a row to those of a point. */
    void add(int slot, float[] values, int row, float weight) {
        for (int w = 0; w < width; w++) {
            sums[slot * width + w] += weight * values[row * width + w];
        }
        weights[slot] += weight;
    }

    /** Whether anything was said. */
    boolean has(int slot) {
        return weights[slot] > 0;
    }

    /** The average of one number. */
    float mean(int slot, int column) {
        return sums[slot * width + column] / weights[slot];
    }
}
