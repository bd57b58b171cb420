package org.scenecontexts.api.tensor;

import java.util.Arrays;
import java.util.List;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;

/** The operators that treat every value alone. */
final class Elementwise {

    private Elementwise() {}

    static void sameShape(String what, Tensor a, Tensor b) {
        if (!Arrays.equals(a.shape(), b.shape())) {
            throw new IllegalArgumentException("cannot " + what + " " + a + " and " + b + ": shapes differ");
        }
    }

    private static Tensor copyOf(Tensor x) {
        Tensor copy = x.engine().allocate(x.shape());
        x.engine().dense().copy(x.size(), x.buffer(), copy.buffer());
        return copy;
    }

    static final class Add extends DifferentiableOp {
        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            sameShape("add", inputs.get(0), inputs.get(1));
            Tensor y = engine.allocate(inputs.get(0).shape());
            engine.dense().add(y.size(), inputs.get(0).buffer(), inputs.get(1).buffer(), y.buffer());
            return y;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            if (inputs.needed(0) && inputs.needed(1)) {
                inputs.add(1, copyOf(gradient));
                inputs.pass(0);
            } else {
                inputs.pass(inputs.needed(0) ? 0 : 1);
            }
        }
    }

    static final class Subtract extends DifferentiableOp {
        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            sameShape("subtract", inputs.get(0), inputs.get(1));
            Tensor y = engine.allocate(inputs.get(0).shape());
            engine.dense()
                    .subtract(y.size(), inputs.get(0).buffer(), inputs.get(1).buffer(), y.buffer());
            return y;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            if (inputs.needed(1)) {
                Tensor negative = gradient.engine().allocate(gradient.shape());
                gradient.engine().dense().scale(gradient.size(), -1f, gradient.buffer(), negative.buffer());
                inputs.add(1, negative);
            }
            inputs.pass(0);
        }
    }

    static final class Multiply extends DifferentiableOp {
        private Tensor a;
        private Tensor b;

        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            a = inputs.get(0);
            b = inputs.get(1);
            sameShape("multiply", a, b);
            Tensor y = engine.allocate(a.shape());
            engine.dense().multiply(y.size(), a.buffer(), b.buffer(), y.buffer());
            save(a);
            save(b);
            return y;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            for (int i = 0; i < 2; i++) {
                if (inputs.needed(i)) {
                    Tensor other = i == 0 ? b : a;
                    Tensor d = gradient.engine().allocate(gradient.shape());
                    gradient.engine().dense().multiply(d.size(), gradient.buffer(), other.buffer(), d.buffer());
                    inputs.add(i, d);
                }
            }
        }
    }

    static final class AddRow extends DifferentiableOp {
        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            Tensor x = inputs.get(0);
            Tensor row = inputs.get(1);
            if (x.columns() != row.size()) {
                throw new IllegalArgumentException("cannot add row " + row + " to " + x + ": " + row.size()
                        + " values meet " + x.columns() + " columns");
            }
            Tensor y = engine.allocate(x.shape());
            engine.dense().addRow(x.rows(), x.columns(), x.buffer(), row.buffer(), y.buffer());
            return y;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            if (inputs.needed(1)) {
                Gradients.Place place = inputs.place(1, true);
                Buffer row = place.tensor().buffer();
                gradient.engine()
                        .dense()
                        .sumRows(gradient.rows(), gradient.columns(), gradient.buffer(), row, place.accumulate());
                inputs.add(1, place);
            }
            inputs.pass(0);
        }
    }

    static final class Scale extends DifferentiableOp {
        private final float factor;

        Scale(float factor) {
            this.factor = factor;
        }

        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            Tensor y = engine.allocate(inputs.getFirst().shape());
            engine.dense().scale(y.size(), factor, inputs.getFirst().buffer(), y.buffer());
            return y;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            gradient.engine().dense().scale(gradient.size(), factor, gradient.buffer(), gradient.buffer());
            inputs.pass(0);
        }
    }

    static final class Relu extends DifferentiableOp {
        private Tensor y;

        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            y = engine.allocate(inputs.getFirst().shape());
            engine.dense().relu(y.size(), inputs.getFirst().buffer(), y.buffer());
            save(y);
            return y;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            gradient.engine().dense().reluBackward(gradient.size(), y.buffer(), gradient.buffer(), gradient.buffer());
            inputs.pass(0);
        }
    }
}
