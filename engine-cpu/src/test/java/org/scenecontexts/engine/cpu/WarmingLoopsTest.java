package org.scenecontexts.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.scenecontexts.engine.cpu.dense.Loops;
import org.scenecontexts.engine.cpu.dense.WarmingLoops;
import org.scenecontexts.engine.cpu.vector.VectorDenseKernels;

class WarmingLoopsTest {

    private final Loops vector = VectorDenseKernels.loops();
    private final Loops plain = Loops.fused(VectorDenseKernels.vectorBits() / Float.SIZE);

    @Test
    void aShortRunUsesPlainLoopsOnly() {
        WarmingLoops loops = new WarmingLoops(plain, vector);
        for (int i = 0; i < 1_000; i++) {
            assertThat(loops.get()).isSameAs(plain);
        }
    }

    @Test
    void aLongerRunGetsVectorLoopsOnceTheyAreCompiledAndKeepsThem() throws InterruptedException {
        WarmingLoops loops = new WarmingLoops(plain, vector);
        for (int i = 0; i < 20_000; i++) {
            loops.get();
        }
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (loops.get() != vector && Instant.now().isBefore(end)) {
            Thread.sleep(50);
        }
        assertThat(loops.get()).isSameAs(vector);
        assertThat(loops.get()).isSameAs(vector);
    }
}
