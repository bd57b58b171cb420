package org.scenecontexts.resident.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.scenecontexts.resident.cl.OpenClDevice;

/** Which of several devices a pipeline means. */
class WantedTest {

    private static final OpenClDevice FIRST = device(1, "NVIDIA H100", "NVIDIA CUDA", false, true);
    private static final OpenClDevice SECOND = device(2, "NVIDIA H100", "NVIDIA CUDA", false, true);
    private static final OpenClDevice SINGLE = device(3, "Arc A770", "Intel", false, false);
    private static final OpenClDevice POCL = device(4, "pthread-Xeon", "Portable Computing Language", true, true);
    private static final List<OpenClDevice> ALL = List.of(FIRST, SECOND, SINGLE, POCL);

    private static OpenClDevice device(long id, String name, String platform, boolean processor, boolean doubles) {
        return new OpenClDevice(
                id, 0, name, platform, "1.0", processor, 8, 1 << 30, 1 << 28, 256, 32 << 10, doubles, 0);
    }

    private static Wanted wanted(String name, int card, boolean accelerator) {
        return new Wanted(
                name, card < 0 ? OptionalInt.empty() : OptionalInt.of(card), accelerator, OptionalLong.empty());
    }

    @Test
    void theFirstIsTakenWhereNothingIsSaid() {
        assertThat(Wanted.named("").of(ALL)).isEqualTo(FIRST);
    }

    @Test
    void aNameMayBeThatOfThePlatformInAnyCase() {
        assertThat(Wanted.named("portable").of(ALL)).isEqualTo(POCL);
    }

    @Test
    void cardsAreCountedAsTheyAreListedOrAmongThoseOfTheName() {
        assertThat(wanted("", 3, false).of(ALL)).isEqualTo(POCL);
        assertThat(wanted("h100", 1, false).of(ALL)).isEqualTo(SECOND);
        assertThatThrownBy(() -> wanted("h100", 2, false).of(ALL))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("number 2 among those named 'h100'");
    }

    @Test
    void whoWantsACardGetsNoProcessorUnlessItIsNamed() {
        assertThat(wanted("", -1, true).of(ALL)).isEqualTo(FIRST);
        assertThat(wanted("pthread", -1, true).of(List.of(POCL))).isEqualTo(POCL);
        assertThatThrownBy(() -> wanted("", -1, true).of(List.of(POCL)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("pthread-Xeon")
                .hasMessageContaining("OCL_ICD_VENDORS")
                .hasMessageContaining("device: cpu");
    }

    @Test
    void aDeviceWithoutDoublePrecisionIsRefusedWithAnotherToChoose() {
        assertThatThrownBy(() -> Wanted.named("arc").of(ALL))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("double precision");
    }
}
