package org.scenecontexts.nd4j.dense;

import static org.scenecontexts.nd4j.dense.Nd4jOps.assign;
import static org.scenecontexts.nd4j.dense.Nd4jOps.run;
import static org.scenecontexts.nd4j.dense.Nd4jOps.vector;
import static org.scenecontexts.nd4j.memory.Nd4jBuffer.own;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.nd4j.memory.NativeFloats;

/** What treats every number alone, sums over everything, and the steps of optimizers. */
abstract class Nd4jElements implements DenseKernels {

    private final Parallel parallel;

    /** @param parallel threads for loops; ND4J has its own */
    Nd4jElements(Parallel parallel) {
        this.parallel = parallel;
    }

    @Override
    public void fill(int n, float value, Buffer out) {
        if (n > 0) {
            vector(out, n).assign(value);
        }
    }

    @Override
    public void broadcast(int n, Buffer value, Buffer out) {
        fill(n, own(value).reading().get(0), out);
    }

    @Override
    public void copy(int n, Buffer x, Buffer out) {
        if (n > 0) {
            assign(vector(x, n), vector(out, n), x, out);
        }
    }

    private static void pairwise(String name, int n, Buffer x, Buffer y, Buffer out) {
        if (n > 0) {
            run(
                    DynamicCustomOp.builder(name)
                            .addInputs(vector(x, n), vector(y, n))
                            .addOutputs(vector(out, n))
                            .build(),
                    x,
                    y,
                    out);
        }
    }

    @Override
    public void add(int n, Buffer x, Buffer y, Buffer out) {
        pairwise("add", n, x, y, out);
    }

    @Override
    public void subtract(int n, Buffer x, Buffer y, Buffer out) {
        pairwise("subtract", n, x, y, out);
    }

    @Override
    public void multiply(int n, Buffer x, Buffer y, Buffer out) {
        pairwise("multiply", n, x, y, out);
    }

    @Override
    public void scale(int n, float alpha, Buffer x, Buffer out) {
        if (n > 0) {
            run(new ScalarMultiplication(vector(x, n), null, vector(out, n), alpha), x, out);
        }
    }

    @Override
    public void scaleBy(int n, Buffer alpha, Buffer x, Buffer out) {
        float factor = own(alpha).reading().get(0);
        if (factor == 1 && own(x).startsWith(out)) {
            return;
        }
        scale(n, factor, x, out);
    }

    @Override
    public void axpy(int n, float alpha, Buffer x, Buffer y) {
        if (n > 0) {
            INDArray to = vector(y, n);
            run(new Axpy(vector(x, n), to, to, alpha), x, y);
        }
    }

    @Override
    public void relu(int n, Buffer x, Buffer out) {
        if (n > 0) {
            run(new RectifiedLinear(vector(x, n), vector(out, n), 0), x, out);
        }
    }

    @Override
    public void reluBackward(int n, Buffer y, Buffer gradOut, Buffer gradIn) {
        pairwise("relu_bp", n, y, gradOut, gradIn);
    }

    // ---- sums -------------------------------------------------------------------------------------------------

    @Override
    public void sum(int n, Buffer x, Buffer out) {
        NativeFloats values = own(x).reading();
        double[] sum = Stretches.sum(parallel, 0, n, 1, 1, (from, to, sums) -> {
            double part = 0;
            for (int i = from; i < to; i++) {
                part += values.get(i);
            }
            sums[0] += part;
        });
        own(out).writing().set(0, (float) sum[0]);
    }

    @Override
    public void norm(List<Buffer> parts, double limit, Buffer out) {
        double squares = 0;
        for (Buffer part : parts) {
            if (part.capacity() == 0) {
                continue;
            }
            NativeFloats values = own(part).reading();
            squares += Stretches.sum(parallel, 0, part.capacity(), 1, 1, (from, to, sums) -> {
                double sum = 0;
                for (int i = from; i < to; i++) {
                    double v = values.get(i);
                    sum += v * v;
                }
                sums[0] += sum;
            })[0];
        }
        double length = Math.sqrt(squares);
        NativeFloats told = own(out).writing();
        told.set(0, (float) length);
        told.set(1, (float) (length > limit ? limit / (length + 1e-6) : 1));
        told.set(2, Double.isFinite(length) ? 1 : 0);
    }

    @Override
    public void allFinite(int n, Buffer x, Buffer out) {
        NativeFloats values = own(x).reading();
        double[] bad = Stretches.sum(parallel, 0, n, 1, 1, (from, to, sums) -> {
            for (int i = from; i < to; i++) {
                sums[0] += Float.isFinite(values.get(i)) ? 0 : 1;
            }
        });
        own(out).writing().set(0, bad[0] == 0 ? 1 : 0);
    }

    // ---- optimizers -------------------------------------------------------------------------------------------

    private static boolean skips(Buffer flag) {
        return flag.capacity() > 0 && own(flag).reading().get(2) == 0;
    }

    @Override
    public void sgdStep(
            int n, Buffer parameter, Buffer gradient, Buffer momentum, Buffer step, Buffer flag, float weightDecay) {
        if (skips(flag)) {
            return;
        }
        NativeFloats numbers = own(step).reading();
        float rate = numbers.get(0);
        float keep = numbers.get(1);
        float take = numbers.get(2);
        float look = numbers.get(3);
        NativeFloats g = own(gradient).reading();
        NativeFloats p = own(parameter).writing();
        if (momentum.capacity() == 0) {
            each(n, i -> p.set(i, p.get(i) - rate * (g.get(i) + weightDecay * p.get(i))));
            return;
        }
        NativeFloats m = own(momentum).writing();
        each(n, i -> {
            float d = g.get(i) + weightDecay * p.get(i);
            float v = keep == 0 ? take * d : keep * m.get(i) + take * d;
            m.set(i, v);
            p.set(i, p.get(i) - rate * (look == 0 ? v : d + look * v));
        });
    }

    @Override
    public void adamStep(
            int n,
            Buffer parameter,
            Buffer gradient,
            Buffer first,
            Buffer second,
            Buffer step,
            Buffer flag,
            float epsilon,
            float coupledDecay) {
        if (skips(flag)) {
            return;
        }
        NativeFloats numbers = own(step).reading();
        float rate = numbers.get(0);
        float beta1 = numbers.get(1);
        float beta2 = numbers.get(2);
        float rest1 = numbers.get(3);
        float rest2 = numbers.get(4);
        float overRoot = numbers.get(5);
        float decay = numbers.get(6);
        NativeFloats g = own(gradient).reading();
        NativeFloats p = own(parameter).writing();
        NativeFloats m = own(first).writing();
        NativeFloats v = own(second).writing();
        each(n, i -> {
            float d = g.get(i) + coupledDecay * p.get(i);
            m.set(i, beta1 * m.get(i) + rest1 * d);
            v.set(i, beta2 * v.get(i) + rest2 * d * d);
            float root = (float) Math.sqrt(v.get(i)) * overRoot + epsilon;
            p.set(i, p.get(i) * decay - rate * m.get(i) / root);
        });
    }

    /** What is done to one number. */
    interface One {
        void at(int i);
    }

    /** Does something to every number, on all threads. */
    final void each(int n, One one) {
        parallel.rows(n, Stretches.NUMBERS, (from, to) -> {
            for (int i = from; i < to; i++) {
                one.at(i);
            }
        });
    }

    @Override
    public String description() {
        return "ND4J on " + Nd4j.getBackend().getClass().getSimpleName();
    }
}
