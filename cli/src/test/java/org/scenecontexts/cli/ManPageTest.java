package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ManPageTest {

    private static CommandLine csc() {
        return Main.commandLine(Host.system());
    }

    @Test
    void thereIsAPageForEveryCommandThatHelpNames(@TempDir Path folder) throws IOException {
        CommandLine csc = csc();
        StringWriter said = new StringWriter();
        csc.setOut(new PrintWriter(said));
        assertThat(csc.execute("man", folder.toString())).isZero();
        List<String> names;
        try (Stream<Path> files = Files.list(folder)) {
            names = files.map(file -> file.getFileName().toString()).toList();
        }
        assertThat(names).contains("csc.1", "csc-run.1", "csc-plugins-list.1", "csc-weights-convert.1");
        csc.getSubcommands().forEach((name, sub) -> assertThat(names).contains("csc-" + name + ".1"));
        assertThat(said.toString()).contains("wrote " + names.size() + " pages");
    }

    @Test
    void aPageHasEveryOptionWithItsChoicesAndDefault() {
        CommandLine predict = csc().getSubcommands().get("predict");
        String page = ManPage.of(predict.getCommandSpec());
        predict.getCommandSpec()
                .options()
                .forEach(option -> assertThat(page).contains(ManPage.escaped(option.longestName())));
        assertThat(page)
                .contains(".SH SYNOPSIS", "minus\\-y", "(default: 0.3)", "\\fICLOUD\\fR")
                .doesNotContain("${");
    }

    @Test
    void wordsThatRoffWouldTakeForCommandsStayWords() {
        assertThat(ManPage.escaped(".csc is a folder")).isEqualTo("\\&.csc is a folder");
        assertThat(ManPage.escaped("'csc' asks")).isEqualTo("\\&'csc' asks");
        assertThat(ManPage.escaped("C:\\csc --up")).isEqualTo("C:\\ecsc \\-\\-up");
    }
}
