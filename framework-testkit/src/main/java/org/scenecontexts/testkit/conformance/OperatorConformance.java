package org.scenecontexts.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.GroupOperators;
import org.scenecontexts.api.tensor.Losses;
import org.scenecontexts.api.tensor.Operator;
import org.scenecontexts.api.tensor.PointwiseOperators;
import org.scenecontexts.api.tensor.ShapeOperators;
import org.scenecontexts.api.tensor.Tensor;

/**
 * What every engine does with every operator of the API: the values of its definition in double precision, its gradient by
 * differences of the definition, the same bits for any number of threads, and nothing beside its own memory.
 */
public abstract class OperatorConformance {

    /** Of the largest number: some sums of a few hundred float32 products, in any order. */
    private static final double TOLERANCE = 1e-5;

    /** Where a fourth-order difference of double-precision functions is right to some 1e-10. */
    private static final double STEP = 1e-3;

    private final List<TensorEngine> engines = new ArrayList<>();

    /** An engine to check, which is closed afterwards. */
    protected abstract TensorEngine engine(int threads);

    private TensorEngine opened(int threads) {
        TensorEngine engine = engine(threads);
        engines.add(engine);
        return engine;
    }

    @AfterEach
    void close() {
        engines.forEach(TensorEngine::close);
    }

    static List<OperatorCase> cases(Form form) {
        return Stream.of(PointwiseCases.of(form), GroupCases.of(form), ShapeCases.of(form))
                .flatMap(Collection::stream)
                .toList();
    }

    static List<Form> small() {
        return Form.small();
    }

    static List<Form> large() {
        return Form.large();
    }

