package org.scenecontexts.api.tensor;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;

/** The operators that treat every value alone. */
final class Elementwise {

    private Elementwise() {}

    private static void sameSize(String what, Tensor a, Tensor b) {
        if (a.size() != b.size()) {
            throw new IllegalArgumentException("cannot " + what + " " + a + " and " + b + ": shapes differ");
        }
    }

    private static Tensor copyOf(Tensor x) {
        Tensor copy = x.engine().allocate(x.shape());
        System.arraycopy(x.data(), 0, copy.data(), 0, x.size());
        return copy;
    }

    static final class Add extends DifferentiableOp {
        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            sameSize("add", inputs.get(0), inputs.get(1));
            Tensor y = engine.allocate(inputs.get(0).shape());
            engine.dense().add(y.size(), inputs.get(0).data(), inputs.get(1).data(), y.data());
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
            sameSize("subtract", inputs.get(0), inputs.get(1));
            Tensor y = engine.allocate(inputs.get(0).shape());
            engine.dense()
                    .subtract(y.size(), inputs.get(0).data(), inputs.get(1).data(), y.data());
            return y;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            if (inputs.needed(1)) {
                Tensor negative = gradient.engine().allocate(gradient.shape());
                gradient.engine().dense().scale(gradient.size(), -1f, gradient.data(), negative.data());
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
            sameSize("multiply", a, b);
            Tensor y = engine.allocate(a.shape());
            engine.dense().multiply(y.size(), a.data(), b.data(), y.data());
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
                    gradient.engine().dense().multiply(d.size(), gradient.data(), other.data(), d.data());
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
            engine.dense().addRow(x.rows(), x.columns(), x.data(), row.data(), y.data());
            return y;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            if (inputs.needed(1)) {
                Tensor row = gradient.engine().allocate(gradient.columns());
                gradient.engine()
                        .dense()
                        .sumRows(gradient.rows(), gradient.columns(), gradient.data(), row.data(), false);
                inputs.add(1, row);
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
            engine.dense().scale(y.size(), factor, inputs.getFirst().data(), y.data());
            return y;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            gradient.engine().dense().scale(gradient.size(), factor, gradient.data(), gradient.data());
            inputs.pass(0);
        }
    }

    static final class Relu extends DifferentiableOp {
        private Tensor y;

        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            y = engine.allocate(inputs.getFirst().shape());
            engine.dense().relu(y.size(), inputs.getFirst().data(), y.data());
            save(y);
            return y;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            gradient.engine().dense().reluBackward(gradient.size(), y.data(), gradient.data(), gradient.data());
            inputs.pass(0);
        }
    }
}
