package org.scenecontexts.testkit;

import static org.scenecontexts.testkit.Numbers.integers;
import static org.scenecontexts.testkit.Numbers.normal;

import java.util.ArrayList;
import java.util.List;

/** Calls every kernel on matrices of several chunks and collects all that they write. */
public final class KernelTour {

    private static final int ROWS = 3001;
    private static final int COLUMNS = 29;
    private static final int N = ROWS * COLUMNS;
    private static final float[] NONE = {};

    private final HostDense k;
    private final List<float[]> results = new ArrayList<>();

    private KernelTour(HostDense kernels) {
        k = kernels;
    }

    /** Everything that was written, kernel by kernel. */
    public static List<float[]> run(HostDense kernels) {
        KernelTour tour = new KernelTour(kernels);
        tour.elementwise();
        tour.columns();
        tour.rows();
        tour.optimizers();
        return tour.results;
    }

    private float[] keep(int n) {
        float[] result = new float[n];
        results.add(result);
        return result;
    }

    private void keep(double... values) {
        float[] bits = keep(2 * values.length);
        for (int i = 0; i < values.length; i++) {
            bits[2 * i] = (float) values[i];
            bits[2 * i + 1] = (float) (values[i] - bits[2 * i]);
        }
    }

    private void elementwise() {
        float[] x = normal(N, 1);
        float[] y = normal(N, 2);
        k.add(N, x, y, keep(N));
        k.subtract(N, x, y, keep(N));
        k.multiply(N, x, y, keep(N));
        k.scale(N, 1.1f, x, keep(N));
        k.relu(N, x, keep(N));
        k.reluBackward(N, x, y, keep(N));
        k.fill(N, 2, keep(N));
        k.broadcast(N, new float[] {1.5f}, keep(N));
        k.copy(N, x, keep(N));
        k.scaleBy(N, new float[] {1.5f}, x, keep(N));
        k.axpy(N, 0.7f, x, keep(N));
        keep(k.sum(N, x), k.norm(1, x, y)[0], k.norm(1, x, y)[1], k.allFinite(N, x) ? 1 : 0);
    }

    private void columns() {
        float[] x = normal(N, 3);
        float[] y = normal(N, 4);
        float[] row = normal(COLUMNS, 5);
        k.addRow(ROWS, COLUMNS, x, row, keep(N));
        k.multiplyRow(ROWS, COLUMNS, x, row, keep(N));
        float[] positive = new float[COLUMNS];
        k.multiply(COLUMNS, row, row, positive);
        k.overRoot(COLUMNS, 1, positive, 1e-5, keep(COLUMNS));
        k.overRoot(COLUMNS, row, positive, 1e-5, keep(COLUMNS));
        k.follow(COLUMNS, 0.1, 1.1, row, keep(COLUMNS));
        k.sumRows(ROWS, COLUMNS, x, keep(COLUMNS), false);
        float[] mean = keep(COLUMNS);
        float[] variance = keep(COLUMNS);
        k.columnMoments(ROWS, COLUMNS, x, mean, variance);
        k.normalize(ROWS, COLUMNS, x, mean, variance, row, y, true, keep(N));
        k.batchNormBackward(
                ROWS,
                COLUMNS,
                x,
                y,
                normal(N, 6),
                mean,
                variance,
                row,
                true,
                keep(N),
                keep(COLUMNS),
                keep(COLUMNS),
                keep(N));
        k.gemm(false, false, 600, COLUMNS, 50, x, y, keep(600 * COLUMNS), false);
        k.gemm(true, false, COLUMNS, 50, 1700, x, y, keep(50 * COLUMNS), false);
        k.gemm(false, true, 600, 70, COLUMNS, x, y, keep(600 * 70), false);
    }

    private void rows() {
        float[] x = normal(N, 7);
        int[] index = integers(2 * ROWS, ROWS, 8);
        float[] gathered = keep(2 * N);
        k.gatherRows(2 * ROWS, COLUMNS, x, index, gathered);
        k.scatterAddRows(2 * ROWS, COLUMNS, gathered, index, ROWS, keep(N));
        int[] winner = new int[N];
        k.groupMax(ROWS, 2, COLUMNS, gathered, keep(N), winner);
        k.groupMaxBackward(ROWS, 2, COLUMNS, x, winner, keep(2 * N));
        k.copyColumnsIn(ROWS, COLUMNS, x, COLUMNS + 5, 3, keep(ROWS * (COLUMNS + 5)));
        k.copyColumnsOut(ROWS, COLUMNS - 5, x, COLUMNS, 3, keep(ROWS * (COLUMNS - 5)));
        float[] norms = keep(ROWS);
        float[] unit = keep(N);
        k.normalizeRows(ROWS, COLUMNS, x, norms, unit);
        k.normalizeRowsBackward(ROWS, COLUMNS, unit, norms, normal(N, 11), keep(N));
        k.softmaxRows(ROWS, COLUMNS, x, keep(N));
        float[] ce = keep(N);
        k.crossEntropyBackward(N, new float[] {0.3f}, new float[] {170, 0}, ce);
        keep(k.accuracy(ROWS, COLUMNS, x, integers(ROWS, COLUMNS, 9)));
        keep(k.crossEntropy(ROWS, COLUMNS, x, integers(ROWS, COLUMNS, 9), 0.1f, NONE, keep(N)));
    }

    private void optimizers() {
        float[] g = normal(N, 10);
        k.sgdStep(N, keep(N), g, keep(N), 0.1f, 0.9f, 0.1f, 1e-4f, false, false);
        k.sgdStep(N, keep(N), g, keep(N), 0.1f, 0.9f, 0f, 1e-4f, true, true);
        k.sgdStep(N, keep(N), g, NONE, 0.1f, 0f, 0f, 1e-4f, false, true);
        k.adamStep(N, keep(N), g, keep(N), keep(N), 1, 0.1f, 0.9f, 0.999f, 1e-8f, 1e-4f, true);
    }
}
