package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code csc plugins check} says what PluginCheckTest shows that it finds; NewPluginIT has sound jars. */
class PluginCheckCommandTest {

    @TempDir
    private Path temporary;

    /** A jar without a manifest entry of a plugin. */
    private Path library() throws IOException {
        Path jar = temporary.resolve("library.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("a.txt"));
            out.write('a');
            out.closeEntry();
        }
        return jar;
    }

    @Test
    void saysWhatIsWrongAndWhatToDoAndEndsWithOne() throws IOException {
        InProcess check = InProcess.csc("plugins", "check", library().toString());
        assertThat(check.exitCode()).isEqualTo(Failures.FAILED);
        assertThat(check.said()).contains("no Plugin-Id", "-> add Plugin-Id", "it cannot be used: 1 error above");
    }

    @Test
    void writesTheSameAsJson() throws IOException {
        InProcess check = InProcess.csc("plugins", "check", library().toString(), "--json");
        JsonNode report = new ObjectMapper().readTree(check.said());
        assertThat(check.exitCode()).isEqualTo(Failures.FAILED);
        assertThat(report.get("status").asText()).isEqualTo("failed");
        JsonNode problem = report.get("problems").get(0);
        assertThat(problem.get("severity").asText()).isEqualTo("error");
        assertThat(problem.get("reason").asText()).contains("no Plugin-Id");
        assertThat(problem.get("remedy").asText()).isNotBlank();
    }

    @Test
    void aFileThatIsNotThereIsWrongUsage() {
        InProcess check =
                InProcess.csc("plugins", "check", temporary.resolve("none.jar").toString());
        assertThat(check.exitCode()).isEqualTo(Failures.INVALID);
        assertThat(check.said()).contains("there is no file", "build the plugin first");
    }
}
