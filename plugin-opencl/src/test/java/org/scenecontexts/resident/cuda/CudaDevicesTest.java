package org.scenecontexts.resident.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.resident.CudaEngineFactory;
import org.scenecontexts.resident.GpuEngineFactory;
import org.scenecontexts.resident.ResidentConfig;
import org.scenecontexts.resident.device.Wanted;
import org.scenecontexts.testing.CudaStandIn;
import org.scenecontexts.testing.LogLines;

/** What is said of cards, of a driver and a compiler that are missing or refuse; the stand-in plays them. */
class CudaDevicesTest {

    private static final int NO_DEVICE = 100;
    private static final int DRIVER_MISMATCH = 803;

    @TempDir
    private Path empty;

    private static CudaDevices devices(CudaStandIn standIn) {
        return CudaDevices.find(standIn.library(), standIn.library(), Optional.empty());
    }

    private static List<String> availability(CudaStandIn standIn) {
        return CudaEngineFactory.onStandIn(standIn.library(), false).availability();
    }

    @Test
    void cardsAreListedWithCapabilityMemoryAndWhatTheyCompute() {
        CudaStandIn standIn = CudaStandIn.make();
        standIn.set("devices", 2);
        standIn.set("capability", 90);
        assertThat(availability(standIn))
                .containsExactly(
                        "used unless 'name' or 'card' says otherwise: card 0, Stand-in 0 (compute capability 9.0, driver for"
                                + " CUDA 13.0): 4 compute units, 4096 MiB memory, 4096 MiB per buffer, compute: fp32, tf32"
                                + " or bf16",
                        "also there: card 1, Stand-in 1 (compute capability 9.0, driver for CUDA 13.0): 4 compute units, 4096"
                                + " MiB memory, 4096 MiB per buffer, compute: fp32, tf32 or bf16");
        assertThat(devices(standIn).choose(Wanted.named("in 1")).ordinal()).isEqualTo(1);
    }

    @Test
    void aMachineWithoutTheDriverIsToldWhatToInstallAtOnce() {
        Path missing = empty.resolve("libcuda.so.1");
        CudaEngineFactory factory = CudaEngineFactory.onStandIn(missing, false);
        long began = System.nanoTime();
        assertThat(factory.availability())
                .singleElement()
                .asString()
                .startsWith("not used: no CUDA: the library of NVIDIA's driver (libcuda.so.1) is not there")
                .contains("device: opencl");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        assertThatThrownBy(() -> factory.require(ResidentConfig.PREFERRED))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("no CUDA");
    }

    @Test
    void aDriverThatDoesNotBeginIsToldByItsOwnWords() {
        CudaStandIn standIn = CudaStandIn.make();
        standIn.fail("cuInit", DRIVER_MISMATCH, 0);
        assertThat(availability(standIn))
                .singleElement()
                .asString()
                .contains("the driver does not begin", "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH (803)", "device: opencl");
    }

    @Test
    void aDriverWithoutACardSaysSo() {
        CudaStandIn standIn = CudaStandIn.make();
        standIn.set("devices", 0);
        assertThat(availability(standIn)).singleElement().asString().contains("not used: ", "finds no card");
        standIn.set("devices", 1);
        standIn.fail("cuInit", NO_DEVICE, 0);
        assertThat(availability(standIn)).singleElement().asString().contains("not used: ", "finds no card");
    }

    @Test
    void anAnswerThatTheDriverDoesNotGiveIsNoCrash() {
        CudaStandIn standIn = CudaStandIn.make();
        standIn.fail("cuDeviceGetAttribute", 1, 2);
        assertThat(availability(standIn))
                .singleElement()
                .asString()
                .contains("not used: ", "asking what a card can do", "CUDA_ERROR_INVALID_VALUE (1)");
    }

    @Test
    void aCardWithoutNvrtcIsNamedWithHowToNameItsFolder() throws IOException {
        CudaStandIn standIn = CudaStandIn.make();
        CudaDevices devices = CudaDevices.find(standIn.library(), empty, Optional.empty());
        assertThat(new CudaEngineFactory(() -> devices, false).availability())
                .singleElement()
                .asString()
                .contains("there is a card, Stand-in 0, but no NVRTC")
                .contains("there is none in " + empty, "libnvrtc.so.13", "libnvrtc.so.12")
                .contains("CSC_NVRTC", "device: opencl");
        assertThatThrownBy(() -> devices.open(Wanted.named(""))).hasMessageContaining("no NVRTC");

        Files.createSymbolicLink(empty.resolve("libnvrtc.so.12"), standIn.library());
        assertThat(devices.choose(Wanted.named("")).name()).isEqualTo("Stand-in 0");
    }

    @Test
    void whatNvrtcDoesNotKnowIsCompiledToThePtxBelowItOrRefused() {
        CudaStandIn standIn = CudaStandIn.make();
        standIn.set("capability", 120);
        CudaDevice newer = devices(standIn).choose(Wanted.named(""));
        Nvrtc nvrtc = Nvrtc.load(Optional.of(standIn.library()));
        assertThat(CudaCompiler.target(newer, nvrtc)).isEqualTo(90);
        standIn.set("capability", 61);
        assertThatThrownBy(() -> devices(standIn).choose(Wanted.named("")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("NVRTC 13.0 compiles for compute capabilities [75, 80, 90]")
                .hasMessageContaining("Stand-in 0 has 61")
                .hasMessageContaining("CSC_NVRTC");
    }

    @Test
    void deviceGpuTakesACardByCudaAndLooksForOpenClWhereThereIsNone() {
        CudaStandIn standIn = CudaStandIn.make();
        GpuEngineFactory byCuda = new GpuEngineFactory(() -> devices(standIn));
        assertThat(byCuda.availability()).singleElement().asString().startsWith("cuda: Stand-in 0");
        byCuda.require(ResidentConfig.PREFERRED);
        standIn.set("devices", 0);
        assertThat(byCuda.availability()).singleElement().asString().doesNotStartWith("cuda");
    }

    @Test
    void deviceGpuSaysOnceWhyACardThatIsThereIsNotUsedByCuda() {
        CudaStandIn standIn = CudaStandIn.make();
        GpuEngineFactory gpu = new GpuEngineFactory(() -> CudaDevices.find(standIn.library(), empty, Optional.empty()));
        // No OpenCL device has this name, whatever else the machine has.
        ResidentConfig config = new ResidentConfig(
                Optional.of("stand-in"), Optional.empty(), Optional.empty(), ResidentConfig.Compute.FP32);
        try (LogLines lines = LogLines.of(GpuEngineFactory.class)) {
            assertThatThrownBy(() -> gpu.require(config))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("OpenCL")
                    .hasMessageContaining("nor by CUDA: there is a card, Stand-in 0, but no NVRTC");
            assertThatThrownBy(() -> gpu.create(
                            config, new EngineFactory.Context(1, List.of(), () -> new CpuEngine(1, List.of()))))
                    .hasMessageContaining("no NVRTC");
            assertThat(lines.all())
                    .singleElement()
                    .asString()
                    .contains("device: gpu looks for OpenCL, not CUDA: there is a card, Stand-in 0, but no NVRTC");
        }
    }
}
