package org.scenecontexts.kernels.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.scenecontexts.kernels.machine.Assembler.Width;

/**
 * Says which of the instructions that we can write this machine may run.
 *
 * @param widths the vector widths that can be used, the widest last
 * @param reason why there are none; empty if there are some
 */
record Processor(List<Width> widths, String reason) {

    private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");

    /** Looks at this machine. Linux lists what both the processor and the kernel support. */
    static Processor ofThisMachine() {
        String system = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
        if (!system.equals("Linux on amd64")) {
            return new Processor(List.of(), "code is written for Linux on amd64 only, this is " + system);
        }
        try {
            return of(Files.readAllLines(DESCRIPTION));
        } catch (IOException e) {
            return new Processor(List.of(), "cannot read " + DESCRIPTION + ": " + e.getMessage());
        }
    }

    /** Reads the lines of {@code /proc/cpuinfo}. */
    static Processor of(List<String> description) {
        Set<String> flags = Set.of(description.stream()
                .filter(line -> line.startsWith("flags"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).trim().split("\\s+"))
                .stream()
                .flatMap(Arrays::stream)
                .distinct()
                .toArray(String[]::new));
        List<Width> widths = new ArrayList<>();
        if (flags.contains("avx2") && flags.contains("fma")) {
            widths.add(Width.YMM);
            if (flags.contains("avx512f")) {
                widths.add(Width.ZMM);
            }
        }
        return new Processor(List.copyOf(widths), widths.isEmpty() ? "the processor has no AVX2 with FMA" : "");
    }
}
