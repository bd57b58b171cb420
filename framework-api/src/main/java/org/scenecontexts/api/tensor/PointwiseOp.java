package org.scenecontexts.api.tensor;

import java.util.List;
import java.util.Locale;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.kernel.Pointwise;
import org.scenecontexts.api.engine.kernel.PointwiseKernels;

/** A function of every number. */
final class PointwiseOp extends DifferentiableOp {

    private final Pointwise function;
    private final float parameter;
    private Tensor known;

    PointwiseOp(Pointwise function, float parameter) {
        this.function = function;
        this.parameter = parameter;
    }

    @Override
    public String name() {
        return function.name().toLowerCase(Locale.ROOT);
    }

    private static PointwiseKernels kernels(TensorEngine engine) {
        return engine.kernel(PointwiseKernels.class);
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        Tensor x = inputs.getFirst();
        Tensor y = engine.allocate(x.shape());
        kernels(engine).apply(function, x.size(), parameter, x.buffer(), y.buffer());
        known = function.gradientFromOutput() ? y : x;
        save(known);
        if (known == x) {
            canRemake(out -> glance(x, values -> kernels(engine).apply(function, x.size(), parameter, values, out)));
        }
        return y;
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        Buffer values = gradient.buffer();
        kernels(gradient.engine()).gradient(function, gradient.size(), parameter, known.buffer(), values, values);
        inputs.pass(0);
    }

    /** Sum with a number. */
    static final class Shift extends DifferentiableOp {
        private final float amount;

        Shift(float amount) {
            this.amount = amount;
        }

        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            Tensor y = engine.allocate(inputs.getFirst().shape());
            kernels(engine).shift(y.size(), amount, inputs.getFirst().buffer(), y.buffer());
            return y;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            inputs.pass(0);
        }
    }

    /** Quotient of two tensors of one shape. */
    static final class Divide extends DifferentiableOp {
        private Tensor divisor;
        private Tensor quotient;

        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            Tensor x = inputs.get(0);
            divisor = inputs.get(1);
            Elementwise.sameShape("divide", x, divisor);
            quotient = engine.allocate(x.shape());
            kernels(engine).divide(x.size(), x.buffer(), divisor.buffer(), quotient.buffer());
            save(divisor);
            if (divisor.requiresGrad()) {
                save(quotient);
            }
            return quotient;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            PointwiseKernels kernels = kernels(gradient.engine());
            Buffer values = gradient.buffer();
            if (inputs.needed(1)) {
                Tensor d = gradient.engine().allocate(gradient.shape());
                kernels.divisorGradient(d.size(), values, quotient.buffer(), divisor.buffer(), d.buffer());
                inputs.add(1, d);
            }
            if (inputs.needed(0)) {
                kernels.divide(gradient.size(), values, divisor.buffer(), values);
                inputs.pass(0);
            }
        }
    }
}
