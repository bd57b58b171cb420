package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.pipeline.PipelineLoader;
import org.scenecontexts.runtime.toy.Toys;

/** A stage runs again when a file that it reads has changed. */
class FingerprintsTest {

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void data() throws IOException {
        data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("a.txt"), "a");
    }

    private String fingerprint() {
        String yaml = Toys.TRAIN.replace("data: toy-data", "data: {type: toy-data, list: " + data + "}");
        return Fingerprints.of(
                new PipelineLoader(Toys.catalog(index -> {}), Map.of())
                        .load(SourceText.of("toys", yaml), List.of())
                        .orThrow()
                        .stages()
                        .getFirst(),
                id -> "");
    }

    @Test
    void aFileBehindALinkCountsLikeOneInTheFolder() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("disk2/rooms"));
        Files.writeString(elsewhere.resolve("b.txt"), "b");
        Files.createSymbolicLink(data.resolve("more"), elsewhere);
        String before = fingerprint();
        assertThat(fingerprint()).isEqualTo(before);
        Files.writeString(elsewhere.resolve("b.txt"), "longer");
        assertThat(fingerprint()).isNotEqualTo(before);
    }

    @Test
    void aLinkBackToItsFolderIsWalkedOnce() throws IOException {
        Files.createSymbolicLink(data.resolve("circle"), data);
        String before = fingerprint();
        Files.writeString(data.resolve("a.txt"), "longer");
        assertThat(fingerprint()).isNotEqualTo(before);
    }
}
