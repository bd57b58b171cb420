package org.scenecontexts.engine.cpu.dense;

/** Room for the partial results of one thread's calls, kept from call to call. */
final class Scratch {
    private float[] floats = {};
    private float[] factors = {};
    private double[] doubles = {};

    float[] floats(int length) {
        return floats.length >= length ? floats : (floats = new float[length]);
    }

    float[] factors(int length) {
        return factors.length >= length ? factors : (factors = new float[length]);
    }

    double[] doubles(int length) {
        return doubles.length >= length ? doubles : (doubles = new double[length]);
    }
}
