package org.scenecontexts.testkit.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.scenecontexts.api.tensor.Tensor;

/** The operators that choose, move and join, and products of matrices, at one size. */
final class ShapeCases {

    private final Form form;
    private final int n;
    private final int c;
    private final List<OperatorCase> cases = new ArrayList<>();

    private ShapeCases(Form form) {
        this.form = form;
        n = form.rows();
        c = form.columns();
    }

    static List<OperatorCase> of(Form form) {
        ShapeCases all = new ShapeCases(form);
        all.moves();
        all.joins();
        all.indices();
        all.products();
        return all.cases;
    }

    private void one(Input input, String operator, Function<Tensor, Tensor> applied, IntStream from) {
        int[] places = from.toArray();
        cases.add(OperatorCase.of(
                operator,
                List.of(input),
                t -> applied.apply(t.getFirst()),
                x -> IntStream.of(places).mapToDouble(i -> x[0][i]).toArray()));
    }

    private void moves() {
        Input x = Input.normal(form.matrix());
        one(x, "reshape(int[])", t -> t.reshape(c, n), IntStream.range(0, n * c));
        if (n > 0) {
            one(x, "reshape(int[])", t -> t.reshape(1, -1, c), IntStream.range(0, n * c));
        }
        one(
                x,
                "transpose()",
                Tensor::transpose,
                IntStream.range(0, n * c).map(i -> i % Math.max(n, 1) * c + i / Math.max(n, 1)));
        one(
                Input.normal(2, n, c),
                "transpose()",
                Tensor::transpose,
                IntStream.range(0, 2 * n * c).map(i -> i / (n * c) * n * c + i % n * c + i / n % c));
        one(
                Input.normal(n, c, 3),
                "transpose(int, int)",
                t -> t.transpose(0, 1),
                IntStream.range(0, 3 * n * c).map(i -> (i / 3 % n * c + i / 3 / n) * 3 + i % 3));
        int rows = n / 2;
        one(x, "rows(int, int)", t -> t.rows(n - rows, rows), IntStream.range((n - rows) * c, n * c));
        one(x, "rows(int, int)", t -> t.rows(0, rows), IntStream.range(0, rows * c));
        int columns = (c + 1) / 2;
        one(
                x,
                "columns(int, int)",
                t -> t.columns(c - columns, columns),
                IntStream.range(0, n * columns).map(i -> i / columns * c + c - columns + i % columns));
    }

    private void joins() {
        cases.add(OperatorCase.of(
                "concatRows(Tensor[])",
                List.of(Input.normal(n, c), Input.normal(2, c), Input.normal(0, c)),
                t -> Tensor.concatRows(t.get(0), t.get(1), t.get(2), t.get(0)),
                x -> Stream.of(x[0], x[1], x[0])
                        .flatMapToDouble(DoubleStream::of)
                        .toArray()));
        cases.add(OperatorCase.of(
                "concat(Tensor[])",
                List.of(Input.normal(n, c), Input.normal(n, 2)),
                t -> Tensor.concat(t.get(0), t.get(1)),
                x -> IntStream.range(0, n * (c + 2))
                        .mapToDouble(i -> i % (c + 2) < c
                                ? x[0][i / (c + 2) * c + i % (c + 2)]
                                : x[1][i / (c + 2) * 2 + i % (c + 2) - c])
                        .toArray()));
    }

    private void indices() {
        if (n == 0) {
            return;
        }
        int[] index = new Random(form.seed()).ints(n + 3, 0, n).toArray();
        IntStream places = IntStream.range(0, index.length * c).map(i -> index[i / c] * c + i % c);
        int[] from = places.toArray();
        Input x = Input.normal(form.matrix());
        one(x, "gatherRows(int[])", t -> t.gatherRows(index), IntStream.of(from));
        one(x, "gatherRows(Indices)", t -> t.gatherRows(t.engine().indices(index, n)), IntStream.of(from));
        cases.add(OperatorCase.of(
                "scatterAdd(Indices, int)",
                List.of(Input.normal(n + 3, c)),
                t -> t.getFirst().scatterAdd(t.getFirst().engine().indices(index, n), n + 1),
                v -> {
                    double[] out = new double[(n + 1) * c];
                    for (int i = 0; i < index.length * c; i++) {
                        out[from[i]] += v[0][i];
                    }
                    return out;
                }));
    }

    private void products() {
        int k = 4;
        cases.add(OperatorCase.of(
                "matmul(Tensor)",
                List.of(Input.normal(n, c), Input.normal(c, k)),
                t -> t.get(0).matmul(t.get(1)),
                x -> Definitions.product(n, k, c, x[0], (i, p) -> i * c + p, x[1], (p, j) -> p * k + j)));
        cases.add(OperatorCase.of(
                "matmulRemade(Tensor)",
                List.of(Input.normal(n, c), Input.normal(c, k)),
                t -> t.get(0).matmulRemade(t.get(1)),
                x -> Definitions.product(n, k, c, x[0], (i, p) -> i * c + p, x[1], (p, j) -> p * k + j)));
        cases.add(OperatorCase.of(
                "matmulTransposed(Tensor)",
                List.of(Input.normal(n, c), Input.normal(k, c)),
                t -> t.get(0).matmulTransposed(t.get(1)),
                x -> Definitions.product(n, k, c, x[0], (i, p) -> i * c + p, x[1], (p, j) -> j * c + p)));
        batched(false, false, k);
        batched(false, true, k);
        batched(true, false, k);
        batched(true, true, k);
    }

    private void batched(boolean left, boolean right, int k) {
        int batches = 3;
        Input a = left ? Input.normal(batches, c, n) : Input.normal(batches, n, c);
        Input b = right ? Input.normal(batches, k, c) : Input.normal(batches, c, k);
        cases.add(OperatorCase.of(
                left || right ? "bmm(Tensor, boolean, boolean)" : "bmm(Tensor)",
                List.of(a, b),
                t -> left || right
                        ? t.get(0).bmm(t.get(1), left, right)
                        : t.get(0).bmm(t.get(1)),
                x -> IntStream.range(0, batches)
                        .mapToObj(i -> Definitions.product(
                                n,
                                k,
                                c,
                                x[0],
                                (r, p) -> i * n * c + (left ? p * n + r : r * c + p),
                                x[1],
                                (p, q) -> i * c * k + (right ? q * c + p : p * k + q)))
                        .flatMapToDouble(DoubleStream::of)
                        .toArray()));
    }
}
