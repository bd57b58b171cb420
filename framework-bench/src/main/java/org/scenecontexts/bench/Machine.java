package org.scenecontexts.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.engine.cpu.Simd;

/**
 * What figures were measured on; a time without its machine says nothing.
 *
 * @param date day of the measurement, UTC
 * @param processor its model, as the system names it
 * @param cores processors that the JVM sees
 * @param memoryBytes memory of the machine
 * @param java vendor and version
 * @param jvmOptions options that the JVM was started with, paths left out
 * @param csc version of this program
 * @param engine what the CPU engine chose, or the device that was measured
 * @since 0.1
 */
public record Machine(
        String date,
        String processor,
        int cores,
        long memoryBytes,
        String java,
        List<String> jvmOptions,
        String csc,
        String engine) {

    private static final Path CPU = Path.of("/proc/cpuinfo");

    public Machine {
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** This machine, today, with the engine of its processor. */
    public static Machine here(String csc) {
        return here(csc, Simd.choose().kernels(Parallel.sequential()).description());
    }

    /**
     * This machine, today.
     *
     * @param engine what was measured
     * @since 0.2
     */
    public static Machine here(String csc, String engine) {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                LocalDate.now(ZoneOffset.UTC).toString(),
                model(),
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize(),
                System.getProperty("java.vendor") + " " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch"),
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(option -> !option.contains("/") && !option.contains("\\"))
                        .filter(option -> !option.startsWith("-Xlog") && !option.contains("SharedArchive"))
                        .toList(),
                csc,
                engine);
    }

    private static String model() {
        String arch = System.getProperty("os.arch");
        if (!Files.isReadable(CPU)) {
            return arch;
        }
        try {
            List<String> lines = Files.readAllLines(CPU, StandardCharsets.UTF_8);
            String model = value(lines, "model name", arch);
            String family = value(lines, "cpu family", "");
            return family.isEmpty()
                    ? model
                    : model + " (family " + family + ", model " + value(lines, "model", "?") + ")";
        } catch (IOException e) {
            return arch;
        }
    }

    private static String value(List<String> lines, String key, String otherwise) {
        return lines.stream()
                .filter(line -> line.split(":", 2)[0].strip().equals(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(otherwise);
    }
}
