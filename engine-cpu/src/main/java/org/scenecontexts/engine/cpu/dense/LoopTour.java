package org.scenecontexts.engine.cpu.dense;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.scenecontexts.api.engine.kernel.Pointwise;

/** Runs every loop that has a vector twin on made-up numbers, to have it compiled and to time it. */
final class LoopTour {

    private final int rows;
    private final int columns;
    private final int count;
    private final float[] x;
    private final float[] y;
    private final float[] gradient;
    private final float[] factors;
    private final float[] out;
    private final float[] state;
    private final float[] moments;
    private final float[] sums;
    private final float[] norms;
    private final float[] none = new float[0];
    private final int[] labels;
    private final int[] winner;
    private final double[] partial = new double[2];
    private final ElementLoops.AdamNumbers adam =
            new ElementLoops.AdamNumbers(1e-2f, 0.9f, 0.999f, 0.1f, 1e-3f, 31.6f, 1e-8f, 0, 0.99999f);
    private final List<Consumer<Loops>> all;

    /**
     * @param rows of the matrices, a multiple of 4
     * @param columns of the matrices
     */
    LoopTour(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        count = rows * columns;
        x = numbers(1, count);
        y = numbers(2, count);
        gradient = numbers(3, count);
        factors = numbers(4, 3 * columns);
        out = new float[count];
        state = new float[count];
        moments = new float[count];
        sums = new float[3 * columns];
        norms = new float[rows];
        labels = new int[rows];
        winner = new int[count];
        all = loops();
    }

    private List<Consumer<Loops>> loops() {
        List<Consumer<Loops>> all = new ArrayList<>(functions());
        all.addAll(List.of(
                l -> l.columns().sums(0, rows, 0, columns, x, sums, 0),
                l -> l.columns().centredSums(0, rows, 0, columns, x, sums, 0, columns),
                l -> normalize(l, none, false),
                l -> normalize(l, none, true),
                l -> normalize(l, y, false),
                l -> normalize(l, y, true),
                l -> normSums(l, false, none),
                l -> normSums(l, true, none),
                l -> normSums(l, true, out),
                l -> l.columns().normGradient(0, rows, 0, columns, x, y, gradient, factors, false, factors, out),
                l -> l.columns().normGradient(0, rows, 0, columns, x, y, gradient, factors, true, factors, out),
                l -> l.elements().relu(0, count, x, out),
                l -> l.elements().reluBackward(0, count, y, gradient, out),
                l -> l.elements().allFinite(0, count, x),
                l -> l.elements().sum(0, count, x),
                l -> l.elements().sumOfSquares(0, count, x),
                l -> l.elements().sgdMomentum(0, count, out, gradient, state, 1e-3f, 0.9f, 1, 1e-4f, 0),
                l -> l.elements().adam(0, count, out, gradient, state, moments, adam),
                l -> l.rows().softmax(0, rows, columns, x, out),
                l -> l.rows().crossEntropy(0, rows, columns, x, labels, 0, none, out, partial, 0),
                l -> l.rows().normalizeRows(0, rows, columns, x, norms, out),
                l -> l.rows().groupMax(0, rows / 4, 4, columns, x, out, winner)));
        return List.copyOf(all);
    }

    private List<Consumer<Loops>> functions() {
        List<Consumer<Loops>> functions = new ArrayList<>();
        for (Pointwise function : FunctionLoops.VECTORS) {
            functions.add(l -> l.functions().apply(function, count, 0, x, 0, out, 0));
        }
        for (Pointwise function : FunctionLoops.GRADIENT_VECTORS) {
            functions.add(l -> l.functions().gradient(function, count, 0, x, 0, gradient, 0, out, 0));
        }
        functions.add(l -> l.functions().expMinus(columns, x, 0, factors, 0, out, 0));
        functions.add(l -> l.functions().expMinus(count, x, 0, 0.5f, out, 0));
        return functions;
    }

    private void normalize(Loops l, float[] residual, boolean relu) {
        l.columns().normalize(0, rows, 0, columns, x, factors, factors, factors, residual, relu, out);
    }

    private void normSums(Loops l, boolean relu, float[] masked) {
        l.columns().normSums(0, rows, 0, columns, x, y, gradient, factors, relu, masked, sums, columns);
    }

    /** How many loops there are. */
    int size() {
        return all.size();
    }

    /** Nanoseconds for some turns of one loop. */
    long time(int loop, Loops loops, int turns) {
        Consumer<Loops> work = all.get(loop);
        long start = System.nanoTime();
        for (int i = 0; i < turns; i++) {
            work.accept(loops);
        }
        return System.nanoTime() - start;
    }

    private static float[] numbers(int seed, int count) {
        Random random = new Random(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextFloat() - 0.5f;
        }
        return numbers;
    }
}
