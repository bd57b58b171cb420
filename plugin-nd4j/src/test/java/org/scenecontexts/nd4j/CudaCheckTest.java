package org.scenecontexts.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.nd4j.cuda.CudaCheck;
import org.scenecontexts.nd4j.cuda.CudaDriver;

/** What is said about cards that ND4J cannot serve, before it is loaded; the drivers here are made up. */
class CudaCheckTest {

    private static final Set<String> ALL =
            Set.of("libcudart.so.11.0", "libcublas.so.11", "libcusolver.so.11", "libcusparse.so.11");

    private record Made(int version, List<Card> cards, Set<String> libraries) implements CudaDriver {
        @Override
        public boolean finds(String library) {
            return libraries.contains(library);
        }
    }

    private static Made with(int major, int minor) {
        return new Made(12_040, List.of(new CudaDriver.Card("Made up", major, minor)), ALL);
    }

    @Test
    void cardsFromKeplerToAdaAreServed() {
        for (int[] capability : new int[][] {{3, 7}, {5, 2}, {6, 1}, {7, 5}, {8, 0}, {8, 6}, {8, 9}}) {
            assertThat(CudaCheck.check(with(capability[0], capability[1]), false)
                            .major())
                    .isEqualTo(capability[0]);
        }
    }

    @Test
    void newerAndOlderCardsAreRefusedWithWhatToUseInstead() {
        for (int[] capability : new int[][] {{3, 5}, {9, 0}, {10, 0}, {12, 0}}) {
            assertThatThrownBy(() -> CudaCheck.check(with(capability[0], capability[1]), false))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("Made up (compute capability " + capability[0] + "." + capability[1] + ")")
                    .hasMessageContaining("3.7 to 8.6")
                    .hasMessageContaining("'device: gpu'");
        }
    }

    @Test
    void missingLibrariesOldDriversAndNoCardAreSaid() {
        CudaDriver.Card card = new CudaDriver.Card("Made up", 8, 6);
        assertThatThrownBy(() -> CudaCheck.check(new Made(12_040, List.of(card), Set.of("libcublas.so.11")), false))
                .hasMessageContaining("not found: libcudart.so.11.0, libcusolver.so.11, libcusparse.so.11")
                .hasMessageContaining("'device: gpu'");
        assertThat(CudaCheck.check(new Made(12_040, List.of(card), Set.of()), true))
                .isEqualTo(card);
        assertThatThrownBy(() -> CudaCheck.check(new Made(10_020, List.of(card), ALL), false))
                .hasMessageContaining("CUDA 10.2");
        assertThatThrownBy(() -> CudaCheck.check(new Made(12_040, List.of(), ALL), false))
                .hasMessageContaining("lists no card");
    }

    @Test
    void theEngineRefusesAHopperCardInLessThanTwoSecondsBeforeNd4jIsAsked() {
        Nd4jEngineFactory factory = new Nd4jEngineFactory(() -> with(9, 0));
        EngineFactory.Context context = new EngineFactory.Context(1, List.of(), () -> new CpuEngine(1, List.of()));
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> assertThatThrownBy(() ->
                                factory.create(new Nd4jEngineFactory.Config(Nd4jEngineFactory.Backend.CUDA), context))
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessageContaining("'device: gpu'"));
    }

    /** Before a pipeline begins, not when its first stage that has the device does. */
    @Test
    void aPipelineIsRefusedBeforeItBegins() {
        Nd4jEngineFactory factory = new Nd4jEngineFactory(() -> with(9, 0));
        factory.require(new Nd4jEngineFactory.Config(Nd4jEngineFactory.Backend.NATIVE));
        assertThatThrownBy(() -> factory.require(new Nd4jEngineFactory.Config(Nd4jEngineFactory.Backend.CUDA)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("9.0")
                .hasMessageContaining("'device: gpu'");
        Nd4jEngineFactory served = new Nd4jEngineFactory(() -> with(8, 6));
        assertThatThrownBy(() -> served.require(new Nd4jEngineFactory.Config(Nd4jEngineFactory.Backend.CUDA)))
                .as("the backend is not on the class path of these tests")
                .hasMessageContaining("'csc plugins install nd4j --cuda'");
    }

    @Test
    void infoSaysWhyTheCardIsNotUsed() {
        assertThat(new Nd4jEngineFactory(() -> with(9, 0)).availability())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("backend cuda: ND4J's CUDA backend")
                        .contains("9.0"));
    }
}
