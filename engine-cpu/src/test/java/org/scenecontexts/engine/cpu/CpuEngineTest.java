package org.scenecontexts.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.grid.GridConvolution;
import org.scenecontexts.api.point.Neighbourhoods;
import org.scenecontexts.kernels.tile.ScalarTileProducts;
import org.scenecontexts.kernels.tile.TileProductsChoice;
import org.scenecontexts.testing.LogLines;

class CpuEngineTest {

    private interface Blur {
        String how();
    }

    private record Provider(String device, int priority, String how, boolean works) implements KernelProvider<Blur> {
        @Override
        public Class<Blur> type() {
            return Blur.class;
        }

        @Override
        public Blur create(TensorEngine engine) {
            if (!works) {
                throw new UnsupportedOperationException("no such unit in this processor");
            }
            return () -> how;
        }
    }

    @Test
    void theFactoryIsFoundByServiceLoaderAndSaysWhatItWouldUse() {
        EngineFactory<?> factory = ServiceLoader.load(EngineFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(f -> f.name().equals("cpu"))
                .findFirst()
                .orElseThrow();
        assertThat(factory.configType()).isEqualTo(CpuEngineFactory.Config.class);
        assertThat(factory.availability()).singleElement().asString().contains("Vector API");
        try (TensorEngine engine = new CpuEngineFactory()
                .create(
                        new CpuEngineFactory.Config(),
                        new EngineFactory.Context(2, List.of(), () -> new CpuEngine(2, List.of())))) {
            assertThat(engine.parallel().threads()).isEqualTo(2);
            assertThat(engine.description())
                    .contains("on 2 threads: "
                            + TileProductsChoice.forThisMachine().reason());
        }
    }

    @Test
    void theUsableKernelOfHighestPriorityForTheCpuIsTaken() {
        try (CpuEngine engine = new CpuEngine(
                1,
                List.of(
                        new Provider("cpu", 0, "plain", true),
                        new Provider("cpu", 9, "fancy", false),
                        new Provider("cpu", 5, "fast", true),
                        new Provider("aparapi", 99, "elsewhere", true)))) {
            assertThat(engine.kernel(Blur.class).how()).isEqualTo("fast");
            assertThat(engine.kernel(Blur.class)).isSameAs(engine.kernel(Blur.class));
        }
    }

    @Test
    void aMissingKernelNamesThoseWhoWereAskedAndWhyTheyCannot() {
        try (CpuEngine engine = new CpuEngine(
                1, List.of(new Provider("aparapi", 0, "elsewhere", true), new Provider("cpu", 0, "fancy", false)))) {
            assertThatThrownBy(() -> engine.kernel(Blur.class))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Blur")
                    .hasMessageContaining("'cpu'")
                    .hasMessageContaining("on aparapi")
                    .hasMessageContaining("no such unit in this processor")
                    .hasMessageContaining("csc plugins list");
        }
    }

    @Test
    void offloadingEngineTakesWhatIsOfferedForItsDevice() {
        try (CpuEngine engine =
                offloading(new Provider("cpu", 99, "here", true), new Provider("aparapi", 0, "elsewhere", true))) {
            assertThat(engine.kernel(Blur.class).how()).isEqualTo("elsewhere");
            assertThat(engine.name()).isEqualTo("aparapi");
            assertThat(engine.settings()).containsEntry("offload", "always");
        }
    }

    @Test
    void offloadingEngineFallsBackToTheCpuWithOneWarningThatSaysWhy() {
        try (LogLines log = LogLines.of(CpuEngine.class);
                CpuEngine engine = offloading(
                        new Provider("cpu", 0, "here", true), new Provider("aparapi", 0, "elsewhere", false))) {
            assertThat(engine.kernel(Blur.class).how()).isEqualTo("here");
            assertThat(engine.kernel(Blur.class).how()).isEqualTo("here");
            assertThat(log.warnings())
                    .containsExactly(
                            "device 'aparapi' is not used for Blur, which runs on the CPU: no such unit in this"
                                    + " processor");
        }
    }

    @Test
    void offloadingEngineSaysWhereNobodyOffersAnOperatorForTheDevice() {
        try (LogLines log = LogLines.of(CpuEngine.class);
                CpuEngine engine = offloading(new Provider("cpu", 0, "here", true))) {
            assertThat(engine.kernel(Blur.class).how()).isEqualTo("here");
            assertThat(log.warnings()).singleElement().asString().contains("no plugin offers it for that device");
        }
    }

    private static CpuEngine offloading(Provider... providers) {
        return CpuEngine.offloading("aparapi", 1, List.of(providers), Map.of("offload", "always"));
    }

    @Test
    void scopesWithoutGradientsMayBeNestedAndClosedTwice() {
        try (CpuEngine engine = new CpuEngine(1, List.of())) {
            TensorEngine.Scope outer = engine.noGrad();
            TensorEngine.Scope inner = engine.noGrad();
            inner.close();
            inner.close();
            assertThat(engine.recording()).isFalse();
            outer.close();
            assertThat(engine.recording()).isTrue();
        }
    }

    @Test
    void withoutTheVectorModuleLoopsArePlainJava() {
        TileProductsChoice tiles = new TileProductsChoice(new ScalarTileProducts(), "tested");
        assertThat(Simd.choose(tiles, false).vector()).isFalse();
        assertThat(Simd.choose(tiles, true).vector()).isTrue();
    }

    @Test
    void aContractWithoutKernelsIsRefusedWithThePluginThatBringsThem() {
        try (CpuEngine bare = new CpuEngine(1, List.of())) {
            assertThatThrownBy(() -> new Neighbourhoods(bare))
                    .hasMessageContaining("the plugin 'plugin-pointnet2' brings them and is not loaded");
            assertThatThrownBy(() -> GridConvolution.strided(bare, new Random(1), 2, 2, false))
                    .hasMessageContaining("the plugin 'plugin-sparseconv' brings them and is not loaded");
        }
    }
}
