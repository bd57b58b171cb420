package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorded command is one that a shell of another machine takes. */
class CommandTextTest {

    @TempDir
    private Path folder;

    @Test
    void wordsAreQuotedWhereAShellWouldChangeThem() {
        assertThat(CommandText.of(List.of("csc", "run", "a b.yaml", "--set", "matrix.points=[20, 50]", "it's")))
                .isEqualTo("csc run 'a b.yaml' --set 'matrix.points=[20, 50]' 'it'\\''s'");
        assertThat(CommandText.of(List.of("--set", "a.b=c.yaml"))).isEqualTo("--set a.b=c.yaml");
    }

    @Test
    void aPathInTheWorkingFolderIsWrittenFromThere() {
        Path file = Path.of("examples", "quickstart.yaml");
        assertThat(CommandText.path(file.toAbsolutePath())).isEqualTo("examples/quickstart.yaml");
    }

    @Test
    void onlyVariablesThatThePipelineReadsAndThatAreSetAreNamed() throws IOException {
        Path pipeline = Files.writeString(
                folder.resolve("p.yaml"), "a: ${env:B}/${env:A}\nb: ${env:UNSET:x}\n# ${env:COMMENT}\n");
        assertThat(CommandText.variables(pipeline, Map.of("A", "1", "B", "2", "COMMENT", "3", "OTHER", "4")))
                .containsExactly("A", "B");
    }
}
