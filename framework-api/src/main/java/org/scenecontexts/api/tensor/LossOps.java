package org.scenecontexts.api.tensor;

import java.util.List;
import java.util.Locale;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.kernel.LossKernels;

/** The operators behind {@link Losses}. */
final class LossOps {

    private LossOps() {}

    private static LossKernels kernels(TensorEngine engine) {
        return engine.kernel(LossKernels.class);
    }

    /** One label per row, of classes that there are scores of. */
    private static void requireLabels(Tensor scores, Indices labels) {
        if (labels.length() != scores.rows()) {
            throw new IllegalArgumentException(
                    "one label per row of " + scores + " expected, found " + labels.length() + " labels");
        }
        if (labels.range() > scores.columns()) {
            throw new IllegalArgumentException("labels up to " + (labels.range() - 1) + " are outside the "
                    + scores.columns() + " classes of the network");
        }
    }

    /** A loss of every number and its target. */
    static final class OfPairs extends DifferentiableOp {
        private final LossKernels.Pair loss;
        private final float parameter;
        private final float alpha;
        private Tensor x;
        private Tensor target;

        OfPairs(LossKernels.Pair loss, float parameter, float alpha) {
            this.loss = loss;
            this.parameter = parameter;
            this.alpha = alpha;
        }

        @Override
        public String name() {
            return loss.name().toLowerCase(Locale.ROOT);
        }

        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            x = inputs.get(0);
            target = inputs.get(1);
            Elementwise.sameShape("compare", x, target);
            if (target.requiresGrad() && engine.recording()) {
                throw new IllegalArgumentException(
                        "the target of the loss '" + name() + "' requires a gradient, which targets do not get");
            }
            Tensor y = engine.allocate(x.shape());
            kernels(engine).pair(loss, x.size(), parameter, alpha, x.buffer(), target.buffer(), y.buffer());
            save(x);
            save(target);
            return y;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            Buffer values = gradient.buffer();
            kernels(gradient.engine())
                    .pairGradient(loss, gradient.size(), parameter, alpha, x.buffer(), target.buffer(), values, values);
            inputs.pass(0);
        }
    }

    /** Focal cross-entropy. */
    static final class Focal extends DifferentiableOp {
        private final Indices labels;
        private final double gamma;
        private final Buffer weights;
        private Tensor gradient;
        private Tensor divisor;

        Focal(Indices labels, double gamma, Buffer weights) {
            this.labels = labels;
            this.gamma = gamma;
            this.weights = weights;
        }

        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            Tensor scores = inputs.getFirst();
            requireLabels(scores, labels);
            gradient = engine.allocate(scores.shape());
            divisor = engine.allocate(2);
            Tensor loss = engine.allocate(1);
            kernels(engine)
                    .focal(
                            scores.rows(),
                            scores.columns(),
                            gamma,
                            scores.buffer(),
                            labels,
                            weights,
                            gradient.buffer(),
                            loss.buffer(),
                            divisor.buffer());
            if (!keeping()) {
                gradient.release();
                divisor.release();
            }
            return loss;
        }

        @Override
        protected void backward(Tensor outputGradient, Gradients inputs) {
            outputGradient
                    .engine()
                    .dense()
                    .crossEntropyBackward(
                            gradient.size(), outputGradient.buffer(), divisor.buffer(), gradient.buffer());
            divisor.release();
            inputs.add(0, gradient);
        }
    }

    /** Lovasz extension of the Jaccard loss, of class shares. */
    static final class Lovasz extends DifferentiableOp {
        private final Indices labels;
        private Tensor gradient;

        Lovasz(Indices labels) {
            this.labels = labels;
        }

        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            Tensor shares = inputs.getFirst();
            requireLabels(shares, labels);
            gradient = engine.allocate(shares.shape());
            Tensor loss = engine.allocate(1);
            kernels(engine)
                    .lovasz(shares.rows(), shares.columns(), shares.buffer(), labels, gradient.buffer(), loss.buffer());
            if (!keeping()) {
                gradient.release();
            }
            return loss;
        }

        @Override
        protected void backward(Tensor outputGradient, Gradients inputs) {
            Buffer values = gradient.buffer();
            outputGradient.engine().dense().scaleBy(gradient.size(), outputGradient.buffer(), values, values);
            inputs.add(0, gradient);
        }
    }
}
