package org.scenecontexts.sparseconv.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.Parallel;

class SparseConvKernelsChoiceTest {

    private final String before = System.getProperty("csc.simd");

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty("csc.simd");
        } else {
            System.setProperty("csc.simd", before);
        }
    }

    @Test
    void propertyForcesScalar() {
        System.setProperty("csc.simd", "scalar");
        SparseConvKernelsChoice choice = SparseConvKernelsChoice.forThisMachine(Parallel.sequential());
        assertThat(choice.kernels()).isInstanceOf(ScalarSparseConvKernels.class);
        assertThat(choice.reason()).contains("scalar").contains("csc.simd");
    }

    @Test
    void propertyForcesVector() {
        System.setProperty("csc.simd", "vector");
        assertThat(SparseConvKernelsChoice.forThisMachine(Parallel.sequential())
                        .kernels()
                        .name())
                .startsWith("vector-");
    }

    @Test
    void unknownWordIsRefusedWithTheChoices() {
        System.setProperty("csc.simd", "avx");
        assertThatThrownBy(() -> SparseConvKernelsChoice.forThisMachine(Parallel.sequential()))
                .hasMessageContaining("'avx'")
                .hasMessageContaining("machine, vector, scalar or auto");
    }
}
