package org.scenecontexts.api.tensor;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;

/** {@code y = a . b}, or {@code y = a . b^T}. */
final class MatMul extends DifferentiableOp {

    private final boolean transposed;
    private final boolean remade;
    private Tensor a;
    private Tensor b;

    /** @param remade whether to compute the product a second time rather than keep it */
    MatMul(boolean transposed, boolean remade) {
        this.transposed = transposed;
        this.remade = remade;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        a = inputs.get(0);
        b = inputs.get(1);
        int inner = transposed ? b.columns() : b.rows();
        if (a.columns() != inner) {
            throw new IllegalArgumentException("cannot multiply " + a + " by " + b + (transposed ? " transposed" : "")
                    + ": " + a.columns() + " columns meet " + inner + " rows");
        }
        int n = transposed ? b.rows() : b.columns();
        Tensor y = engine.allocate(a.rows(), n);
        multiply(n, inner, y.data());
        save(a);
        save(b);
        if (remade) {
            canRemake(values -> multiply(n, inner, values));
        }
        return y;
    }

    private void multiply(int n, int inner, float[] out) {
        glance(a, left -> a.engine().dense().gemm(false, transposed, a.rows(), n, inner, left, b.data(), out, false));
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        TensorEngine engine = gradient.engine();
        int m = gradient.rows();
        int n = gradient.columns();
        int k = a.columns();
        if (inputs.needed(1)) {
            Tensor db = engine.allocate(b.shape());
            if (transposed) {
                engine.dense().gemm(true, false, n, k, m, gradient.data(), a.data(), db.data(), false);
            } else {
                engine.dense().gemm(true, false, k, n, m, a.data(), gradient.data(), db.data(), false);
            }
            inputs.add(1, db);
        }
        if (inputs.needed(0)) {
            // The last to read a has done so: its gradient may take its place.
            doneReading(a);
            Tensor da = inPlaceOf(a);
            engine.dense().gemm(false, !transposed, m, k, n, gradient.data(), b.data(), da.data(), false);
            inputs.add(0, da);
        }
    }
}
