package org.scenecontexts.nd4j.family;

import static org.scenecontexts.nd4j.memory.Nd4jBuffer.own;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.kernel.BatchedProductKernels;
import org.scenecontexts.api.engine.kernel.LayoutKernels;
import org.scenecontexts.nd4j.dense.Nd4jOps;

/** Transposition and many products at once, which are ND4J's. */
final class Nd4jLayout implements LayoutKernels, BatchedProductKernels {

    @Override
    public void transpose(int outer, int rows, int columns, int inner, Buffer x, Buffer out) {
        if ((long) outer * rows * columns * inner == 0) {
            return;
        }
        Nd4jOps.assign(
                own(x).array(outer, rows, columns, inner).permute(0, 2, 1, 3),
                own(out).array(outer, columns, rows, inner),
                x,
                out);
    }

    @Override
    public void multiply(
            boolean transposeA,
            boolean transposeB,
            int batches,
            int m,
            int n,
            int k,
            Buffer a,
            Buffer b,
            Buffer c,
            boolean accumulate) {
        if ((long) batches * m * n == 0) {
            return;
        }
        if (k == 0) {
            if (!accumulate) {
                own(c).array((long) batches * m * n).assign(0f);
            }
            return;
        }
        for (int i = 0; i < batches; i++) {
            // One after the other: ND4J's product of three axes copies where a matrix is transposed.
            Buffer left = a.slice(i * m * k, m * k);
            Buffer right = b.slice(i * k * n, k * n);
            Nd4jOps.product(
                    transposeA,
                    transposeB,
                    transposeA ? own(left).array(k, m) : own(left).array(m, k),
                    transposeB ? own(right).array(n, k) : own(right).array(k, n),
                    own(c.slice(i * m * n, m * n)).array(m, n),
                    accumulate,
                    a,
                    b,
                    c);
        }
    }
}
