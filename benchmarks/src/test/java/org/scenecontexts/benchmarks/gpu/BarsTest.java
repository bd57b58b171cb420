package org.scenecontexts.benchmarks.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BarsTest {

    private static List<List<String>> rows(Driver first, Figures figures) {
        return new Bars(first).all().stream().map(bar -> bar.row(figures)).toList();
    }

    private static List<String> row(List<List<String>> rows, String what) {
        return rows.stream()
                .filter(row -> row.getFirst().equals(what))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTimeStandsOnTheBarOfTheDriverThatTookIt() {
        Figures figures = new Figures();
        figures.put(Way.of(Driver.CUDA, "tf32").figure(Bars.STEP), 9.5);

        List<List<String>> rows = rows(Driver.CUDA, figures);

        String what = "Res16UNet34C, 61,248 voxels, maps given: training step, TF32, ";
        assertThat(row(rows, what + "CUDA")).endsWith("at most 10 ms", "9.5 ms", "met");
        assertThat(row(rows, what + "OpenCL"))
                .endsWith("at most 11 ms", row(rows, what + "OpenCL").get(2), "");
        assertThat(row(rows, what + "OpenCL").get(2)).startsWith("not measured: ");
    }

    /** What StepPart names a row after, so that none of them is written by nobody. */
    @Test
    void everyBarOfAStepIsMeasuredByARunOnACardWithBothDrivers() {
        DeviceKeys card = DeviceKeys.of("gpu");
        for (Driver first : Driver.values()) {
            Drivers drivers = new Drivers(first, card, Optional.of(card), "");
            List<String> measured = BenchRun.all(drivers, false).stream()
                    .flatMap(run -> run.rows().stream().map(run.way()::figure))
                    .toList();

            List<String> wanted = new Bars(first)
                    .all().stream()
                            .flatMap(bar -> Stream.concat(Stream.of(bar.figure()), bar.over().stream()))
                            .filter(name -> Stream.of(PeerPart.FIGURE, Bars.RUN, Bars.SPREADS, Bars.ROUNDED)
                                    .noneMatch(name::startsWith))
                            .toList();

            assertThat(measured).containsAll(wanted);
        }
    }

    @Test
    void whatIsNotThereSaysSoByItsName() {
        Drivers drivers = new Drivers(Driver.OPENCL, DeviceKeys.of("opencl"), Optional.empty(), "no CUDA here");
        Figures figures = new Figures();
        BenchRun.all(drivers, false).stream()
                .filter(run -> run.device().isEmpty())
                .forEach(run -> run.lack(figures, run.why()));

        List<List<String>> rows = rows(Driver.OPENCL, figures);

        assertThat(rows.stream().filter(row -> row.getFirst().contains("CUDA")))
                .hasSize(6)
                .allSatisfy(row -> assertThat(row.get(2)).isEqualTo("not measured: no CUDA here"));
    }

    @Test
    void theLimitsOfGraphsAndOfTheLargerRoomAreThere() {
        List<List<String>> rows = rows(Driver.OPENCL, new Figures());

        String step = "Res16UNet34C, 61,248 voxels, maps given: training step, ";
        assertThat(row(rows, step + "fp32, CUDA with graphs")).contains("at most 18 ms");
        assertThat(row(rows, step + "TF32, CUDA with graphs")).contains("at most 9 ms");
        assertThat(row(rows, step + "bf16, CUDA with graphs")).contains("at most 6 ms");
        String larger = "148,571 voxels in proportion: training step, ";
        assertThat(row(rows, larger + "fp32, OpenCL")).contains("at most 48.51 ms");
        assertThat(row(rows, larger + "TF32, OpenCL")).contains("at most 26.68 ms");
        assertThat(row(rows, larger + "bf16, OpenCL")).contains("at most 18.19 ms");
    }

    @Test
    void tf32IsComparedWithPyTorchsOwn() {
        Figures figures = new Figures();
        figures.put(Way.of(Driver.CUDA, "tf32").figure(Bars.STEP), 10);
        figures.put("torch/res16unet34c step tf32", 52);
        figures.lack("torch/res16unet34c step tf32, graph", "PyTorch: not recorded: an operator");

        List<List<String>> rows = rows(Driver.CUDA, figures);

        assertThat(row(rows, "training step against PyTorch's best eager form, TF32"))
                .endsWith("5.2 times", "met");
        assertThat(row(rows, "the same against its graph, TF32"))
                .contains("not measured: PyTorch: not recorded: an operator");
    }

    @Test
    void theFarGoalIsANoteThatNobodyFailsBy() {
        Bar bar = Bar.farGoal("step", "step", 8);
        Figures figures = new Figures();
        figures.put("step", 12);

        assertThat(bar.counts()).isFalse();
        assertThat(bar.row(figures)).containsExactly("step", "far goal: 8 ms", "12 ms", "not reached");
    }

    @Test
    void aRunIsComparedByItsRate() {
        Figures figures = new Figures();
        figures.put("bare", 9);
        figures.put("loop", 10);

        assertThat(Bar.rate("loop", "loop", "bare", 0.9).row(figures))
                .containsExactly("loop", "at least 0.9 of its rate", "0.9", "met");
    }

    @Test
    void roundingIsComparedWithPyTorchsOwn() {
        Figures figures = new Figures();
        figures.ratio(Bars.ROUNDED + "gradient bf16", 0.03);
        figures.ratio(RoundingPart.torch("gradient bf16"), 0.02);

        assertThat(row(rows(Driver.CUDA, figures), "relative difference of the gradient to fp32's, bf16"))
                .endsWith("at most 2 times PyTorch's", "1.5 times", "met");
    }
}
