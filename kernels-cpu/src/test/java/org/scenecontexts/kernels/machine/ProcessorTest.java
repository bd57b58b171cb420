package org.scenecontexts.kernels.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scenecontexts.kernels.machine.Assembler.Width;

class ProcessorTest {

    @Test
    void widthsFollowWhatTheKernelLists() {
        assertThat(processor("fpu sse2 avx avx2 fma avx512f").widths()).containsExactly(Width.YMM, Width.ZMM);
        assertThat(processor("fpu sse2 avx avx2 fma").widths()).containsExactly(Width.YMM);
    }

    @Test
    void withoutFusedMultiplyAddThereIsNoneAndTheReasonSaysSo() {
        Processor processor = processor("fpu sse2 avx avx2");
        assertThat(processor.widths()).isEmpty();
        assertThat(processor.reason()).contains("AVX2 with FMA");
    }

    @Test
    void aDescriptionWithoutFlagsHasNone() {
        assertThat(Processor.of(List.of("Processor: other")).widths()).isEmpty();
    }

    private static Processor processor(String flags) {
        return Processor.of(List.of("processor\t: 0", "flags\t\t: " + flags, "processor\t: 1", "flags\t\t: " + flags));
    }
}
