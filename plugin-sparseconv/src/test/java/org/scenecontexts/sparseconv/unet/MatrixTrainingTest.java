package org.scenecontexts.sparseconv.unet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.ElementType;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.tensor.CrossEntropy;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.resident.ResidentConfig.Compute;
import org.scenecontexts.resident.ResidentEngine;
import org.scenecontexts.sparseconv.DeviceEngines;
import org.scenecontexts.sparseconv.TestEngines;

/**
 * A training whose products are computed by matrix units, emulated where the device has none, stays as near to float32 as one
 * in float32 whose weights are off by the same roundings; skipped, with the reason, where there is no device.
 */
class MatrixTrainingTest {

    private static final int ITERATIONS = 20;
    private static final int CLASSES = 16;
    private static final int ROWS = 60;

    /** So many that activations are large enough to be packed. */
    private static final int MORE_ROWS = 100;

    private static final float RATE = 0.02f;

    /**
     * A product of two operands that are each off by a factor between 1 - u and 1 + u is off by up to twice as much as one whose
     * weight alone is; a step has three such products (output, both gradients) where the comparison has two wrong ones. Half as
     * much again for a comparison of three draws, which do not meet the worst.
     */
    private static final double OPERANDS = 2 * 1.5 * 1.5;

    private static PointBatch batch(int rows) {
        Random random = new Random(4);
        Set<List<Integer>> cells = new LinkedHashSet<>();
        while (cells.size() < rows) {
            int x = random.nextInt(11);
            int y = random.nextInt(11);
            cells.add(List.of(0, x, y, (int) (3 * Math.sin(x * 0.4))));
        }
        int[] voxels =
                cells.stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
        float[] inputs = new float[3 * cells.size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = random.nextFloat() - 0.5f;
        }
        int[] labels = cells.stream()
                .mapToInt(cell -> (cell.get(1) + cell.get(3)) % 5 + 5)
                .toArray();
        return GoldenBatch.of(voxels, inputs, labels);
    }

    /** Weights of one step that are off by u, up or down as it comes; 0 for as they are. */
    private static void disturb(List<Parameter> parameters, double u, Random random) {
        if (u > 0) {
            for (Parameter parameter : parameters) {
                parameter.tensor().edit(values -> {
                    for (int i = 0; i < values.length; i++) {
                        values[i] *= (float) (random.nextBoolean() ? 1 + u : 1 - u);
                    }
                });
            }
        }
    }

    /** The loss of every iteration. */
    private static List<Double> train(TensorEngine engine, double u, long seed) {
        return train(engine, u, seed, ROWS);
    }

    private static List<Double> train(TensorEngine engine, double u, long seed, int rows) {
        Random random = new Random(seed);
        var config = new SparseUNetFactory.Config(List.of(CLASSES, 24), 1, 0.02, 0.1);
        SparseUNet network = new SparseUNet(engine, new Random(1), config, 3);
        List<Parameter> parameters = network.parameters();
        List<Double> losses = new ArrayList<>();
        try (PointBatch batch = batch(rows)) {
            for (int iteration = 0; iteration < ITERATIONS; iteration++) {
                List<float[]> kept = parameters.stream()
                        .map(parameter -> parameter.tensor().toArray())
                        .toList();
                disturb(parameters, u, random);
                Tensor features = network.features(batch);
                Tensor loss = new CrossEntropy(batch.labels(engine, CLASSES), 0, Buffer.NONE).apply(features);
                features.release();
                losses.add((double) loss.item());
                loss.backward();
                for (int i = 0; i < kept.size(); i++) {
                    Tensor tensor = parameters.get(i).tensor();
                    tensor.set(kept.get(i));
                    Tensor gradient = parameters.get(i).grad().orElseThrow();
                    engine.dense().axpy(tensor.size(), -RATE, gradient.buffer(), tensor.buffer());
                    tensor.clearGrad();
                }
            }
        }
        return losses;
    }

    /** The largest difference up to each iteration. */
    private static double[] distances(List<Double> losses, List<Double> from) {
        double[] distances = new double[losses.size()];
        double largest = 0;
        for (int i = 0; i < distances.length; i++) {
            largest = Math.max(largest, Math.abs(losses.get(i) - from.get(i)));
            distances[i] = largest;
        }
        return distances;
    }

    @ParameterizedTest
    @EnumSource(names = {"TF32", "BF16"})
    void lossesStayAsNearToThoseOfFloat32AsRoundingsOfTheSameSizeKeepThem(Compute compute) {
        try (TensorEngine cpu = TestEngines.cpu(1);
                ResidentEngine device = DeviceEngines.open(compute)) {
            double u = device.programs().orElseThrow().operands().rounding();
            List<Double> exact = train(cpu, 0, 0);
            double[] allowed = new double[ITERATIONS];
            for (int seed = 1; seed <= 3; seed++) {
                double[] distances = distances(train(cpu, u, seed), exact);
                for (int i = 0; i < ITERATIONS; i++) {
                    allowed[i] = Math.max(allowed[i], distances[i]);
                }
            }
            List<Double> losses = train(device, 0, 0);
            double[] found = distances(losses, exact);
            Errors.report(compute + ", loss of iteration 20", found[ITERATIONS - 1]);
            for (int i = 0; i < ITERATIONS; i++) {
                assertThat(found[i])
                        .as("iteration %d: %s, in float32 %s", i + 1, losses.get(i), exact.get(i))
                        .isLessThan(OPERANDS * allowed[i]);
            }
            // Each a rounding that float32 does not make: they are not the same losses.
            assertThat(found[0]).isGreaterThan(0x1p-24 * exact.getFirst());
            assertThat(losses.getLast()).isLessThan(0.8 * losses.getFirst());
            assertThat(device.crossings().calls())
                    .as("calls of borrowed kernels")
                    .isZero();
        }
    }

