package org.scenecontexts.api.tensor;

import java.util.List;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.TensorEngine;

/** Matrices of as many rows, side by side. */
final class ConcatColumns extends DifferentiableOp {

    private int[] widths;

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        widths = new int[inputs.size()];
        int total = 0;
        int rows = inputs.getFirst().rows();
        for (int i = 0; i < widths.length; i++) {
            if (inputs.get(i).rows() != rows) {
                throw new IllegalArgumentException("cannot put " + inputs.get(i) + " beside " + inputs.getFirst() + ": "
                        + inputs.get(i).rows() + " rows against " + rows);
            }
            widths[i] = inputs.get(i).columns();
            total += widths[i];
        }
        Tensor y = result(engine, engine.dense().takesPacked(), rows, total);
        copyIn(inputs, y.stored(), total);
        inputs.forEach(this::save);
        canRemake(values -> copyIn(inputs, values, y.columns()));
        return y;
    }

    private void copyIn(List<Tensor> inputs, Buffer out, int total) {
        int offset = 0;
        for (int i = 0; i < widths.length; i++) {
            Tensor part = inputs.get(i);
            int width = widths[i];
            int from = offset;
            DenseKernels dense = part.engine().dense();
            glance(
                    part,
                    dense.takesPacked(),
                    values -> dense.copyColumnsIn(part.rows(), width, values, total, from, out));
            offset += width;
        }
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        int offset = 0;
        for (int i = 0; i < widths.length; i++) {
            if (inputs.needed(i)) {
                Gradients.Place place = inputs.place(i, false);
                gradient.engine()
                        .dense()
                        .copyColumnsOut(
                                gradient.rows(),
                                widths[i],
                                gradient.buffer(),
                                gradient.columns(),
                                offset,
                                place.tensor().buffer());
                inputs.add(i, place);
            }
            offset += widths[i];
        }
    }
}
