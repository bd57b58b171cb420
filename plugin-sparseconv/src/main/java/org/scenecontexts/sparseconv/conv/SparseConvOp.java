package org.scenecontexts.sparseconv.conv;

import java.util.List;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.KernelMap;

/** A sparse convolution with its gradients; inputs features {@code [inRows, in]} and kernel {@code [volume, in, out]}. */
final class SparseConvOp extends DifferentiableOp {

    private final KernelMap map;
    private final boolean remade;
    private Tensor x;
    private Tensor kernel;

    /** @param remade whether to compute the output a second time rather than keep it */
    SparseConvOp(KernelMap map, boolean remade) {
        this.map = map;
        this.remade = remade;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        x = inputs.get(0);
        kernel = inputs.get(1);
        check();
        boolean packed = engine.kernel(SparseConvKernels.class).takesPacked();
        Tensor y = result(engine, packed, map.outRows(), kernel.shape()[2]);
        convolve(y.columns(), y.stored());
        save(x);
        save(kernel);
        if (remade) {
            canRemake(values -> convolve(y.columns(), values));
        }
        return y;
    }

    private void convolve(int out, Buffer y) {
        SparseConvKernels kernels = x.engine().kernel(SparseConvKernels.class);
        glance(x, kernels.takesPacked(), values -> kernels.forward(map, values, x.columns(), kernel.buffer(), out, y));
    }

    private void check() {
        int[] shape = kernel.shape();
        if (x.rows() != map.inRows() || x.columns() != shape[1] || map.lists() != shape[0]) {
            throw new IllegalArgumentException("a kernel of shape [" + shape[0] + ", " + shape[1] + ", " + shape[2]
                    + "] cannot be applied to " + x + " over a map from " + map);
        }
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        TensorEngine engine = gradient.engine();
        SparseConvKernels kernels = engine.kernel(SparseConvKernels.class);
        int in = x.columns();
        int out = gradient.columns();
        if (inputs.needed(1)) {
            Gradients.Place place = inputs.place(1, false);
            Buffer values = valuesOf(x, kernels.takesPacked());
            kernels.weightGradient(
                    map, values, in, gradient.buffer(), out, place.tensor().buffer());
            inputs.add(1, place);
        }
        if (inputs.needed(0)) {
            // The weight gradient has read x: where nobody else will, the gradient takes its place.
            doneReading(x);
            Tensor d = inPlaceOf(x);
            kernels.inputGradient(map, gradient.buffer(), out, kernel.buffer(), in, d.buffer());
            inputs.add(0, d);
        }
    }
}
