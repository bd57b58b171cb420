package org.scenecontexts.api.tensor;

import java.util.Arrays;
import java.util.List;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.kernel.LayoutKernels;

/** The operators that move rows or change the shape. */
final class ShapeOps {

    private ShapeOps() {}

    /** Another shape over the same buffer. */
    static final class Reshape extends DifferentiableOp {
        private final int[] asked;
        private int[] before;

        Reshape(int... asked) {
            this.asked = asked.clone();
        }

        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            Tensor x = inputs.getFirst();
            before = x.shape();
            return x.reshaped(resolved(x));
        }

        /** The shape asked for, with what is left in the place of -1. */
        private int[] resolved(Tensor x) {
            int[] shape = asked.clone();
            int open = -1;
            long known = 1;
            for (int d = 0; d < shape.length; d++) {
                if (shape[d] == -1 && open < 0) {
                    open = d;
                } else {
                    known *= shape[d];
                }
            }
            if (open >= 0 && known > 0 && x.size() % known == 0) {
                shape[open] = (int) (x.size() / known);
                known *= shape[open];
            }
            if (known != x.size() || Arrays.stream(shape).anyMatch(extent -> extent < 0)) {
                throw new IllegalArgumentException("cannot reshape " + x + " to " + Arrays.toString(asked) + ": "
                        + x.size() + " numbers do not fill that shape");
            }
            return shape;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            inputs.passAs(0, before);
        }
    }

    /** Two neighbouring dimensions changed. */
    static final class Transpose extends DifferentiableOp {
        private final int a;
        private final int b;

        Transpose(int a, int b) {
            this.a = a;
            this.b = b;
        }

        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            Tensor x = inputs.getFirst();
            int[] shape = x.shape();
            if (Math.min(a, b) < 0 || Math.max(a, b) >= shape.length || Math.abs(a - b) != 1) {
                throw new IllegalArgumentException("cannot transpose dimensions " + a + " and " + b + " of " + x
                        + ": two neighbours among 0 to " + (shape.length - 1) + " are expected");
            }
            int first = Math.min(a, b);
            shape[first] = x.shape()[first + 1];
            shape[first + 1] = x.shape()[first];
            Tensor y = engine.allocate(shape);
            transpose(x, y, first);
            return y;
        }

        private static void transpose(Tensor from, Tensor to, int first) {
            int[] shape = from.shape();
            from.engine()
                    .kernel(LayoutKernels.class)
                    .transpose(
                            Axis.product(shape, 0, first),
                            shape[first],
                            shape[first + 1],
                            Axis.product(shape, first + 2, shape.length),
                            from.buffer(),
                            to.buffer());
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            Gradients.Place place = inputs.place(0, false);
            transpose(gradient, place.tensor(), Math.min(a, b));
            inputs.add(0, place);
        }
    }

    /** Sums of rows by index. */
    static final class ScatterAdd extends DifferentiableOp {
        private final Indices index;
        private final int rows;

        ScatterAdd(Indices index, int rows) {
            this.index = index;
            this.rows = rows;
        }

        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            Tensor x = inputs.getFirst();
            if (index.length() != x.rows()) {
                throw new IllegalArgumentException(
                        "one index per row of " + x + " expected, found " + index.length() + " indices");
            }
            if (index.lowest() < 0 || index.range() > rows) {
                throw new IndexOutOfBoundsException("indices from " + index.lowest() + " to " + (index.range() - 1)
                        + " may be outside the " + rows + " rows to add to");
            }
            int[] shape = x.shape();
            shape[0] = rows;
            Tensor y = engine.zeros(shape);
            engine.dense().scatterAddRows(x.rows(), x.columns(), x.buffer(), index, rows, y.buffer());
            return y;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            Gradients.Place place = inputs.place(0, false);
            Buffer to = place.tensor().buffer();
            gradient.engine().dense().gatherRows(index.length(), gradient.columns(), gradient.buffer(), index, to);
            inputs.add(0, place);
        }
    }

    /** Some neighbouring rows. */
    static final class SliceRows extends DifferentiableOp {
        private final int from;
        private final int count;

        SliceRows(int from, int count) {
            this.from = from;
            this.count = count;
        }

        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            Tensor x = inputs.getFirst();
            if (from < 0 || count < 0 || from + count > x.rows()) {
                throw new IndexOutOfBoundsException(
                        "rows " + from + " to " + (from + count - 1) + " are not all in the " + x.rows() + " of " + x);
            }
            int[] shape = x.shape();
            shape[0] = count;
            Tensor y = engine.allocate(shape);
            engine.dense().copy(y.size(), part(x, from, count), y.buffer());
            return y;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            Gradients.Place place = inputs.place(0, false);
            Tensor d = place.tensor();
            int columns = d.columns();
            int after = d.rows() - from - count;
            TensorEngine engine = gradient.engine();
            engine.dense().fill(from * columns, 0, part(d, 0, from));
            engine.dense().copy(gradient.size(), gradient.buffer(), part(d, from, count));
            engine.dense().fill(after * columns, 0, part(d, from + count, after));
            inputs.add(0, place);
        }
    }

    /** Tensors of as many columns, one below the other. */
    static final class ConcatRows extends DifferentiableOp {
        private int[] counts;

        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            int[] shape = inputs.getFirst().shape();
            counts = new int[inputs.size()];
            int total = 0;
            for (int i = 0; i < counts.length; i++) {
                int[] other = inputs.get(i).shape();
                counts[i] = other[0];
                total = Math.addExact(total, counts[i]);
                other[0] = shape[0];
                if (!Arrays.equals(other, shape)) {
                    throw new IllegalArgumentException(
                            "cannot put " + inputs.get(i) + " below " + inputs.getFirst() + ": rows of another shape");
                }
            }
            shape[0] = total;
            Tensor y = engine.allocate(shape);
            int at = 0;
            for (int i = 0; i < counts.length; i++) {
                Tensor x = inputs.get(i);
                engine.dense().copy(x.size(), x.buffer(), part(y, at, counts[i]));
                at += counts[i];
            }
            return y;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            int at = 0;
            for (int i = 0; i < counts.length; i++) {
                if (inputs.needed(i)) {
                    Gradients.Place place = inputs.place(i, false);
                    Tensor d = place.tensor();
                    gradient.engine().dense().copy(d.size(), part(gradient, at, counts[i]), d.buffer());
                    inputs.add(i, place);
                }
                at += counts[i];
            }
        }
    }

    /** The memory of some rows of a tensor. */
    private static Buffer part(Tensor x, int from, int count) {
        return x.buffer().slice(from * x.columns(), count * x.columns());
    }
}
