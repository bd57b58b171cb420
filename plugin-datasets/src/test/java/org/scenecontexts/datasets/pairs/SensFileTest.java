package org.scenecontexts.datasets.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

/** Recordings against what the published reader makes of them (goldens sens/). */
class SensFileTest {

    private static final String TINY = "more/sens/tiny.sens";

    @TempDir
    private Path folder;

    @Test
    void depthsAreThoseThatWereRecorded() {
        try (SensFile sens = SensFile.open(TestFiles.golden(TINY));
                Npz golden = Npz.open(TestFiles.golden("more/sens/tiny_arrays.npz"))) {
            NpArray written = golden.get(golden.names().stream()
                    .filter(n -> n.startsWith("depth"))
                    .findFirst()
                    .orElseThrow());
            int[] expected = written.ints();
            int size = sens.header().depthWidth() * sens.header().depthHeight();
            assertThat(sens.size()).isEqualTo(expected.length / size);
            for (int i = 0; i < sens.size(); i++) {
                short[] depth = sens.depth(i, sens.frame(i));
                int[] found = new int[size];
                for (int p = 0; p < size; p++) {
                    found[p] = Short.toUnsignedInt(depth[p]);
                }
                assertThat(found).containsExactly(Arrays.copyOfRange(expected, i * size, (i + 1) * size));
            }
        }
    }

    @Test
    void aRecordingThatWasCutOffSaysWhere() throws IOException {
        byte[] whole = Files.readAllBytes(TestFiles.golden(TINY));
        Path cut = folder.resolve("cut.sens");
        Files.write(cut, Arrays.copyOf(whole, whole.length - 100));
        assertThatThrownBy(() -> SensFile.open(cut))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("cut.sens")
                .hasMessageContaining("of frame")
                .hasMessageContaining("incomplete");
    }

    @Test
    void everyPrefixOfARecordingIsRefusedWithoutCrashing() throws IOException {
        byte[] whole = Files.readAllBytes(TestFiles.golden(TINY));
        Path cut = folder.resolve("cut.sens");
        for (int length = 0; length < whole.length; length += 97) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SensFile.open(cut)).as("%d bytes", length).isInstanceOf(CloudException.class);
        }
    }

    @Test
    void anotherVersionIsNamed() throws IOException {
        byte[] bytes = Files.readAllBytes(TestFiles.golden(TINY));
        bytes[0] = 5;
        Path other = folder.resolve("other.sens");
        Files.write(other, bytes);
        assertThatThrownBy(() -> SensFile.open(other)).hasMessageContaining("found version 5");
    }
}
