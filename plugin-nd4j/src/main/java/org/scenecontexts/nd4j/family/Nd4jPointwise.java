package org.scenecontexts.nd4j.family;

import static org.scenecontexts.nd4j.dense.Nd4jOps.run;
import static org.scenecontexts.nd4j.dense.Nd4jOps.vector;
import static org.scenecontexts.nd4j.memory.Nd4jBuffer.own;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarAdd;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.same.Reciprocal;
import org.nd4j.linalg.api.ops.impl.transforms.same.Square;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.kernel.Pointwise;
import org.scenecontexts.api.engine.kernel.PointwiseKernels;
import org.scenecontexts.nd4j.dense.Stretches;
import org.scenecontexts.nd4j.memory.NativeFloats;

/**
 * Functions of one number: ND4J's where they are exact enough, else in double precision on its memory (its tanh loses
 * digits near zero, its GELU is another approximation, its softplus overflows, its swish of minus infinity is not a number).
 */
final class Nd4jPointwise implements PointwiseKernels {

    private static final double CUBE = 0.044715;
    private static final double TWICE_ROOT = 2 * Math.sqrt(2 / Math.PI);

    private final Parallel parallel;

    Nd4jPointwise(Parallel parallel) {
        this.parallel = parallel;
    }

    @Override
    public void apply(Pointwise function, int n, float parameter, Buffer x, Buffer out) {
        if (n == 0) {
            return;
        }
        switch (function) {
            case EXP -> run(new Exp(vector(x, n), vector(out, n)), x, out);
            case LOG -> run(new Log(vector(x, n), vector(out, n)), x, out);
            case SQRT -> run(new Sqrt(vector(x, n), vector(out, n)), x, out);
            case SQUARE -> run(new Square(vector(x, n), vector(out, n)), x, out);
            case RECIPROCAL -> run(new Reciprocal(vector(x, n), vector(out, n)), x, out);
            case ABS -> run(new Abs(vector(x, n), vector(out, n)), x, out);
            case SIGMOID -> run(new Sigmoid(vector(x, n), vector(out, n)), x, out);
            case LEAKY_RELU -> run(leaky(vector(x, n), vector(out, n), parameter), x, out);
            case TANH, GELU, GELU_TANH, SILU, SOFTPLUS -> {
                NativeFloats from = own(x).reading();
                NativeFloats to = own(out).writing();
                each(n, i -> to.set(i, (float) value(function, from.get(i))));
            }
        }
    }

    private static Op leaky(INDArray x, INDArray out, float slope) {
        return new LeakyReLU(x, out, slope);
    }

    private static double value(Pointwise function, double x) {
        return switch (function) {
            case TANH -> Math.tanh(x);
            case GELU -> x == Double.NEGATIVE_INFINITY ? 0 : x * NormalDistribution.below(x);
            case GELU_TANH -> x == Double.NEGATIVE_INFINITY ? 0 : x * sigmoid(argument(x));
            case SILU -> x == Double.NEGATIVE_INFINITY ? 0 : x * sigmoid(x);
            case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
            default -> throw new IllegalStateException(function + " is an operation of ND4J");
        };
    }

    private static double argument(double x) {
        return TWICE_ROOT * (x + CUBE * x * x * x);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Override
    public void gradient(Pointwise function, int n, float parameter, Buffer known, Buffer gradOut, Buffer gradIn) {
        NativeFloats values = own(known).reading();
        NativeFloats g = own(gradOut).reading();
        NativeFloats to = own(gradIn).writing();
        each(n, i -> to.set(i, (float) (g.get(i) * slope(function, parameter, values.get(i)))));
    }

    /** @param v the function's value where its gradient is computed from that */
    private static double slope(Pointwise function, float parameter, double v) {
        return switch (function) {
            case EXP -> v;
            case LOG -> 1 / v;
            case SQRT -> 0.5 / v;
            case SQUARE -> 2 * v;
            case RECIPROCAL -> -v * v;
            case ABS -> Math.signum(v);
            case SIGMOID -> v * (1 - v);
            case TANH -> 1 - v * v;
            case GELU -> NormalDistribution.below(v) + finite(v, NormalDistribution.density(v));
            case GELU_TANH -> {
                double s = sigmoid(argument(v));
                yield s + finite(v * TWICE_ROOT * (1 + 3 * CUBE * v * v), s * (1 - s));
            }
            case SILU -> sigmoid(v) + finite(v, sigmoid(v) * (1 - sigmoid(v)));
            case LEAKY_RELU -> v > 0 ? 1 : parameter;
            case SOFTPLUS -> sigmoid(v);
        };
    }

    /** A product that is 0 where the second factor is, however large the first. */
    private static double finite(double x, double factor) {
        return factor == 0 ? 0 : x * factor;
    }

    @Override
    public void shift(int n, float amount, Buffer x, Buffer out) {
        if (n > 0) {
            run(new ScalarAdd(vector(x, n), null, vector(out, n), amount), x, out);
        }
    }

    @Override
    public void divide(int n, Buffer x, Buffer y, Buffer out) {
        NativeFloats a = own(x).reading();
        NativeFloats b = own(y).reading();
        NativeFloats to = own(out).writing();
        each(n, i -> to.set(i, a.get(i) / b.get(i)));
    }

    @Override
    public void divisorGradient(int n, Buffer gradOut, Buffer quotient, Buffer y, Buffer gradY) {
        NativeFloats g = own(gradOut).reading();
        NativeFloats q = own(quotient).reading();
        NativeFloats b = own(y).reading();
        NativeFloats to = own(gradY).writing();
        each(n, i -> to.set(i, -(g.get(i) * q.get(i)) / b.get(i)));
    }

    /** What is done to one number. */
    private interface One {
        void at(int i);
    }

    private void each(int n, One one) {
        parallel.rows(n, Stretches.NUMBERS, (from, to) -> {
            for (int i = from; i < to; i++) {
                one.at(i);
            }
        });
    }
}