    @Test
    void lossesWithActivationsKeptAsBfloat16StayAsNearToThoseWithoutAsRoundingsOfTheSameSizeKeepThem() {
        try (TensorEngine cpu = TestEngines.cpu(1);
                ResidentEngine whole = DeviceEngines.open();
                ResidentEngine half = DeviceEngines.keepingBfloat16()) {
            double u = DevicePrograms.Operands.BF16.rounding();
            List<Double> undisturbed = train(cpu, 0, 0, MORE_ROWS);
            double[] allowed = new double[ITERATIONS];
            for (int seed = 1; seed <= 3; seed++) {
                double[] distances = distances(train(cpu, u, seed, MORE_ROWS), undisturbed);
                for (int i = 0; i < ITERATIONS; i++) {
                    allowed[i] = Math.max(allowed[i], distances[i]);
                }
            }
            List<Double> exact = train(whole, 0, 0, MORE_ROWS);
            List<Double> losses = train(half, 0, 0, MORE_ROWS);
            double[] found = distances(losses, exact);
            Errors.report("activations kept as bfloat16, loss of iteration 20", found[ITERATIONS - 1]);
            for (int i = 0; i < ITERATIONS; i++) {
                assertThat(found[i])
                        .as("iteration %d: %s, in float32 %s", i + 1, losses.get(i), exact.get(i))
                        .isLessThanOrEqualTo(OPERANDS * allowed[i]);
            }
            assertThat(found[0]).as("before the first gradient").isZero();
            assertThat(found[ITERATIONS - 1]).as("they are not the same losses").isPositive();
            assertThat(losses.getLast()).isLessThan(0.8 * losses.getFirst());
        }
    }

    /** As {@link #OPERANDS}, and results that are rounded when they are stored: three roundings of a layer for two. */
    private static final double STORED = 1.5 * OPERANDS;

    @Test
    void lossesWithResultsStoredAsBfloat16StayAsNearToFloat32AsRoundingsOfTheSameSizeKeepThem() {
        try (TensorEngine cpu = TestEngines.cpu(1);
                ResidentEngine stored = DeviceEngines.storingBfloat16(Compute.BF16)) {
            double u = DevicePrograms.Operands.BF16.rounding();
            List<Double> exact = train(cpu, 0, 0, MORE_ROWS);
            double[] allowed = new double[ITERATIONS];
            for (int seed = 1; seed <= 3; seed++) {
                double[] distances = distances(train(cpu, u, seed, MORE_ROWS), exact);
                for (int i = 0; i < ITERATIONS; i++) {
                    allowed[i] = Math.max(allowed[i], distances[i]);
                }
            }
            List<Double> losses = train(stored, 0, 0, MORE_ROWS);
            double[] found = distances(losses, exact);
            Errors.report("results stored as bfloat16, loss of iteration 20", found[ITERATIONS - 1]);
            for (int i = 0; i < ITERATIONS; i++) {
                assertThat(found[i])
                        .as("iteration %d: %s, in float32 %s", i + 1, losses.get(i), exact.get(i))
                        .isLessThan(STORED * allowed[i]);
            }
            assertThat(losses.getLast()).isLessThan(0.8 * losses.getFirst());
        }
    }

    @Test
    void weightsBesideStoredBfloat16AreFloat32AndKeepStepsThatBfloat16WouldLose() {
        try (ResidentEngine engine = DeviceEngines.storingBfloat16(Compute.BF16);
                PointBatch batch = batch(MORE_ROWS)) {
            var config = new SparseUNetFactory.Config(List.of(CLASSES, 24), 1, 0.02, 0.1);
            SparseUNet network = new SparseUNet(engine, new Random(1), config, 3);
            Tensor loss =
                    new CrossEntropy(batch.labels(engine, CLASSES), 0, Buffer.NONE).apply(network.features(batch));
            loss.backward();
            for (Parameter parameter : network.parameters()) {
                Tensor weights = parameter.tensor();
                assertThat(weights.stored().type()).isEqualTo(ElementType.FLOAT32);
                float[] expected = weights.toArray();
                float[] before = expected.clone();
                float[] gradient = parameter.grad().orElseThrow().toArray();
                for (int i = 0; i < expected.length; i++) {
                    // A quarter of what bfloat16 keeps apart.
                    gradient[i] = Math.signum(gradient[i]) * Math.abs(expected[i]) * 0x1p-10f;
                    expected[i] -= gradient[i];
                }
                engine.dense().axpy(weights.size(), -1f, engine.bufferOf(gradient), weights.buffer());
                assertThat(weights.toArray()).isEqualTo(expected);
                if (weights.size() > 1 && before[0] != 0) {
                    assertThat(expected).isNotEqualTo(before);
                }
            }
        }
    }
}
