package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code csc} of the assembled distribution in a process of its own: the class path of the tests has toy plugins.
 *
 * @param folder working folder of the process; what it says is kept there
 */
record DistributionProcess(Path folder) {

    /** The distribution that the build assembled. */
    static final Path DIST = Path.of("target", "dist").toAbsolutePath();

    /**
     * What a process wrote.
     *
     * @param out to its standard output
     * @param err to its standard error
     */
    record Said(String out, String err) {
        String all() {
            return out + err;
        }
    }

    /**
     * Runs to the end, which has to come in time and with exit code 0.
     */
    Said csc(long seconds, String... arguments) throws IOException, InterruptedException {
        List<String> command = command(arguments);
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process csc = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(csc.waitFor(seconds, TimeUnit.SECONDS))
                .as("csc %s ends within %d seconds", String.join(" ", arguments), seconds)
                .isTrue();
        Said said = new Said(Files.readString(out), Files.readString(err));
        assertThat(csc.exitValue()).as(said.all()).isZero();
        return said;
    }

    /**
     * Starts without waiting.
     *
     * @param said file that gets what it writes, on either stream
     */
    Process start(Path said, String... arguments) throws IOException {
        return new ProcessBuilder(command(arguments))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + DIST.resolve("jvm.options"),
                "-Dcsc.home=" + DIST,
                "-Dcsc.plugins=" + folder.resolve("no-plugins"),
                "-cp",
                DIST.resolve("lib") + "/*",
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
