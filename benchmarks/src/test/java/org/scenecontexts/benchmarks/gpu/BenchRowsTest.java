package org.scenecontexts.benchmarks.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchRowsTest {

    private static BenchRows by(String kind) {
        return BenchRows.of(Map.of(
                "vectors",
                "NVIDIA H100 (" + kind + ", NVIDIA, driver 580.65), 81079 MiB, compute: fp32",
                "rows",
                List.of()));
    }

    @Test
    void figuresAreNamedAfterTheDriverThatComputedThem() {
        assertThat(by("CUDA").way(Way.of(Driver.CUDA, "fp32")).figure("gemm/512"))
                .isEqualTo("gemm/512/cuda/fp32");
    }

    @Test
    void figuresOfAnotherDriverThanTheOneAskedForAreRefused() {
        assertThatThrownBy(() -> by("OpenCL").way(Way.of(Driver.CUDA, "fp32")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("figures of CUDA were expected, found those of 'NVIDIA H100 (OpenCL");
    }
}
