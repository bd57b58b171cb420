package org.scenecontexts.runtime.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.runtime.pipeline.Tta;

/** What is said of a view is brought back to the scene as it is. */
class SceneViewTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 90", "-1, 1, 1, 0", "1, -1, 1.2, 30", "-1, 1, 0.9, 200"})
    void anOffsetInAViewIsTheOffsetOfTheScene(int mirrorX, int mirrorY, double scale, double degrees) {
        SceneView view = new SceneView(mirrorX, mirrorY, scale, Math.toRadians(degrees));
        Scene scene = Scene.ofPositions("test", new float[] {1, 2, 3, 1.5f, 2.25f, 3.5f});
        float[] seen = view.seen(scene, 0.5, 0.25).positions();
        // The vector from the first point to the second, after a number of something else.
        float[] values = {7, seen[3] - seen[0], seen[4] - seen[1], seen[5] - seen[2]};
        view.vectorsBack(values, 4, List.of(1));
        assertThat(values).containsExactly(new float[] {7, 0.5f, 0.25f, 0.5f}, within(1e-5f));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 90", "-1, 1, 1, 0", "1, -1, 1.2, 30", "-1, 1, 0.9, 200"})
    void theCornersOfABoxComeBack(int mirrorX, int mirrorY, double scale, double degrees) {
        SceneView view = new SceneView(mirrorX, mirrorY, scale, Math.toRadians(degrees));
        double heading = 0.4;
        // The box as the network would see it: centre and the end of its first axis, moved like points.
        float[] centre = {2, 1, 1};
        float[] end = {2 + (float) Math.cos(heading), 1 + (float) Math.sin(heading), 1};
        float[] c = view.seen(Scene.ofPositions("c", centre), 5, -1).positions();
        float[] e = view.seen(Scene.ofPositions("e", end), 5, -1).positions();
        Box seen =
                new Box(c[0], c[1], c[2], 2 * scale, 0.5 * scale, scale, Math.atan2(e[1] - c[1], e[0] - c[0]), 3, -1);
        Box back = view.back(seen, 5, -1);
        assertThat(back.centreX()).isCloseTo(2, within(1e-5));
        assertThat(back.centreY()).isCloseTo(1, within(1e-5));
        assertThat(back.centreZ()).isCloseTo(1, within(1e-5));
        assertThat(back.sizeX()).isCloseTo(2, within(1e-5));
        assertThat(back.sizeZ()).isCloseTo(1, within(1e-5));
        // A box is the same after half a turn.
        assertThat(Math.abs(Math.sin(back.heading() - heading))).isLessThan(1e-5);
    }

    @Test
    void everyCombinationIsSeenAndTheSceneAsItIsFirst() {
        List<SceneView> views = SceneView.all(Optional.of(new Tta(true, List.of(90.0, 0.0, 180.0), List.of(0.9, 1.0))));
        assertThat(views).hasSize(18).doesNotHaveDuplicates();
        assertThat(views.getFirst()).isEqualTo(SceneView.PLAIN);
        assertThat(SceneView.all(Optional.empty())).containsExactly(SceneView.PLAIN);
    }

    @Test
    void oneViewAloneIsRefused() {
        assertThatThrownBy(() -> new Tta(false, List.of(0.0), List.of(1.0)))
                .hasMessageContaining("names no view beside the scene as it is");
    }
}
