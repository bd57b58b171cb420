package org.scenecontexts.datasets.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.TestContext;

/** Scans and labels of SemanticKITTI as they are given out. */
class SemanticKittiTest {

    @TempDir
    private Path root;

    private Dataset data(Integer... sequences) {
        return new SemanticKittiFactory()
                .create(
                        new SemanticKittiFactory.Config(root, Optional.empty(), List.of(sequences), List.of()),
                        new TestContext());
    }

    private void scan(int sequence, int... labels) throws IOException {
        Path folder = root.resolve("sequences").resolve("0" + sequence);
        Folders.floats(folder.resolve("velodyne/000007.bin"), 1, 2, 3, 0.5f, 4, 5, 6, 0.25f, 7, 8, 9, 0);
        if (labels.length > 0) {
            Folders.ints(folder.resolve("labels/000007.label"), labels);
        }
    }

    @Test
    void theLowerHalfIsTheClassAndTheUpperTheObject() throws IOException {
        scan(8, 252 | 5 << 16, 40, 10 | 5 << 16);

        Dataset data = data(8);
        Scene scene = data.load(0).scene();

        assertThat(data.id(0)).isEqualTo("08_000007");
        assertThat(Arrays.stream(scene.labels()).mapToObj(data.classes().names()::get))
                .containsExactly("car", "road", "car");
        assertThat(scene.instances()).containsExactly(1, -1, 0);
        assertThat(scene.positions()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(scene.ofPoints("remission").floats()).containsExactly(0.5f, 0.25f, 0);
    }

    @Test
    void anObjectAboveTheSignBitIsOneToo() throws IOException {
        scan(8, 10 | 0xFFFF << 16, 30 | 0x8000 << 16, 0);

        assertThat(data(8).load(0).scene().instances()).containsExactly(1, 0, -1);
    }

    @Test
    void sequencesWithoutLabelsHaveNone() throws IOException {
        scan(9);

        assertThat(data(9).load(0).scene().labels()).isEmpty();
    }

    @Test
    void anUnknownClassIsRefused() throws IOException {
        scan(8, 40, 41, 40);

        assertThatThrownBy(() -> data(8).load(0))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("000007.label: point 1 has the number 41");
    }

    @Test
    void labelsOfAnotherScanAreRefused() throws IOException {
        scan(8, 40, 40);

        assertThatThrownBy(() -> data(8).load(0))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("has 8 bytes, but 3 points take 12");
    }

    @Test
    void aSequenceThatIsNotThereIsNamed() throws IOException {
        scan(8, 40, 40, 40);

        assertThatThrownBy(() -> data(8, 1))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining(Path.of("sequences", "01", "velodyne") + ": no such folder");
    }

    @Test
    void aSequenceThatIsNamedTwiceCountsOnce() throws IOException {
        scan(8, 40, 40, 40);

        assertThat(data(8, 8).size()).isEqualTo(1);
    }
}
