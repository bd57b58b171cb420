package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code csc} of the assembled distribution in a process of its own: the class path of the tests has toy plugins.
 *
 * @param folder working folder of the process; what it says is kept there
 * @param environment variables that the process has beside those of the tests
 */
record DistributionProcess(Path folder, Map<String, String> environment) {

    /** The distribution that the build assembled. */
    static final Path DIST = Path.of("target", "dist").toAbsolutePath();

    DistributionProcess(Path folder) {
        this(folder, Map.of());
    }

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
        return ends(seconds, 0, arguments);
    }

    /**
     * Runs to the end, which has to come in time and with another exit code.
     *
     * @return all that it wrote
     */
    String fails(long seconds, int code, String... arguments) throws IOException, InterruptedException {
        return ends(seconds, code, arguments).all();
    }

    private Said ends(long seconds, int code, String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process csc = builder(arguments)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(csc.waitFor(seconds, TimeUnit.SECONDS))
                .as("csc %s ends within %d seconds", String.join(" ", arguments), seconds)
                .isTrue();
        Said said = new Said(Files.readString(out), Files.readString(err));
        assertThat(csc.exitValue()).as(said.all()).isEqualTo(code);
        return said;
    }

    /**
     * Starts without waiting.
     *
     * @param said file that gets what it writes, on either stream
     */
    Process start(Path said, String... arguments) throws IOException {
        return builder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }

    /** Without what the build puts into the environment of tests for Aparapi: users have none of it. */
    private ProcessBuilder builder(String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(command(arguments)).directory(folder.toFile());
        builder.environment().remove("LD_PRELOAD");
        builder.environment().putAll(environment);
        return builder;
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