    @Test
    void everyOperatorOfTheApiIsChecked() {
        TreeSet<String> offered = Stream.of(
                        PointwiseOperators.class,
                        GroupOperators.class,
                        ShapeOperators.class,
                        Tensor.class,
                        Losses.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Operator.class))
                .map(OperatorConformance::key)
                .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> checked = Form.small().stream()
                .flatMap(form -> cases(form).stream())
                .map(OperatorCase::operator)
                .collect(Collectors.toCollection(TreeSet::new));
        offered.add("CrossEntropy");
        // Dropout has no definition but its chance: DropoutConformance.
        offered.remove("dropout(double)");
        assertThat(checked).isEqualTo(offered);
    }

    private static String key(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }

    // ---- values and gradients -----------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("small")
    void valuesAndGradientsAreThoseOfTheDefinition(Form form) {
        TensorEngine engine = opened(2);
        for (OperatorCase operator : cases(form)) {
            Run run = run(engine, operator);
            assertClose(run.output, operator.definition().apply(run.inputs), what(operator, form, "values"));
            for (int input = 0; input < run.inputs.length; input++) {
                if (operator.inputs().get(input).differentiable()) {
                    assertClose(
                            run.gradients.get(input),
                            differences(operator, run, input),
                            what(operator, form, "gradient of input " + input));
                }
            }
        }
    }

    @Test
    void nothingIsComputedFromNoRows() {
        TensorEngine engine = opened(2);
        for (Form form : Form.empty()) {
            for (OperatorCase operator : Stream.of(PointwiseCases.of(form), GroupCases.of(form))
                    .flatMap(List::stream)
                    .toList()) {
                Run run = run(engine, operator);
                assertClose(run.output, operator.definition().apply(run.inputs), what(operator, form, "values"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("large")
    void largeOnesAreRightAndTheSameForAnyNumberOfThreads(Form form) {
        TensorEngine one = opened(1);
        TensorEngine many = opened(3);
        for (OperatorCase operator : cases(form)) {
            if (operator.inputs().stream().anyMatch(input -> input.size() > 2_000_000)) {
                continue;
            }
            Run run = run(one, operator);
            Run again = run(many, operator);
            assertThat(Arrays.mismatch(again.output, run.output))
                    .as(what(operator, form, "bits of values"))
                    .isEqualTo(-1);
            assertClose(run.output, operator.definition().apply(run.inputs), what(operator, form, "values"));
            double along = 0;
            double[][] moved = directions(run);
            for (int input = 0; input < run.inputs.length; input++) {
                if (operator.inputs().get(input).differentiable()) {
                    float[] gradient = run.gradients.get(input);
                    assertThat(Arrays.mismatch(again.gradients.get(input), gradient))
                            .as(what(operator, form, "bits of gradient " + input))
                            .isEqualTo(-1);
                    for (int i = 0; i < gradient.length; i++) {
                        along += gradient[i] * moved[input][i];
                    }
                } else {
                    moved[input] = new double[moved[input].length];
                }
            }
            assertAlong(operator, form, run, moved, along);
        }
    }

    private static double[][] directions(Run run) {
        Random random = new Random(5);
        return Arrays.stream(run.inputs)
                .map(x -> random.doubles(x.length, -1, 1).toArray())
                .toArray(double[][]::new);
    }

    /** The change of the weighted output along a direction is the gradient's. */
    private static void assertAlong(OperatorCase operator, Form form, Run run, double[][] moved, double along) {
        double step = 1e-5;
        double[] ahead = new double[2];
        for (int side = 0; side < 2; side++) {
            double by = side == 0 ? -step : step;
            double[][] at = new double[run.inputs.length][];
            for (int input = 0; input < at.length; input++) {
                at[input] = run.inputs[input].clone();
                for (int i = 0; i < at[input].length; i++) {
                    at[input][i] += by * moved[input][i];
                }
            }
            ahead[side] = weighted(operator.definition().apply(at), run.weights);
        }
        double expected = (ahead[1] - ahead[0]) / (2 * step);
        double size =
                Math.sqrt(Arrays.stream(run.inputs).mapToInt(x -> x.length).sum());
        assertThat(along)
                .as(what(operator, form, "gradient along a direction"))
                .isCloseTo(expected, org.assertj.core.api.Assertions.within(1e-4 * Math.max(size, Math.abs(expected))));
    }

    // ---- memory ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("small")
    void operatorsOnPartsOfLargerBuffersGiveTheSameBitsAndTouchNothingElse(Form form) {
        TensorEngine plain = opened(1);
        GuardedEngine guarded = new GuardedEngine(opened(1));
        for (OperatorCase operator : cases(form)) {
            Run run = run(plain, operator);
            Run inside = run(guarded, operator);
            assertThat(Arrays.mismatch(inside.output, run.output))
                    .as(what(operator, form, "bits of values"))
                    .isEqualTo(-1);
            for (int i = 0; i < run.inputs.length; i++) {
                if (operator.inputs().get(i).differentiable()) {
                    assertThat(Arrays.mismatch(inside.gradients.get(i), run.gradients.get(i)))
                            .as(what(operator, form, "bits of gradient " + i))
                            .isEqualTo(-1);
                }
            }
            guarded.assertUntouched(what(operator, form, "memory"));
        }
    }

    // ---- one application --------------------------------------------------------------------------------------------

    /** What an application of an operator gave, forth and back. */
    private record Run(double[][] inputs, double[] weights, float[] output, List<float[]> gradients) {}

    private static Run run(TensorEngine engine, OperatorCase operator) {
        int count = operator.inputs().size();
        double[][] inputs = new double[count][];
        List<Tensor> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Input input = operator.inputs().get(i);
            float[] values = input.draw(100 + i);
            inputs[i] = doubles(values);
            Tensor leaf = engine.wrap(values, input.shape());
            leaves.add(input.differentiable() ? leaf.requireGrad() : leaf);
        }
        Function<List<Tensor>, Tensor> applied = operator.applied().apply(engine);
        Tensor output = applied.apply(leaves);
        float[] values = output.toArray();
        float[] weights = Input.normal(output.shape()).draw(99);
        Tensor seed = engine.allocate(output.shape());
        seed.set(weights);
        output.backward(seed);
        List<float[]> gradients = leaves.stream()
                .map(leaf -> leaf.grad().map(Tensor::toArray).orElse(new float[0]))
                .toList();
        return new Run(inputs, doubles(weights), values, gradients);
    }

    private static double[] differences(OperatorCase operator, Run run, int input) {
        double[] x = run.inputs[input];
        double[] slopes = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double kept = x[i];
            double[] at = new double[4];
            double[] steps = {-2 * STEP, -STEP, STEP, 2 * STEP};
            for (int s = 0; s < 4; s++) {
                x[i] = kept + steps[s];
                at[s] = weighted(operator.definition().apply(run.inputs), run.weights);
            }
            x[i] = kept;
            slopes[i] = (at[0] - 8 * at[1] + 8 * at[2] - at[3]) / (12 * STEP);
        }
        return slopes;
    }

    private static double weighted(double[] output, double[] weights) {
        double sum = 0;
        for (int i = 0; i < output.length; i++) {
            sum += weights[i] * output[i];
        }
        return sum;
    }

    private static double[] doubles(float[] x) {
        double[] out = new double[x.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = x[i];
        }
        return out;
    }

    private static String what(OperatorCase operator, Form form, String what) {
        return what + " of " + operator.operator() + " on "
                + operator.inputs().stream()
                        .map(input -> Arrays.toString(input.shape()))
                        .collect(Collectors.joining(", "))
                + ", rows as " + form;
    }

    private static void assertClose(float[] found, double[] expected, String what) {
        assertThat(found.length).as(what).isEqualTo(expected.length);
        double size = 1;
        for (double e : expected) {
            size = Math.max(size, Math.abs(e));
        }
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(found[i] - expected[i]) <= TOLERANCE * size)) {
                assertThat((double) found[i])
                        .as("%s, number %d of %d", what, i, expected.length)
                        .isEqualTo(expected[i]);
            }
        }
    }
}
