package org.scenecontexts.api.grid;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.Tensor;

/** A convolution over cells; inputs features {@code [inRows, in]} and kernel {@code [offsets, in, out]}. */
final class GridConvolutionOp extends DifferentiableOp {

    private final GridKernels kernels;
    private final GridMap map;
    private Tensor x;
    private Tensor kernel;

    GridConvolutionOp(GridKernels kernels, GridMap map) {
        this.kernels = kernels;
        this.map = map;
    }

    @Override
    public String name() {
        return "grid convolution";
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        x = inputs.get(0);
        kernel = inputs.get(1);
        int[] shape = kernel.shape();
        if (x.rows() != map.inRows() || x.columns() != shape[1] || map.offsets() != shape[0]) {
            throw new IllegalArgumentException("a kernel of shape [" + shape[0] + ", " + shape[1] + ", " + shape[2]
                    + "] cannot be applied to " + x + " over a map of " + map.inRows() + " to " + map.outRows()
                    + " rows with " + map.offsets() + " offsets");
        }
        Tensor y = engine.allocate(map.outRows(), shape[2]);
        kernels.forward(map, x.buffer(), x.columns(), kernel.buffer(), y.columns(), y.buffer());
        save(x);
        save(kernel);
        return y;
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        int in = x.columns();
        int out = gradient.columns();
        if (inputs.needed(1)) {
            Gradients.Place place = inputs.place(1, false);
            kernels.weightGradient(
                    map, x.buffer(), in, gradient.buffer(), out, place.tensor().buffer());
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
