package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine csc =
            Main.commandLine(Host.system()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void versionNamesCscAndTheJavaItRunsOn() {
        assertThat(csc.execute("--version")).isZero();
        assertThat(out.toString()).startsWith("csc ").contains("Java " + Runtime.version());
    }

    @Test
    void helpSaysWhatCscIsFor() {
        assertThat(csc.execute("--help")).isZero();
        assertThat(out.toString()).contains("Usage: csc").contains("Data-efficient 3D scene understanding");
    }

    @Test
    void noCommandIsWrongUsage() {
        assertThat(csc.execute()).isEqualTo(2);
        assertThat(err.toString()).contains("Missing command");
    }

    @Test
    void unknownOptionIsWrongUsage() {
        assertThat(csc.execute("--wrong")).isEqualTo(2);
        assertThat(err.toString()).contains("--wrong");
    }
}
