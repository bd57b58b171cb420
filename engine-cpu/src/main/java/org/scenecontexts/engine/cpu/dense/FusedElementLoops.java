package org.scenecontexts.engine.cpu.dense;

/**
 * The elementwise loops in plain Java whose sums are taken by lanes: bit for bit what their vector twin computes.
 *
 * @since 0.1
 */
public class FusedElementLoops extends ElementLoops {

    private final int half;

    /**
     * @param width floats per vector of the twin, which adds up half as many doubles
     */
    public FusedElementLoops(int width) {
        half = width / 2;
    }

    @Override
    public double sum(int from, int to, float[] x) {
        double[] a = new double[half];
        double[] b = new double[half];
        int i = from;
        for (int end = to - 2 * half; i <= end; i += 2 * half) {
            for (int lane = 0; lane < half; lane++) {
                a[lane] += x[i + lane];
                b[lane] += x[i + half + lane];
            }
        }
        return ordered(a, b) + rest(i, to, x);
    }

    @Override
    public double sumOfSquares(int from, int to, float[] x) {
        double[] a = new double[half];
        double[] b = new double[half];
        int i = from;
        for (int end = to - 2 * half; i <= end; i += 2 * half) {
            for (int lane = 0; lane < half; lane++) {
                // The square of a float is exact in double precision, so that it is rounded once as well.
                a[lane] += (double) x[i + lane] * x[i + lane];
                b[lane] += (double) x[i + half + lane] * x[i + half + lane];
            }
        }
        return ordered(a, b) + restOfSquares(i, to, x);
    }

    /** Sum of the few numbers that fill no vector. */
    protected final double rest(int from, int to, float[] x) {
        return super.sum(from, to, x);
    }

    /** Sum of squares of the few numbers that fill no vector. */
    protected final double restOfSquares(int from, int to, float[] x) {
        return super.sumOfSquares(from, to, x);
    }

    private static double ordered(double[] a, double[] b) {
        double sum = 0;
        for (int lane = 0; lane < a.length; lane++) {
            sum += a[lane] + b[lane];
        }
        return sum;
    }
}
