package org.scenecontexts.benchmarks.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DriversTest {

    private static final String H100 =
            "card 0, NVIDIA H100 80GB HBM3 (%s, driver 580.65): 132 compute units, 81079 MiB memory, 20269 MiB per buffer,"
                    + " compute: fp32, tf32 or bf16";

    private static final List<String> BOTH = List.of(
            "devices:",
            "  cpu (plugin 'engine-cpu')",
            "    Vector API, 8 floats",
            "  cuda (plugin 'plugin-opencl')",
            "    used unless 'name' or 'card' says otherwise: " + H100.formatted("NVIDIA, compute capability 9.0"),
            "  gpu (plugin 'plugin-opencl')",
            "    cuda: NVIDIA H100 80GB HBM3 (NVIDIA, driver 580.65): 132 compute units",
            "  opencl (plugin 'plugin-opencl')",
            "    used unless 'name' or 'card' says otherwise: " + H100.formatted("NVIDIA CUDA"),
            "    also there: card 1, cpu-AMD EPYC (processor, Portable Computing Language, driver 5.0): 16 compute units");

    private static final List<String> PROCESSOR_ONLY = List.of(
            "  cuda (plugin 'plugin-opencl')",
            "    not used: no CUDA: the library of NVIDIA's driver (libcuda.so.1) is not there",
            "  gpu (plugin 'plugin-opencl')",
            "    not used: no graphics card or other accelerator",
            "  opencl (plugin 'plugin-opencl')",
            "    used unless 'name' or 'card' says otherwise: card 0, cpu-AMD EPYC (processor, Portable Computing Language,"
                    + " driver 5.0): 2 compute units");

    private static Drivers drivers(String device, List<String> info) {
        return Drivers.of(DeviceKeys.of(device), info);
    }

    @Test
    void theBestCardIsCudasWhereCscInfoSaysSoAndOpenClIsTheSecondDriverOfTheSameCard() {
        Drivers drivers = drivers("gpu", BOTH);

        assertThat(drivers.first()).isEqualTo(Driver.CUDA);
        assertThat(drivers.by(Driver.CUDA)).map(DeviceKeys::yaml).contains("{type: gpu}");
        assertThat(drivers.by(Driver.OPENCL))
                .map(DeviceKeys::yaml)
                .contains("{type: opencl, card: 0, name: NVIDIA H100 80GB HBM3}");
    }

    @Test
    void cudaIsTheSecondDriverOfACardThatWasAskedForByOpenCl() {
        Drivers drivers = drivers("opencl:h100", BOTH);

        assertThat(drivers.first()).isEqualTo(Driver.OPENCL);
        assertThat(drivers.second()).map(DeviceKeys::type).contains("cuda");
    }

    @Test
    void theSecondOfEqualCardsIsTheSecondByTheOtherDriverToo() {
        List<String> two = List.of(
                "cuda (plugin 'plugin-opencl')",
                "used unless 'name' or 'card' says otherwise: " + H100.formatted("NVIDIA"),
                "also there: " + H100.formatted("NVIDIA").replace("card 0", "card 1"),
                "opencl (plugin 'plugin-opencl')",
                "used unless 'name' or 'card' says otherwise: " + H100.formatted("NVIDIA CUDA"),
                "also there: " + H100.formatted("NVIDIA CUDA").replace("card 0", "card 1"));

        assertThat(drivers("cuda:1", two).second()).map(DeviceKeys::card).contains(1);
    }

    @Test
    void aProcessorHasNoSecondDriverAndTheReasonIsWhatCscInfoSays() {
        Drivers drivers = drivers("opencl", PROCESSOR_ONLY);

        assertThat(drivers.first()).isEqualTo(Driver.OPENCL);
        assertThat(drivers.second()).isEmpty();
        assertThat(drivers.why()).startsWith("CUDA does not offer 'cpu-AMD EPYC'; csc info: not used: no CUDA");
    }

    @Test
    void noCardIsToldAsSuch() {
        assertThat(drivers("gpu", PROCESSOR_ONLY).why()).isEqualTo("csc info names no card that is '{type: gpu}'");
    }

    @Test
    void aDeviceIsWrittenWithTheWayThatItComputesIn() {
        Way graphs = Way.of(Driver.CUDA, "bf16").asGraphs();

        assertThat(DeviceKeys.of("cuda:h100").in(graphs).yaml())
                .isEqualTo("{type: cuda, compute: bf16, graphs: true, name: h100}");
    }
}
