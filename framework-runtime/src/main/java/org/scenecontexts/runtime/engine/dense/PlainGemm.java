package org.scenecontexts.runtime.engine.dense;

import org.scenecontexts.api.engine.Parallel;

/** Matrix products in plain Java: right everywhere, fast nowhere. */
public final class PlainGemm {

    private static final int ROWS = 32;

    private PlainGemm() {}

    /** As {@link org.scenecontexts.api.engine.DenseKernels#gemm}. */
    public static void multiply(
            Parallel parallel,
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            float[] a,
            float[] b,
            float[] c,
            boolean accumulate) {
        int rowStep = transposeA ? 1 : k;
        int innerStep = transposeA ? m : 1;
        parallel.rows(m, ROWS, (from, to) -> {
            for (int i = from; i < to; i++) {
                if (!accumulate) {
                    java.util.Arrays.fill(c, i * n, (i + 1) * n, 0f);
                }
                if (transposeB) {
                    dots(i, n, k, a, i * rowStep, innerStep, b, c);
                } else {
                    rows(i, n, k, a, i * rowStep, innerStep, b, c);
                }
            }
        });
    }

    private static void rows(int i, int n, int k, float[] a, int atA, int stepA, float[] b, float[] c) {
        for (int l = 0; l < k; l++) {
            float v = a[atA + l * stepA];
            for (int j = 0; j < n; j++) {
                c[i * n + j] += v * b[l * n + j];
            }
        }
    }

    private static void dots(int i, int n, int k, float[] a, int atA, int stepA, float[] b, float[] c) {
        for (int j = 0; j < n; j++) {
            float sum = 0;
            for (int l = 0; l < k; l++) {
                sum += a[atA + l * stepA] * b[j * k + l];
            }
            c[i * n + j] += sum;
        }
    }
}
