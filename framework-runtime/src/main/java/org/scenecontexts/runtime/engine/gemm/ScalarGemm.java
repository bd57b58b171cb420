package org.scenecontexts.runtime.engine.gemm;

import java.util.Arrays;
import org.scenecontexts.api.engine.Parallel;

/**
 * Matrix products in plain loops: the measure of its vector twin, and the fall-back where the Vector API is missing.
 *
 * @since 0.1
 */
public final class ScalarGemm implements Gemm {

    private static final int ROWS = 32;

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void multiply(
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
        Gemm.check(m, n, k, a, b, c);
        int rowStep = transposeA ? 1 : k;
        int sumStep = transposeA ? m : 1;
        parallel.rows(m, ROWS, (from, to) -> {
            for (int i = from; i < to; i++) {
                if (!accumulate) {
                    Arrays.fill(c, i * n, (i + 1) * n, 0f);
                }
                if (transposeB) {
                    dots(i, n, k, a, i * rowStep, sumStep, b, c);
                } else {
                    rows(i, n, k, a, i * rowStep, sumStep, b, c);
                }
            }
        });
    }

    private static void rows(int i, int n, int k, float[] a, int atA, int stepA, float[] b, float[] c) {
        for (int p = 0; p < k; p++) {
            float v = a[atA + p * stepA];
            for (int j = 0; j < n; j++) {
                c[i * n + j] += v * b[p * n + j];
            }
        }
    }

    private static void dots(int i, int n, int k, float[] a, int atA, int stepA, float[] b, float[] c) {
        for (int j = 0; j < n; j++) {
            float sum = 0;
            for (int p = 0; p < k; p++) {
                sum += a[atA + p * stepA] * b[j * k + p];
            }
            c[i * n + j] += sum;
        }
    }
}
