package org.scenecontexts.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the resident memory of one row in a process of its own, which has the options of this one and does nothing
 * else.
 */
record BenchProcess(List<Path> pluginFolders, Path clouds) {

    /**
     * Runs a row a few times in a fresh process.
     *
     * @return its largest resident size, bytes
     * @throws IllegalStateException when it fails; the message says how
     */
    long residentBytes(String row, int threads) {
        List<String> command = command(row, threads);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String out;
            try (var in = process.getInputStream()) {
                out = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            }
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException("the process that measures the memory of '" + row + "' ended with code "
                        + code + " after writing '" + out + "'; --no-memory does without it");
            }
            return Long.parseLong(out.substring(out.lastIndexOf('\n') + 1));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.getFirst() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring the memory of '" + row + "'", e);
        }
    }

    private List<String> command(String row, int threads) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // A process that wrote the archive of classes at its end would need memory for that.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.equals("-XX:+AutoCreateSharedArchive"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "bench"));
        pluginFolders.forEach(folder -> command.addAll(List.of("--plugins", folder.toString())));
        command.addAll(List.of("--clouds", clouds.toString(), "--only", row, "--threads", Integer.toString(threads)));
        command.add("--resident");
        return command;
    }
}
