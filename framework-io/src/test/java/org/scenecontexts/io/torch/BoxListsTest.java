package org.scenecontexts.io.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.testing.TestFiles;

class BoxListsTest {

    private static Map<String, BoxLists.Kept> lists() {
        Map<String, BoxLists.Kept> lists = new LinkedHashMap<>();
        lists.put("scene0001_00", new BoxLists.Kept(new int[] {0, 2}, new int[] {1, 3}));
        lists.put("scene0002_01", new BoxLists.Kept(new int[] {0, 3}, new int[] {1, 4}));
        lists.put("scene0003_02", new BoxLists.Kept(new int[] {0, 4}, new int[] {1, 5}));
        return lists;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ndarray", "list"})
    void readsWhatPyTorchWrote(String kind) {
        assertThat(BoxLists.read(TestFiles.golden("more/bbox_list_" + kind + ".pth")))
                .isEqualTo(lists());
    }

    @Test
    void readsWhatItWrites(@TempDir Path folder) {
        Path file = folder.resolve("boxes.pth");
        BoxLists.write(file, lists());
        assertThat(BoxLists.read(file)).isEqualTo(lists());
    }

    @Test
    void aListOfPointsIsNone(@TempDir Path folder) {
        Path file = folder.resolve("points.pth");
        PointLists.write(file, Map.of("scene0001_00", new long[] {1, 2}));
        assertThatThrownBy(() -> BoxLists.read(file))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("points.pth: expected a scene with (rows of its boxes")
                .hasMessageContaining("'point-list'");
    }
}
