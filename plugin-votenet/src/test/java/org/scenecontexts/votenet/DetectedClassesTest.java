package org.scenecontexts.votenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.SceneClasses;

class DetectedClassesTest {

    private static final SceneClasses ROOM = SceneClasses.of(List.of("floor", "chair", "wall", "table"));

    @Test
    void classesWithoutBoxesAreLeftOutAndTheOthersNumbered() {
        DetectedClasses detected = DetectedClasses.of(ROOM, List.of("wall", "floor", "ceiling"));
        assertThat(detected.count()).isEqualTo(2);
        assertThat(detected.kind(3)).isEqualTo(1);
        assertThat(detected.kind(0)).isEqualTo(-1);
        assertThat(detected.labelled(new Box(0, 0, 0, 1, 1, 1, 0, 1, -1)).label())
                .isEqualTo(3);
    }

    @Test
    void aNameThatDoesNotExistIsRefusedWithThoseThatDo() {
        assertThatThrownBy(() -> DetectedClasses.of(ROOM, List.of("flor")))
                .hasMessageContaining("'flor'")
                .hasMessageContaining("floor, chair, wall, table");
    }

    @Test
    void withoutAnyClassThereIsNothingToDetect() {
        SceneClasses bare = SceneClasses.of(List.of("wall", "floor"));
        assertThatThrownBy(() -> DetectedClasses.of(bare, List.of("wall", "floor")))
                .hasMessageContaining("all of them under 'stuff'");
        assertThatThrownBy(() -> DetectedClasses.of(SceneClasses.none(), List.of()))
                .hasMessageContaining("no classes");
    }
}
