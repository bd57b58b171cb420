package org.scenecontexts.benchmarks.gpu;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the packed {@code csc} as users do, in processes of its own. */
record CscProcess(CheckOptions options) {

    private static final long MOST_SECONDS = 600;

    /**
     * What a call came to.
     *
     * @param code exit code
     * @param said everything that it wrote
     */
    record Said(int code, String said) {

        /** The end of what was written, in one line. */
        String end() {
            String flat = said.strip().replaceAll("\\s+", " ");
            return flat.length() > 300 ? "..." + flat.substring(flat.length() - 300) : flat;
        }
    }

    /** What paths of this machine begin with, which belong on no page. */
    String folder() {
        return options.pack().toString();
    }

    /** Runs {@code csc} to the end. */
    Said csc(String... arguments) throws IOException {
        Path dist = options.pack().resolve("dist");
        List<String> command = new ArrayList<>(List.of(
                java().toString(),
                "@" + dist.resolve("jvm.options"),
                "-Dcsc.home=" + dist,
                "-Dcsc.plugins=" + dist.resolve("none")));
        command.addAll(List.of("-cp", dist.resolve("lib") + File.separator + "*", "org.scenecontexts.cli.Main"));
        command.addAll(List.of(arguments));
        return run(command, options.work());
    }

    /** Runs any command to the end, in a folder. */
    static Said run(List<String> command, Path folder) throws IOException {
        Path said = Files.createTempFile(folder, "said-", ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(command.getLast() + " was ended after " + MOST_SECONDS + " seconds");
            }
            return new Said(process.exitValue(), Files.readString(said));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + command, e);
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(said);
        }
    }

    /** The Java that runs this program, and everything else here. */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
