package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference pages of the manual are those that the plugins of the distribution give. */
class ReferencePagesIT {

    private static final Path COMMITTED = Path.of("..", "docs", "reference");

    @Test
    void committedPagesAreThoseOfTheCode(@TempDir Path folder) throws IOException, InterruptedException {
        new DistributionProcess(folder)
                .csc(60, "plugins", "docs", folder.resolve("pages").toString());

        Map<String, String> written = texts(folder.resolve("pages"));
        assertThat(written).containsKeys("README.md", "backbone.md", "dataset.md", "loss.md");
        assertThat(texts(COMMITTED))
                .as("docs/reference is out of date: run ./csc plugins docs docs/reference and commit what changed")
                .isEqualTo(written);
    }

    private static Map<String, String> texts(Path folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
    }
}
