package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.scenecontexts.runtime.execute.LocalExecutor;
import picocli.CommandLine;

/**
 * What {@code csc} did with the plugins of the assembled distribution in the process of the test, which saves the start of
 * another ({@link DistributionProcess}).
 *
 * @param exitCode of the command
 * @param said on both streams
 */
record InProcess(int exitCode, String said) {

    private static final List<Path> PLUGINS = List.of(DistributionProcess.DIST.resolve("plugins"));

    /** Runs a command to its end. */
    static InProcess csc(String... arguments) {
        return csc(Map.of(), arguments);
    }

    /** The same with environment variables. */
    static InProcess csc(Map<String, String> environment, String... arguments) {
        StringWriter said = new StringWriter();
        CommandLine csc = Main.commandLine(new Host(environment, PLUGINS, LocalExecutor::new));
        csc.setOut(new PrintWriter(said));
        csc.setErr(new PrintWriter(said));
        return new InProcess(csc.execute(arguments), said.toString());
    }

    /** What it said; the test fails unless it ended with exit code 0. */
    String succeeded() {
        assertThat(exitCode).as("%s", said).isZero();
        return said;
    }
}
