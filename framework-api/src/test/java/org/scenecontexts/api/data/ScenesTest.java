package org.scenecontexts.api.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Scenes that are put together keep what all have and confuse no objects. */
class ScenesTest {

    private static Scene scene(String id, int instance, double offset) {
        return new Scene(
                        id,
                        new float[] {0, 0, 0, 1, 1, 1},
                        new float[6],
                        new float[0],
                        new int[] {0, 1},
                        new int[] {instance, Labels.NO_INSTANCE},
                        List.of(new Box(0, 0, 0, 1, 1, 1, 0, 0, instance)))
                .withPoints(new Attribute.Floats("time", 1, new float[] {1, 2}, offset));
    }

    @Test
    void pointsFollowInOrderWithWhatAllHave() {
        Scene second = scene("b", 0, 0).withColours(new float[0]).withPoints(new Attribute.Ints("ring", 1, new int[2]));
        Scene both = Scenes.stacked("mixed", List.of(scene("a", 0, 0), second));
        assertThat(both.id()).isEqualTo("mixed");
        assertThat(both.size()).isEqualTo(4);
        assertThat(both.labels()).containsExactly(0, 1, 0, 1);
        assertThat(both.hasColours()).isFalse();
        assertThat(both.attributes().points().keySet()).containsExactly("time");
    }

    @Test
    void objectsOfDifferentScenesStayDifferent() {
        Scene both = Scenes.stacked("mixed", List.of(scene("a", 3, 0), scene("b", 0, 0)));
        assertThat(both.instances()).containsExactly(3, Labels.NO_INSTANCE, 4, Labels.NO_INSTANCE);
        assertThat(both.boxes()).extracting(Box::instance).containsExactly(3, 4);
    }

    @Test
    void numbersRelativeToDifferentOffsetsBecomeRelativeToOne() {
        Scene both = Scenes.stacked("mixed", List.of(scene("a", 0, 1000), scene("b", 0, 1005)));
        Attribute.Floats time = (Attribute.Floats) both.ofPoints("time");
        assertThat(time.offset()).isEqualTo(1000);
        assertThat(time.values()).containsExactly(1, 2, 6, 7);
    }
}
