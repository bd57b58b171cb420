package org.scenecontexts.testkit.conformance;

import static org.scenecontexts.testkit.conformance.Definitions.perRow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.api.tensor.CrossEntropy;
import org.scenecontexts.api.tensor.Losses;
import org.scenecontexts.api.tensor.Tensor;

/** The operators over groups of rows and along dimensions, norms, and losses of class scores, at one size. */
final class GroupCases {

    private static final double EPSILON = 1e-3;

    private final Form form;
    private final int n;
    private final int c;
    private final List<OperatorCase> cases = new ArrayList<>();

    private GroupCases(Form form) {
        this.form = form;
        n = form.rows();
        c = form.columns();
    }

    static List<OperatorCase> of(Form form) {
        GroupCases all = new GroupCases(form);
        all.reductions();
        all.maxima();
        all.softmax();
        all.spreading();
        all.norms();
        all.losses();
        return all.cases;
    }

    private Form wholeRows() {
        return Form.ragged(0, n, c, n);
    }

    private void grouped(
            String operator,
            BiFunction<Tensor, Groups, Tensor> applied,
            Function<double[][], double[]> definition,
            Input... inputs) {
        cases.add(new OperatorCase(
                operator,
                List.of(inputs),
                engine -> {
                    Groups groups = form.on(engine);
                    return t -> applied.apply(t.getFirst(), groups);
                },
                definition));
    }

    private void one(
            String operator, Input input, Function<Tensor, Tensor> applied, Function<double[], double[]> definition) {
        cases.add(OperatorCase.of(
                operator, List.of(input), t -> applied.apply(t.getFirst()), x -> definition.apply(x[0])));
    }

    private void reductions() {
        Input x = Input.normal(form.matrix());
        one("sum()", x, Tensor::sum, v -> new double[] {Arrays.stream(v).sum()});
        if (n > 0) {
            one("mean()", x, Tensor::mean, v -> new double[] {Arrays.stream(v).sum() / v.length});
        }
        one("sum(int)", x, t -> t.sum(0), v -> Definitions.sums(wholeRows(), (i, j) -> v[i * c + j]));
        one("sum(int)", x, t -> t.sum(1), v -> Definitions.sums(perRow(n, c), (i, j) -> v[i]));
        one("mean(int)", x, t -> t.mean(0), v -> Definitions.means(wholeRows(), (i, j) -> v[i * c + j]));
        one("mean(int)", x, t -> t.mean(-1), v -> Definitions.means(perRow(n, c), (i, j) -> v[i]));
        grouped("sum(Groups)", Tensor::sum, v -> Definitions.sums(form, (i, j) -> v[0][i * c + j]), x);
        grouped("mean(Groups)", Tensor::mean, v -> Definitions.means(form, (i, j) -> v[0][i * c + j]), x);
        if (n % 2 == 0) {
            Input cube = Input.normal(2, n / 2, c);
            one(
                    "sum(int)",
                    cube,
                    t -> t.sum(1),
                    v -> Definitions.sums(Form.ragged(0, n, c, n / 2, n / 2), (i, j) -> v[i * c + j]));
        }
    }

    private void maxima() {
        Input x = Input.of(Input.Numbers.DISTINCT, form.matrix());
        one("max(int)", x, t -> t.max(0), v -> Definitions.maxima(wholeRows(), v));
        one("max(int)", x, t -> t.max(1), v -> Definitions.maxima(perRow(n, c), v));
        grouped("max(Groups)", Tensor::max, v -> Definitions.maxima(form, v[0]), x);
        if (form.equal() > 0) {
            one("groupMax(int)", x, t -> t.groupMax(form.equal()), v -> Definitions.maxima(form, v));
        }
    }

    private void softmax() {
        Input x = Input.normal(form.matrix());
        one("softmax(int)", x, t -> t.softmax(0), v -> Definitions.softmax(wholeRows(), v, false));
        one("softmax(int)", x, t -> t.softmax(1), v -> Definitions.softmax(perRow(n, c), v, false));
        one("logSoftmax(int)", x, t -> t.logSoftmax(0), v -> Definitions.softmax(wholeRows(), v, true));
        one("logSoftmax(int)", x, t -> t.logSoftmax(1), v -> Definitions.softmax(perRow(n, c), v, true));
        grouped("softmax(Groups)", Tensor::softmax, v -> Definitions.softmax(form, v[0], false), x);
        grouped("logSoftmax(Groups)", Tensor::logSoftmax, v -> Definitions.softmax(form, v[0], true), x);
        one("normalizeRows()", x, Tensor::normalizeRows, v -> {
            double[] squares = Definitions.sums(perRow(n, c), (i, j) -> v[i] * v[i]);
            return IntStream.range(0, v.length)
                    .mapToDouble(i -> v[i] / Math.sqrt(squares[i / c]))
                    .toArray();
        });
    }

