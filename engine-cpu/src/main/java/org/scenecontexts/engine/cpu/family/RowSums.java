package org.scenecontexts.engine.cpu.family;

/** Sums of neighbouring numbers in double precision, four at a time, in one order. */
final class RowSums {

    private RowSums() {}

    static double of(float[] x, int from, int to) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            a += x[i];
            b += x[i + 1];
            c += x[i + 2];
            d += x[i + 3];
        }
        for (; i < to; i++) {
            a += x[i];
        }
        return (a + b) + (c + d);
    }

    static double ofProducts(float[] x, int atX, float[] y, int atY, int n) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            a += (double) x[atX + i] * y[atY + i];
            b += (double) x[atX + i + 1] * y[atY + i + 1];
            c += (double) x[atX + i + 2] * y[atY + i + 2];
            d += (double) x[atX + i + 3] * y[atY + i + 3];
        }
        for (; i < n; i++) {
            a += (double) x[atX + i] * y[atY + i];
        }
        return (a + b) + (c + d);
    }
}
