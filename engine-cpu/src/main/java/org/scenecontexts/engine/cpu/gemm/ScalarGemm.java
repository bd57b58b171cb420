package org.scenecontexts.engine.cpu.gemm;

import java.util.Arrays;
import org.scenecontexts.api.engine.Buffer;
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
            Buffer left,
            Buffer right,
            Buffer result,
            boolean accumulate) {
        Gemm.check(m, n, k, left, right, result);
        float[] a = left.array();
        float[] b = right.array();
        float[] c = result.array();
        int atA = left.arrayOffset();
        int atB = right.arrayOffset();
        int atC = result.arrayOffset();
        int rowStep = transposeA ? 1 : k;
        int sumStep = transposeA ? m : 1;
        parallel.rows(m, ROWS, (from, to) -> {
            for (int i = from; i < to; i++) {
                if (!accumulate) {
                    Arrays.fill(c, atC + i * n, atC + (i + 1) * n, 0f);
                }
                if (transposeB) {
                    dots(n, k, a, atA + i * rowStep, sumStep, b, atB, c, atC + i * n);
                } else {
                    rows(n, k, a, atA + i * rowStep, sumStep, b, atB, c, atC + i * n);
                }
            }
        });
    }

    private static void rows(int n, int k, float[] a, int atA, int stepA, float[] b, int atB, float[] c, int atC) {
        for (int p = 0; p < k; p++) {
            float v = a[atA + p * stepA];
            for (int j = 0; j < n; j++) {
                c[atC + j] += v * b[atB + p * n + j];
            }
        }
    }

    private static void dots(int n, int k, float[] a, int atA, int stepA, float[] b, int atB, float[] c, int atC) {
        for (int j = 0; j < n; j++) {
            float sum = 0;
            for (int p = 0; p < k; p++) {
                sum += a[atA + p * stepA] * b[atB + j * k + p];
            }
            c[atC + j] += sum;
        }
    }
}
