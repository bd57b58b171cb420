package org.scenecontexts.benchmarks.gpu;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the packed {@code csc} as users do, and other programs, in processes of their own, which end at the deadline.
 *
 * @param deadline of everything
 */
record CscProcess(CheckOptions options, Deadline deadline) {

    private static final int MOST_SECONDS = 600;
    private static final double MILLI = 1e3;

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
    Said run(List<String> command, Path folder) throws IOException {
        return run(command, folder, MOST_SECONDS);
    }

    /**
     * Runs any command to the end, in a folder.
     *
     * @param most seconds that it may take
     * @throws LateException when the deadline has come before its end
     */
    Said run(List<String> command, Path folder, int most) throws IOException {
        double seconds = deadline.secondsLeft(most);
        if (seconds <= 0) {
            throw new LateException(deadline.reason());
        }
        Path program = Path.of(command.getFirst()).getFileName();
        Path said = Files.createTempFile(folder, "said-", ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            if (!process.waitFor((long) (seconds * MILLI), TimeUnit.MILLISECONDS)) {
                if (deadline.isOver()) {
                    throw new LateException(deadline.reason() + " while " + program + " ran");
                }
                throw new IOException(program + " was ended after " + most + " seconds; it had said: "
                        + new Said(-1, Files.readString(said)).end());
            }
            return new Said(process.exitValue(), Files.readString(said));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + command, e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.deleteIfExists(said);
        }
    }

    /** The Java that runs this program, and everything else here. */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
