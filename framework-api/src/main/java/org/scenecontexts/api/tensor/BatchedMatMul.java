package org.scenecontexts.api.tensor;

import java.util.Arrays;
import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.kernel.BatchedProductKernels;

/** {@code y[i] = op(a[i]) . op(b[i])}. */
final class BatchedMatMul extends DifferentiableOp {

    private final boolean transposeA;
    private final boolean transposeB;
    private Tensor a;
    private Tensor b;
    private int m;
    private int n;
    private int k;

    BatchedMatMul(boolean transposeA, boolean transposeB) {
        this.transposeA = transposeA;
        this.transposeB = transposeB;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        a = inputs.get(0);
        b = inputs.get(1);
        int[] left = a.shape();
        int[] right = b.shape();
        if (left.length != 3 || right.length != 3 || left[0] != right[0]) {
            throw new IllegalArgumentException("cannot multiply " + a + " by " + b + " in batches: as many matrices, "
                    + "[B, M, K] and [B, K, N], are expected");
        }
        m = left[transposeA ? 2 : 1];
        k = left[transposeA ? 1 : 2];
        n = right[transposeB ? 1 : 2];
        if (right[transposeB ? 2 : 1] != k) {
            throw new IllegalArgumentException("cannot multiply matrices of " + Arrays.toString(left)
                    + (transposeA ? " transposed" : "") + " by those of " + Arrays.toString(right)
                    + (transposeB ? " transposed" : "") + ": sums of " + k + " and " + right[transposeB ? 2 : 1]
                    + " numbers");
        }
        Tensor y = engine.allocate(left[0], m, n);
        multiply(transposeA, transposeB, m, n, k, a, b, y, false);
        save(a);
        save(b);
        return y;
    }

    private static void multiply(
            boolean ta, boolean tb, int m, int n, int k, Tensor left, Tensor right, Tensor out, boolean accumulate) {
        out.engine()
                .kernel(BatchedProductKernels.class)
                .multiply(ta, tb, left.rows(), m, n, k, left.buffer(), right.buffer(), out.buffer(), accumulate);
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        if (inputs.needed(0)) {
            Gradients.Place place = inputs.place(0, true);
            if (transposeA) {
                multiply(transposeB, true, k, m, n, b, gradient, place.tensor(), place.accumulate());
            } else {
                multiply(false, !transposeB, m, k, n, gradient, b, place.tensor(), place.accumulate());
            }
            inputs.add(0, place);
        }
        if (inputs.needed(1)) {
            Gradients.Place place = inputs.place(1, true);
            if (transposeB) {
                multiply(true, transposeA, n, k, m, gradient, a, place.tensor(), place.accumulate());
            } else {
                multiply(!transposeA, false, k, n, m, a, gradient, place.tensor(), place.accumulate());
            }
            inputs.add(1, place);
        }
    }
}
