package org.scenecontexts.io.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;

/** Formats that plugins bring are chosen by how a file starts, then by its extension, and never in place of our own. */
class CloudReaderTest {

    @TempDir
    Path folder;

    private static final class Reader implements CloudReader {
        @Override
        public String name() {
            return "toy scan";
        }

        @Override
        public String summary() {
            return "For tests.";
        }

        @Override
        public List<String> extensions() {
            return List.of("toy", "ply");
        }

        @Override
        public boolean recognises(byte[] start) {
            return new String(start, StandardCharsets.US_ASCII).startsWith("TOY");
        }

        @Override
        public PointCloud read(Path file) throws IOException {
            String text = Files.readString(file);
            if (text.contains("bad")) {
                throw new ArrayIndexOutOfBoundsException(7);
            }
            float[] x = new float[text.length()];
            return PointCloud.of(file.toString(), Column.of("x", x), Column.of("y", x), Column.of("z", x));
        }
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static PointCloud read(Path file) {
        return CloudFiles.read(file, List.of(new Reader()));
    }

    @Test
    void anExtensionOrTheFirstBytesChooseTheReader() throws IOException {
        assertThat(read(file("a.toy", "abc")).size()).isEqualTo(3);
        assertThat(read(file("a.xyz", "TOY!")).size()).isEqualTo(4);
    }

    @Test
    void ourOwnFormatsStayOurs() throws IOException {
        Path ply = folder.resolve("b.ply");
        CloudFiles.write(ply, PointCloud.of("b", Column.of("x", new float[] {5})));
        assertThat(read(ply).column("x").values().floats()).containsExactly(5);
        assertThat(read(file("c.xyz", "1 2 3\n")).size()).isEqualTo(1);
    }

    @Test
    void aReaderThatFailsIsNamedWithTheFile() throws IOException {
        Path file = file("a.toy", "bad");
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("a.toy: the reader 'toy scan' failed")
                .hasMessageContaining("Index");
        Path none = file("none.toy", "");
        assertThatThrownBy(() -> read(none)).hasMessageContaining("holds no points");
    }

    @Test
    void anUnknownFileNamesTheFormatsOfPluginsToo() throws IOException {
        Path file = file("a.what", "abc");
        assertThatThrownBy(() -> read(file)).hasMessageContaining("with plugins also toy scan (toy, ply)");
    }
}
