package org.scenecontexts.benchmarks.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RacecheckPartTest {

    private static final String CARD = """
              cuda (plugin 'plugin-opencl')
                used unless 'name' or 'card' says otherwise: card 0, NVIDIA H100 (NVIDIA, driver 580.65): 132 compute units
              gpu (plugin 'plugin-opencl')
                cuda: NVIDIA H100 (NVIDIA, driver 580.65): 132 compute units
            """;

    private static final String NO_CARD = """
              cuda (plugin 'plugin-opencl')
                not used: no CUDA: no libcuda.so.1
              opencl (plugin 'plugin-opencl')
                used unless 'name' or 'card' says otherwise: card 0, cpu (processor, PoCL, driver 5): 2 compute units
            """;

    @TempDir
    private Path pack;

    private RacecheckPart part(String device, String info) throws IOException {
        Files.createDirectories(pack.resolve("work"));
        Files.createDirectories(pack.resolve("tests"));
        Files.writeString(
                pack.resolve("tests").resolve("classes"),
                "org.one.DeviceSparseConvKernelsTest\norg.other.WideTilesTest\n");
        CheckOptions options =
                CheckOptions.of(List.of("--device", device), pack).orElseThrow();
        CscProcess csc = new CscProcess(options, Deadline.in(Optional.empty()));
        DeviceInfo known = new DeviceInfo(csc, DeviceKeys.of(device), new CscProcess.Said(0, info));
        return new RacecheckPart(options, csc, known, pack.resolve("bin").toString());
    }

    /** A program in the place of NVIDIA's, which says something and the arguments that it got. */
    private void tool(String said, int code) throws IOException {
        Path file = Files.createDirectories(pack.resolve("bin")).resolve("compute-sanitizer");
        Files.writeString(
                file,
                "#!/bin/sh\necho \"========= COMPUTE-SANITIZER\"\necho \"$@\"\necho \"" + said + "\"\nexit " + code
                        + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void oneSuiteRunsUnderTheToolWhoseLastLineIsReported() throws IOException {
        tool("========= RACECHECK SUMMARY: 0 hazards displayed (0 errors, 0 warnings)", 0);

        Outcome outcome = part("gpu", CARD).check(new Figures());

        assertThat(outcome.verdict()).isEqualTo(Outcome.Verdict.PASSED);
        assertThat(outcome.note())
                .isEqualTo(
                        "DeviceSparseConvKernelsTest under compute-sanitizer: RACECHECK SUMMARY: 0 hazards displayed (0 errors,"
                                + " 0 warnings)");
        assertThat(Files.readString(pack.resolve("work").resolve("racecheck.log")))
                .contains(
                        "--tool racecheck --target-processes all",
                        "-Dcsc.test.device=cuda",
                        "DeviceSparseConvKernelsTest")
                .doesNotContain("WideTilesTest");
    }

    @Test
    void aHazardIsAFault() throws IOException {
        tool("========= RACECHECK SUMMARY: 2 hazards displayed (2 errors, 0 warnings)", 0);

        assertThat(part("gpu", CARD).check(new Figures()).verdict()).isEqualTo(Outcome.Verdict.FAILED);
    }

    @Test
    void aToolThatComesToNothingIsToldWithWhatItSaid() throws IOException {
        tool("========= Error: Target application terminated before first instrumented API call", 1);

        Outcome outcome = part("gpu", CARD).check(new Figures());

        assertThat(outcome.verdict()).isEqualTo(Outcome.Verdict.NOT_DONE);
        assertThat(outcome.note()).contains("came to no summary: Error: Target application terminated");
    }

    @Test
    void withoutTheToolItSaysThatItWasNotFound() throws IOException {
        Outcome outcome = part("gpu", CARD).check(new Figures());

        assertThat(outcome.verdict()).isEqualTo(Outcome.Verdict.NOT_DONE);
        assertThat(outcome.note()).startsWith("compute-sanitizer was not found on the PATH");
    }

    @Test
    void withoutCudaThereIsNothingToCheck() throws IOException {
        assertThat(part("opencl", NO_CARD).check(new Figures()).note())
                .isEqualTo(
                        "compute-sanitizer is for CUDA, and CUDA does not offer 'cpu'; csc info: not used: no CUDA: no"
                                + " libcuda.so.1");
    }
}