    private void spreading() {
        Input x = Input.normal(form.matrix());
        Input perGroup = Input.normal(form.perGroup());
        grouped("repeat(Groups)", Tensor::repeat, v -> Definitions.rows(form, (i, j, g) -> v[0][g * c + j]), perGroup);
        for (boolean product : new boolean[] {false, true}) {
            cases.add(new OperatorCase(
                    product ? "multiply(Tensor, Groups)" : "add(Tensor, Groups)",
                    List.of(x, perGroup),
                    engine -> {
                        Groups groups = form.on(engine);
                        return t -> product
                                ? t.get(0).multiply(t.get(1), groups)
                                : t.get(0).add(t.get(1), groups);
                    },
                    v -> Definitions.rows(
                            form,
                            (i, j, g) ->
                                    product ? v[0][i * c + j] * v[1][g * c + j] : v[0][i * c + j] + v[1][g * c + j])));
        }
    }

    private void norms() {
        List<Input> inputs = List.of(Input.normal(form.matrix()), Input.normal(c), Input.normal(c));
        cases.add(OperatorCase.of(
                "layerNorm(Tensor, Tensor, double)",
                inputs,
                t -> t.get(0).layerNorm(t.get(1), t.get(2), EPSILON),
                v -> Definitions.norm(Form.equal(0, n, 1, c), 1, EPSILON, v[0], v[1], v[2])));
        for (int parts : new int[] {1, c % 2 == 0 ? 2 : 1, c}) {
            cases.add(new OperatorCase(
                    "groupNorm(Groups, int, Tensor, Tensor, double)",
                    inputs,
                    engine -> {
                        Groups groups = form.on(engine);
                        return t -> t.get(0).groupNorm(groups, parts, t.get(1), t.get(2), EPSILON);
                    },
                    v -> Definitions.norm(form, parts, EPSILON, v[0], v[1], v[2])));
        }
    }

    private void losses() {
        Random random = new Random(form.seed());
        int[] labels = random.ints(n, -1, c).toArray();
        float[] weights = new float[c];
        float[] ones = new float[c];
        for (int j = 0; j < c; j++) {
            weights[j] = 0.5f + random.nextFloat();
            ones[j] = 1;
        }
        Input scores = Input.normal(form.matrix());
        classes(
                "CrossEntropy",
                scores,
                (engine, t) -> new CrossEntropy(labels, 0, new float[0]).apply(t),
                v -> Definitions.crossEntropy(form, v, labels, 0, ones, 0));
        classes(
                "CrossEntropy",
                scores,
                (engine, t) -> new CrossEntropy(labels, 0.2, weights).apply(t),
                v -> Definitions.crossEntropy(form, v, labels, (float) 0.2, weights, 0));
        classes(
                "focal(Tensor, Indices, double, Buffer)",
                scores,
                (engine, t) -> Losses.focal(t, engine.labels(labels, c), 2, engine.bufferOf(weights)),
                v -> Definitions.crossEntropy(form, v, labels, 0, weights, 2));
        classes(
                "focal(Tensor, Indices, double, Buffer)",
                scores,
                (engine, t) -> Losses.focal(t, engine.labels(labels, c), 0.5, Buffer.NONE),
                v -> Definitions.crossEntropy(form, v, labels, 0, ones, 0.5));
        classes(
                "lovaszSoftmax(Tensor, Indices)",
                scores,
                (engine, t) -> Losses.lovaszSoftmax(t, engine.labels(labels, c)),
                v -> Definitions.lovasz(form, v, labels));
    }

    private void classes(
            String operator,
            Input scores,
            BiFunction<TensorEngine, Tensor, Tensor> applied,
            Function<double[], double[]> definition) {
        cases.add(new OperatorCase(
                operator,
                List.of(scores),
                engine -> t -> applied.apply(engine, t.getFirst()),
                v -> definition.apply(v[0])));
    }
}
