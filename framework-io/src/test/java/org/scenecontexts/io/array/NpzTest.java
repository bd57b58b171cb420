package org.scenecontexts.io.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.testing.TestFiles;

class NpzTest {

    @TempDir
    Path folder;

    private final Map<String, NpArray> arrays = new LinkedHashMap<>();

    {
        arrays.put("points", NpArray.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
        arrays.put("a/b", NpArray.of(new String[] {"x"}));
        arrays.put("n", NpArray.scalar(7));
    }

    @Test
    void storedAndDeflatedArchivesComeBackAsWritten() {
        Path stored = folder.resolve("stored.npz");
        Path deflated = folder.resolve("deflated.npz");
        Npz.write(stored, arrays);
        Npz.writeCompressed(deflated, arrays);
        for (Path file : new Path[] {stored, deflated}) {
            Map<String, NpArray> read = Npz.readAll(file);
            assertThat(read.keySet()).containsExactly("points", "a/b", "n");
            assertThat(read.get("points").floats()).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(read.get("a/b").strings()).containsExactly("x");
            assertThat(read.get("n").scalarInt()).isEqualTo(7);
        }
    }

    @Test
    void sameArraysGiveTheSameBytes() throws IOException {
        Path first = folder.resolve("first.npz");
        Path second = folder.resolve("second.npz");
        Npz.write(first, arrays);
        Npz.write(second, arrays);
        assertThat(first).hasSameBinaryContentAs(second);
    }

    @Test
    void aMissingArrayIsNamedTogetherWithThoseThatExist() {
        Path file = folder.resolve("some.npz");
        Npz.write(file, arrays);
        try (Npz npz = Npz.open(file)) {
            assertThatThrownBy(() -> npz.get("colours"))
                    .isInstanceOf(CloudException.class)
                    .hasMessageContaining("'colours'")
                    .hasMessageContaining("points, a/b, n");
        }
    }

    @Test
    void truncatedArchivesAreCloudExceptions() throws IOException {
        Path file = folder.resolve("whole.npz");
        Npz.writeCompressed(file, arrays);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 7) {
            Path cut = Files.write(folder.resolve("cut.npz"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Npz.readAll(cut)).isInstanceOf(CloudException.class);
        }
    }

    @Test
    void anArrayThatUnpacksToMoreThanMemoryIsRefusedBeforeItIsUnpacked() {
        Path file = folder.resolve("bomb.npz");
        Npz.writeCompressed(file, Map.of("points", NpArray.of(new float[1 << 21], 1 << 21)));
        assertThat(file.toFile().length()).isLessThan(1 << 14);
        try (Npz npz = Npz.open(file, 1 << 20)) {
            assertThatThrownBy(() -> npz.get("points"))
                    .isInstanceOf(CloudException.class)
                    .hasMessageContaining("bomb.npz (array 'points')")
                    .hasMessageContaining("unpacks to 8388736 bytes")
                    .hasMessageContaining("-Xmx");
        }
    }

    /** The central directory lies: four gigabytes from the few bytes that are there. */
    @Test
    void anArrayThatPromisesMoreThanAnyArchiveCanHoldIsRefused() throws IOException {
        Path file = folder.resolve("liar.npz");
        Npz.writeCompressed(file, Map.of("points", NpArray.of(new float[64], 64)));
        byte[] bytes = Files.readAllBytes(file);
        int directory = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
        Arrays.fill(bytes, directory + 24, directory + 28, (byte) 0x7f);
        Files.write(file, bytes);
        try (Npz npz = Npz.open(file)) {
            assertThatThrownBy(() -> npz.get("points"))
                    .isInstanceOf(CloudException.class)
                    .hasMessageContaining("liar.npz (array 'points')")
                    .hasMessageContaining("no archive can hold");
        }
    }

    @Test
    void archivesWrittenByNumPyAreRead() {
        try (Npz npz = Npz.open(TestFiles.golden("more/transforms.npz"))) {
            assertThat(npz.get("points").shape()).containsExactly(900, 3);
            assertThat(npz.get("elastic_list/draw_names").strings()).containsExactly("py_random", "randn", "randn");
            assertThat(npz.get("autocontrast_open/draw0_py_random").scalar()).isBetween(0.0, 1.0);
        }
    }
}
