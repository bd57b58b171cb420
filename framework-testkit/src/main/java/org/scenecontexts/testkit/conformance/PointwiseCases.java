package org.scenecontexts.testkit.conformance;

import static org.scenecontexts.testkit.conformance.Definitions.map;
import static org.scenecontexts.testkit.conformance.Definitions.sigmoid;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.scenecontexts.api.tensor.Losses;
import org.scenecontexts.api.tensor.Tensor;

/** The operators that treat every number alone, at one size. */
final class PointwiseCases {

    private final Form form;
    private final List<OperatorCase> cases = new ArrayList<>();

    private PointwiseCases(Form form) {
        this.form = form;
    }

    static List<OperatorCase> of(Form form) {
        PointwiseCases all = new PointwiseCases(form);
        all.functions();
        all.arithmetic();
        all.losses();
        return all.cases;
    }

    private void one(String operator, Input.Numbers numbers, UnaryOperator<Tensor> applied, DoubleUnaryOperator f) {
        cases.add(OperatorCase.of(
                operator,
                List.of(Input.of(numbers, form.matrix())),
                t -> applied.apply(t.getFirst()),
                x -> map(x[0], f)));
    }

    private void functions() {
        Input.Numbers any = Input.Numbers.NORMAL;
        Input.Numbers kinked = Input.Numbers.OFF_ZERO;
        Input.Numbers positive = Input.Numbers.POSITIVE;
        one("exp()", any, Tensor::exp, Math::exp);
        one("log()", positive, Tensor::log, Math::log);
        one("sqrt()", positive, Tensor::sqrt, Math::sqrt);
        one("square()", any, Tensor::square, x -> x * x);
        one("reciprocal()", kinked, Tensor::reciprocal, x -> 1 / x);
        one("abs()", kinked, Tensor::abs, Math::abs);
        one("relu()", kinked, Tensor::relu, x -> Math.max(x, 0));
        one("leakyRelu(double)", kinked, t -> t.leakyRelu(0.1), x -> x > 0 ? x : 0.1f * x);
        one("sigmoid()", any, Tensor::sigmoid, Definitions::sigmoid);
        one("tanh()", any, Tensor::tanh, Math::tanh);
        one("gelu()", any, Tensor::gelu, x -> x * Definitions.normal(x));
        one(
                "geluTanh()",
                any,
                Tensor::geluTanh,
                x -> x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))));
        one("silu()", any, Tensor::silu, x -> x * sigmoid(x));
        one("softplus()", any, Tensor::softplus, x -> Math.log1p(Math.exp(x)));
        one("scale(double)", any, t -> t.scale(-2.5), x -> -2.5 * x);
        one("shift(double)", any, t -> t.shift(0.75), x -> x + 0.75);
    }

    private void two(
            String operator,
            Input first,
            Input second,
            java.util.function.BinaryOperator<Tensor> applied,
            DoubleBinaryOperator f) {
        int repeats = Math.max(1, first.size() / Math.max(1, second.size()));
        boolean column = second.shape().length == 2 && second.shape()[1] == 1 && form.columns() > 1;
        cases.add(OperatorCase.of(operator, List.of(first, second), t -> applied.apply(t.get(0), t.get(1)), x -> {
            double[] out = new double[x[0].length];
            for (int i = 0; i < out.length; i++) {
                int other = column ? i / form.columns() : repeats > 1 ? i % x[1].length : i;
                out[i] = f.applyAsDouble(x[0][i], x[1][other]);
            }
            return out;
        }));
    }

    private void arithmetic() {
        Input x = Input.normal(form.matrix());
        for (int[] shape : List.of(form.matrix(), new int[] {form.columns()}, new int[] {form.rows(), 1})) {
            Input y = Input.normal(shape);
            two("add(Tensor)", x, y, Tensor::add, Double::sum);
            two("subtract(Tensor)", x, y, Tensor::subtract, (a, b) -> a - b);
            two("multiply(Tensor)", x, y, Tensor::multiply, (a, b) -> a * b);
            two("divide(Tensor)", x, Input.of(Input.Numbers.OFF_ZERO, shape), Tensor::divide, (a, b) -> a / b);
        }
        two("multiply(Tensor)", x, x.constant(), Tensor::multiply, (a, b) -> a * b);
        two(
                "divide(Tensor)",
                x,
                Input.of(Input.Numbers.OFF_ZERO, form.matrix()).constant(),
                Tensor::divide,
                (a, b) -> a / b);
    }

    private void losses() {
        Input x = Input.normal(form.matrix());
        Input share = Input.of(Input.Numbers.SHARES, form.matrix()).constant();
        // Distances are multiples of 0.2, off the border of 0.5 where the slope has a kink.
        Input steps = Input.of(Input.Numbers.STEPS, form.matrix());
        two(
                "smoothL1(Tensor, Tensor, double)",
                steps,
                steps.constant(),
                (a, b) -> Losses.smoothL1(a, b, 0.5),
                (a, b) -> {
                    double d = Math.abs(a - b);
                    return d < 0.5 ? d * d : d - 0.25;
                });
        two(
                "binaryCrossEntropyWithLogits(Tensor, Tensor)",
                x,
                share,
                Losses::binaryCrossEntropyWithLogits,
                (a, t) -> -t * Math.log(sigmoid(a)) - (1 - t) * Math.log(sigmoid(-a)));
        two(
                "sigmoidFocal(Tensor, Tensor, double, double)",
                x,
                share,
                (a, t) -> Losses.sigmoidFocal(a, t, 0.25, 2),
                (a, t) -> {
                    double p = sigmoid(a);
                    double entropy = -t * Math.log(p) - (1 - t) * Math.log(1 - p);
                    double right = p * t + (1 - p) * (1 - t);
                    return (0.25 * t + 0.75 * (1 - t)) * Math.pow(1 - right, 2) * entropy;
                });
        two(
                "sigmoidFocal(Tensor, Tensor, double, double)",
                x,
                share,
                (a, t) -> Losses.sigmoidFocal(a, t, -1, 0),
                (a, t) -> -t * Math.log(sigmoid(a)) - (1 - t) * Math.log(sigmoid(-a)));
    }
}
