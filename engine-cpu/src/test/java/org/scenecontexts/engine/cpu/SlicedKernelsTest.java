package org.scenecontexts.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.HeapBuffer;
import org.scenecontexts.api.engine.HeapIndices;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.engine.cpu.gemm.ScalarGemm;
import org.scenecontexts.engine.cpu.gemm.TiledGemm;
import org.scenecontexts.engine.cpu.vector.VectorDenseKernels;
import org.scenecontexts.kernels.vector.VectorTileProducts;
import org.scenecontexts.testkit.HostDense;
import org.scenecontexts.testkit.KernelTour;

/** Kernels on parts of larger arrays write the same bits as on whole ones, and nothing beside them. */
class SlicedKernelsTest {

    private static final int ANY = Integer.MAX_VALUE;
    private static final int AFTER = 5;
    private static final float GUARD = 12345;

    static Stream<DenseKernels> kernels() {
        Parallel one = Parallel.sequential();
        return Stream.of(
                new ScalarDenseKernels(one, new ScalarGemm()),
                new VectorDenseKernels(one, new TiledGemm(new VectorTileProducts()), VectorDenseKernels::loops));
    }

    /** Every array lies somewhere else in a larger one, between numbers that must not be touched. */
    private static final class Places {
        private final int step;
        private final List<float[]> larger = new ArrayList<>();

        Places(int step) {
            this.step = step;
        }

        Buffer place(float[] values) {
            int before = 1 + larger.size() * step % 7;
            float[] all = new float[before + values.length + AFTER];
            Arrays.fill(all, 0, before, GUARD);
            Arrays.fill(all, before + values.length, all.length, GUARD);
            System.arraycopy(values, 0, all, before, values.length);
            larger.add(all);
            return HeapBuffer.of(all).slice(before, values.length);
        }

        void assertUntouched() {
            for (int i = 0; i < larger.size(); i++) {
                float[] all = larger.get(i);
                assertThat(Arrays.copyOf(all, 1 + i * step % 7))
                        .as("before array %d", i)
                        .containsOnly(GUARD);
                assertThat(Arrays.copyOfRange(all, all.length - AFTER, all.length))
                        .as("behind array %d", i)
                        .containsOnly(GUARD);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void resultsAreTheSameToTheBit(DenseKernels kernels) {
        List<float[]> whole = KernelTour.run(new HostDense(kernels));
        for (int step : new int[] {0, 1, 3}) {
            Places places = new Places(step);
            List<float[]> parts =
                    KernelTour.run(new HostDense(kernels, places::place, values -> HeapIndices.labels(values, ANY)));
            for (int i = 0; i < whole.size(); i++) {
                assertThat(Arrays.mismatch(parts.get(i), whole.get(i)))
                        .as("result %d, places %d apart", i, step)
                        .isEqualTo(-1);
            }
            places.assertUntouched();
        }
    }
}
