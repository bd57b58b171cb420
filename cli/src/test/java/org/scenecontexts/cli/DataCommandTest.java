package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.runtime.execute.LocalExecutor;
import picocli.CommandLine;

/** What {@code csc data inspect} prints and writes. */
class DataCommandTest {

    @TempDir
    Path folder;

    private final StringWriter said = new StringWriter();

    private int csc(String... arguments) {
        CommandLine csc = Main.commandLine(new Host(Map.of(), List.of(), LocalExecutor::new));
        csc.setOut(new PrintWriter(said));
        csc.setErr(new PrintWriter(said));
        return csc.execute(arguments);
    }

    private Path cloud(String name) throws IOException {
        Path file = folder.resolve("real").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "x,y,z,label\n0,0,0,1\n2000,0,0,1\n0,3000,2500,4\n");
    }

    @Test
    void cloudsOfALinkedFolderAreToldAndDrawn() throws IOException {
        cloud("a.csv");
        cloud("b.csv");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
        Path pictures = folder.resolve("pictures");
        int code = csc("data", "inspect", link.toString(), "--scenes", "1", "--out", pictures.toString());
        assertThat(code).as("%s", said).isZero();
        assertThat(said.toString())
                .contains("a.csv", "points     3", "1 2 (66.7%), 4 1 (33.3%)", "warning: ", "millimetre")
                .contains("and 1 more: --scenes 2 shows all")
                .doesNotContain("b.csv");
        assertThat(pictures.resolve("a.csv.png")).isNotEmptyFile();
    }

    @Test
    void whatIsNoCloudIsRefused() throws IOException {
        Files.writeString(folder.resolve("notes.md"), "nothing");
        assertThat(csc("data", "inspect", folder.toString())).isEqualTo(1);
        assertThat(said.toString()).contains("no file of it is a cloud", "--data");
    }

    @Test
    void pathAndDataTogetherAreRefused() {
        assertThat(csc("data", "inspect")).isEqualTo(2);
        assertThat(said.toString()).contains("name a PATH or --data");
    }
}
