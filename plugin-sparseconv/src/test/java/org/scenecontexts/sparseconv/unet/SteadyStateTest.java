package org.scenecontexts.sparseconv.unet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.optim.OptimizerFactory;
import org.scenecontexts.api.tensor.CrossEntropy;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.engine.cpu.PooledBuffers;
import org.scenecontexts.engine.cpu.Simd;
import org.scenecontexts.runtime.optim.Sgd;
import org.scenecontexts.sparseconv.kernel.ScalarSparseConvKernels;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.KernelLayout;

/**
 * A training step in steady state lives on pooled buffers. In plain Java, because vectors are objects until the compiler has
 * seen the loops often enough. A batch and its kernel maps are made before the step and are not counted.
 */
class SteadyStateTest {

    private static final int WARM_UP = 4;
    private static final int STEPS = 8;
    private static final long LIMIT = 1_000_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** This plugin's plain kernels. */
    private static final class PlainKernels implements KernelProvider<SparseConvKernels> {
        @Override
        public Class<SparseConvKernels> type() {
            return SparseConvKernels.class;
        }

        @Override
        public String device() {
            return "cpu";
        }

        @Override
        public SparseConvKernels create(TensorEngine engine) {
            return new ScalarSparseConvKernels(engine.parallel());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allocatesUnderAMegabyteOutsideThePoolWhateverTheSizeOfTheBatch(boolean recompute) {
        try (CpuEngine engine =
                new CpuEngine(2, List.of(new PlainKernels()), new Simd.Decision(false, "the test asks for it"))) {
            PooledBuffers pool = (PooledBuffers) engine.buffers();
            var config =
                    new Res16UNetConfig(0.125, 0.02, 3, KernelLayout.MINKOWSKI_04_HYBRID, 0.02, 0.1, true, recompute);
            Res16UNet network = new Res16UNet(engine, new Random(1), Variant.RES16UNET34C, config, 3);
            Sgd optimizer = new Sgd(
                    new Sgd.Config(0.1, 0.9, 0.1, 1e-4, false),
                    new OptimizerFactory.Context(engine, network.namedParameters()));
            for (int i = 0; i < WARM_UP + STEPS; i++) {
                PointBatch batch = batch(1200 - 97 * (i % 5));
                buildMaps(engine, network, batch);
                long made = pool.madeBytes();
                long before = THREADS.getTotalThreadAllocatedBytes();

                step(network, optimizer, batch);

                long outside = THREADS.getTotalThreadAllocatedBytes() - before - (pool.madeBytes() - made);
                if (i >= WARM_UP) {
                    assertThat(outside).as("step %d", i).isLessThan(LIMIT);
                }
            }
        }
    }

    private static void buildMaps(TensorEngine engine, Res16UNet network, PointBatch batch) {
        network.training(false);
        try (var scope = engine.noGrad()) {
            assertThat(scope).isNotNull();
            network.features(batch).release();
        }
        network.training(true);
    }

    private static void step(Res16UNet network, Sgd optimizer, PointBatch batch) {
        Tensor features = network.features(batch);
        Tensor loss = new CrossEntropy(batch.labels(), 0, new float[0]).apply(features);
        features.release();
        loss.backward();
        optimizer.step(0.01);
        network.parameters().forEach(parameter -> parameter.tensor().clearGrad());
    }

    /** Distinct voxels of a wavy surface with labels of 12 classes. */
    private static PointBatch batch(int rows) {
        Random random = new Random(rows);
        Set<List<Integer>> cells = new LinkedHashSet<>();
        while (cells.size() < rows) {
            int x = random.nextInt(60);
            int y = random.nextInt(60);
            cells.add(List.of(0, x, y, (int) (4 * Math.sin(x * 0.2))));
        }
        int[] voxels =
                cells.stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
        float[] inputs = new float[3 * rows];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = random.nextFloat() - 0.5f;
        }
        return GoldenBatch.of(voxels, inputs, random.ints(rows, 0, 12).toArray());
    }
}
