package org.scenecontexts.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scenecontexts.testkit.Numbers.assertClose;
import static org.scenecontexts.testkit.Numbers.doubles;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.engine.cpu.gemm.ScalarGemm;
import org.scenecontexts.engine.cpu.gemm.TiledGemm;
import org.scenecontexts.engine.cpu.vector.VectorDenseKernels;
import org.scenecontexts.kernels.vector.VectorTileProducts;
import org.scenecontexts.testkit.HostDense;
import org.scenecontexts.testkit.KernelTour;

class VectorAgreesWithScalarTest {

    @Test
    void everyKernelWritesTheSameWithinAHundredThousandth() {
        List<float[]> scalar =
                KernelTour.run(new HostDense(new ScalarDenseKernels(Parallel.sequential(), new ScalarGemm())));
        List<float[]> vector = KernelTour.run(new HostDense(new VectorDenseKernels(
                Parallel.sequential(), new TiledGemm(new VectorTileProducts()), VectorDenseKernels::loops)));
        assertThat(vector).hasSameSizeAs(scalar);
        for (int i = 0; i < scalar.size(); i++) {
            float[] s = scalar.get(i);
            assertClose(vector.get(i), doubles(s, s.length), 1e-5);
        }
    }
}
