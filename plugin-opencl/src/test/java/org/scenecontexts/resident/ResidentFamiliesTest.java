package org.scenecontexts.resident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.kernel.BatchedProductKernels;
import org.scenecontexts.api.engine.kernel.DropoutKernels;
import org.scenecontexts.api.engine.kernel.GroupKernels;
import org.scenecontexts.api.engine.kernel.LayoutKernels;
import org.scenecontexts.api.engine.kernel.LossKernels;
import org.scenecontexts.api.engine.kernel.NormKernels;
import org.scenecontexts.api.engine.kernel.PointwiseKernels;
import org.scenecontexts.api.engine.kernel.SoftmaxKernels;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.testkit.Numbers;
import org.scenecontexts.testkit.conformance.FamilyConformance;

/** Families of primitives where values stay on a device; skipped, with the reason, where there is none. */
class ResidentFamiliesTest extends FamilyConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return Engines.open();
    }

    @Test
    void noneIsBorrowedFromTheProcessor() {
        List<Class<?>> families = List.of(
                PointwiseKernels.class,
                GroupKernels.class,
                SoftmaxKernels.class,
                LayoutKernels.class,
                NormKernels.class,
                LossKernels.class,
                DropoutKernels.class,
                BatchedProductKernels.class);
        try (TensorEngine engine = engine(1)) {
            for (Class<?> family : families) {
                assertThat(engine.kernel(family).getClass().getPackageName()).startsWith("org.scenecontexts.resident.");
            }
        }
    }

    /** As many rows as fill no power of two, more than a group has items, errors of one size among them. */
    @Test
    void lovaszOverManyRowsIsThatOfTheProcessorTwiceToTheBit() {
        int rows = 1500;
        int columns = 5;
        float[] shares = new float[rows * columns];
        int[] labels = new int[rows];
        Random random = new Random(8);
        for (int i = 0; i < shares.length; i++) {
            shares[i] = random.nextInt(40) / 40f;
        }
        for (int i = 0; i < rows; i++) {
            labels[i] = random.nextInt(columns + 1) - 1 == 3 ? -1 : random.nextInt(columns - 1);
        }
        try (TensorEngine device = engine(1);
                TensorEngine cpu = new CpuEngine(1, List.of())) {
            float[] expected = lovasz(cpu, rows, columns, shares, labels);
            float[] found = lovasz(device, rows, columns, shares, labels);
            // The gradient is one formula in double precision on both; the loss another order of the same sum.
            Numbers.assertClose(found, Numbers.doubles(expected, expected.length), 1e-6);
            assertThat(lovasz(device, rows, columns, shares, labels)).isEqualTo(found);
        }
    }

    private static float[] lovasz(TensorEngine engine, int rows, int columns, float[] shares, int[] labels) {
        float[] nan = new float[rows * columns + 1];
        Arrays.fill(nan, Float.NaN);
        Buffer out = engine.bufferOf(nan);
        engine.kernel(LossKernels.class)
                .lovasz(
                        rows,
                        columns,
                        engine.bufferOf(shares),
                        engine.labels(labels, columns),
                        out.slice(1, rows * columns),
                        out.slice(0, 1));
        return out.toArray(nan.length);
    }
}
