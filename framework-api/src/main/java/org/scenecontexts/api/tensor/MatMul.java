package org.scenecontexts.api.tensor;

import java.util.List;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DenseKernels;
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
        multiply(n, inner, y.buffer());
        save(a);
        save(b);
        if (remade) {
            canRemake(values -> multiply(n, inner, values));
        }
        return y;
    }

    private void multiply(int n, int inner, Buffer out) {
        DenseKernels dense = a.engine().dense();
        glance(
                a,
                dense.multipliesPacked(),
                left -> dense.gemm(false, transposed, a.rows(), n, inner, left, b.buffer(), out, false));
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        TensorEngine engine = gradient.engine();
        int m = gradient.rows();
        int n = gradient.columns();
        int k = a.columns();
        if (inputs.needed(1)) {
            Gradients.Place place = inputs.place(1, true);
            Buffer db = place.tensor().buffer();
            Buffer values = valuesOf(a, engine.dense().multipliesPacked());
            if (transposed) {
                engine.dense().gemm(true, false, n, k, m, gradient.buffer(), values, db, place.accumulate());
            } else {
                engine.dense().gemm(true, false, k, n, m, values, gradient.buffer(), db, place.accumulate());
            }
            inputs.add(1, place);
        }
        if (inputs.needed(0)) {
            // The last to read a has done so: its gradient may take its place.
            doneReading(a);
            Tensor da = inPlaceOf(a);
            engine.dense().gemm(false, !transposed, m, k, n, gradient.buffer(), b.buffer(), da.buffer(), false);
            inputs.add(0, da);
        }
    }
}
