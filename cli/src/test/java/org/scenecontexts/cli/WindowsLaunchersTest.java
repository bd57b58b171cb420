package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scenecontexts.testing.TestFiles;

/**
 * The launchers for Windows, which no build runs: what one of them does about the JDK the other does too, and labels are
 * found, which {@code cmd} does not promise where lines end as on Linux.
 */
class WindowsLaunchersTest {

    private static final String TRY = ":try";

    @Test
    void bothTakeTheSameJdks() throws IOException {
        List<String> clone = lines("csc.cmd");
        List<String> download = lines("cli/src/main/dist/bin/csc.cmd");
        assertThat(clone.subList(clone.indexOf(TRY), clone.size()))
                .contains("exit /b 0")
                .isEqualTo(download.subList(download.indexOf(TRY), download.size()));
        assertThat(download).containsSubsequence(search(clone));
    }

    /** From the first try to the last place that is looked at. */
    private static List<String> search(List<String> lines) {
        int first = lines.indexOf("if defined JAVA_HOME call :try \"%JAVA_HOME%\"");
        assertThat(first).isPositive();
        return lines.subList(first, lines.indexOf("if not defined FOUND (") + 1);
    }

    @Test
    void theirLinesEndAsOnWindows() throws IOException {
        assertThat(Files.readString(TestFiles.root().resolve(".gitattributes"))).contains("*.cmd text eol=crlf");
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(TestFiles.root().resolve(file));
    }
}
