package org.scenecontexts.api.tensor;

import java.util.List;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.kernel.GroupKernels;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.api.engine.kernel.SoftmaxKernels;

/** The operators over groups of rows. */
final class GroupOps {

    private GroupOps() {}

    private static GroupKernels kernels(TensorEngine engine) {
        return engine.kernel(GroupKernels.class);
    }

    /** Sum or mean of the rows of each group. */
    static final class Total extends DifferentiableOp {
        private final Axis axis;
        private final boolean mean;

        Total(Axis axis, boolean mean) {
            this.axis = axis;
            this.mean = mean;
        }

        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            Tensor y = engine.allocate(axis.reduced());
            Buffer x = inputs.getFirst().buffer();
            kernels(engine).sum(axis.groups(), axis.columns(), mean, x, y.buffer(), false);
            return y;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            Gradients.Place place = inputs.place(0, false);
            kernels(gradient.engine())
                    .spread(
                            axis.groups(),
                            axis.columns(),
                            mean,
                            gradient.buffer(),
                            place.tensor().buffer());
            inputs.add(0, place);
        }
    }

    /** The row of each group for all of its rows. */
    static final class Repeat extends DifferentiableOp {
        private final Groups groups;

        Repeat(Groups groups) {
            this.groups = groups;
        }

        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            Tensor x = inputs.getFirst();
            if (x.rows() != groups.count()) {
                throw new IllegalArgumentException("cannot repeat " + x + ": one row for each of " + groups.count()
                        + " groups is expected, found " + x.rows());
            }
            int[] shape = x.shape();
            shape[0] = groups.rows();
            Tensor y = engine.allocate(shape);
            kernels(engine).spread(groups, x.columns(), false, x.buffer(), y.buffer());
            return y;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            Gradients.Place place = inputs.place(0, true);
            Buffer to = place.tensor().buffer();
            kernels(gradient.engine())
                    .sum(groups, gradient.columns(), false, gradient.buffer(), to, place.accumulate());
            inputs.add(0, place);
        }
    }

    /** Sum or product of every row with the row of its group. */
    static final class Combine extends DifferentiableOp {
        private final Axis axis;
        private final boolean product;
        private Tensor x;
        private Tensor perGroup;

        Combine(Axis axis, boolean product) {
            this.axis = axis;
            this.product = product;
        }

        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            x = inputs.get(0);
            perGroup = inputs.get(1);
            Tensor y = engine.allocate(x.shape());
            combine(engine, x.buffer(), y.buffer());
            if (product && perGroup.requiresGrad()) {
                save(x);
            }
            if (product && x.requiresGrad()) {
                save(perGroup);
            }
            return y;
        }

        private void combine(TensorEngine engine, Buffer from, Buffer to) {
            if (product) {
                kernels(engine).multiply(axis.groups(), axis.columns(), from, perGroup.buffer(), to);
            } else {
                kernels(engine).add(axis.groups(), axis.columns(), from, perGroup.buffer(), to);
            }
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            TensorEngine engine = gradient.engine();
            if (inputs.needed(1)) {
                Gradients.Place place = inputs.place(1, true);
                Buffer to = place.tensor().buffer();
                Buffer from = gradient.buffer();
                if (product) {
                    kernels(engine)
                            .sumProducts(axis.groups(), axis.columns(), from, x.buffer(), to, place.accumulate());
                } else {
                    kernels(engine).sum(axis.groups(), axis.columns(), false, from, to, place.accumulate());
                }
                inputs.add(1, place);
            }
            if (inputs.needed(0)) {
                if (product) {
                    combine(engine, gradient.buffer(), gradient.buffer());
                }
                inputs.pass(0);
            }
        }
    }

    /** Largest entry of each column of each group. */
    static final class Max extends DifferentiableOp {
        private final Axis axis;
        private Indices winner;

        Max(Axis axis) {
            this.axis = axis;
        }

        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            Tensor y = engine.allocate(axis.reduced());
            int rows = axis.groups().rows();
            winner = engine.buffers().takeIndices(axis.groups().count() * axis.columns(), Math.max(rows, 1));
            Buffer x = inputs.getFirst().buffer();
            kernels(engine).max(axis.groups(), axis.columns(), x, y.buffer(), winner);
            if (!keeping()) {
                winner.release();
            }
            return y;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            Gradients.Place place = inputs.place(0, false);
            kernels(gradient.engine())
                    .maxGradient(
                            axis.groups(),
                            axis.columns(),
                            gradient.buffer(),
                            winner,
                            place.tensor().buffer());
            winner.release();
            inputs.add(0, place);
        }
    }

    /** Shares within each column of each group, or their logarithms. */
    static final class Softmax extends DifferentiableOp {
        private final Axis axis;
        private final boolean logarithm;
        private Tensor y;

        Softmax(Axis axis, boolean logarithm) {
            this.axis = axis;
            this.logarithm = logarithm;
        }

        private static SoftmaxKernels softmax(TensorEngine engine) {
            return engine.kernel(SoftmaxKernels.class);
        }

        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            Tensor x = inputs.getFirst();
            y = engine.allocate(x.shape());
            softmax(engine).softmax(axis.groups(), axis.columns(), logarithm, x.buffer(), y.buffer());
            save(y);
            return y;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            Buffer values = gradient.buffer();
            softmax(gradient.engine())
                    .softmaxGradient(axis.groups(), axis.columns(), logarithm, y.buffer(), values, values);
            inputs.pass(0);
        }
    }
}
