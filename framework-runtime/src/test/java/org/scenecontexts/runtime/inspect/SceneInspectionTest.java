package org.scenecontexts.runtime.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.io.cloud.CloudScenes;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.PointCloud;

/** What a scene says about itself, and what looks wrong. */
class SceneInspectionTest {

    /** A floor of 4 m by 3 m and a wall of 2.5 m along x, with up along the given axis. */
    private static Scene room(int up) {
        SplittableRandom random = new SplittableRandom(1);
        float[] positions = new float[3 * 3000];
        int[] axes = {(up + 1) % 3, (up + 2) % 3, up};
        for (int i = 0; i < 3000; i++) {
            boolean floor = i < 2000;
            positions[3 * i + axes[0]] = (float) (4 * random.nextDouble());
            positions[3 * i + axes[1]] = floor ? (float) (3 * random.nextDouble()) : 3;
            positions[3 * i + axes[2]] = floor ? 0 : i == 2999 ? 2.5f : (float) (2.5 * random.nextDouble());
        }
        return Scene.ofPositions("room", positions);
    }

    @Test
    void countsClassesAndObjectsAreTold() {
        int[] labels = new int[3000];
        int[] instances = new int[3000];
        java.util.Arrays.fill(labels, 2000, 3000, 1);
        java.util.Arrays.fill(instances, 0, 2000, -1);
        java.util.Arrays.fill(instances, 2000, 2010, 4);
        labels[0] = -1;
        SceneInspection found = SceneInspection.of(
                room(2).withLabels(labels).withInstances(instances), SceneClasses.of(List.of("floor", "wall")));
        assertThat(found.facts()).containsEntry("points", "3,000");
        assertThat(found.facts().get("classes"))
                .isEqualTo("floor 1,999 (66.6%), wall 1,000 (33.3%), without a class 1 (0.0%)");
        assertThat(found.facts().get("instances")).isEqualTo("2, of 10 to 990 points, half of them of 990 or more");
        assertThat(found.facts().get("extent")).startsWith("4.00 x 3.00 x 2.50 m");
        assertThat(found.warnings()).isEmpty();
    }

    @Test
    void aRoomThatLiesOnItsSideIsSaid() {
        assertThat(SceneInspection.of(room(1), SceneClasses.none()).warnings())
                .singleElement()
                .asString()
                .contains("as if y were up", "a guess");
    }

    @Test
    void pointsWithoutAFinitePositionAreSaidAndCountForNothing() {
        float[] positions = room(2).positions().clone();
        positions[0] = Float.POSITIVE_INFINITY;
        positions[4] = Float.NaN;
        Scene scene = Scene.ofPositions("holes", positions);

        SceneInspection found = SceneInspection.of(scene, SceneClasses.none());

        assertThat(found.facts().get("extent")).startsWith("4.00 x 3.00 x 2.50 m");
        assertThat(found.warnings()).singleElement().asString().contains("holes: 2 of 3,000 points have no finite");
        assertThat(TopView.of(scene).getWidth()).isEqualTo(TopView.SIDE);
    }

    @Test
    void aSceneWithoutASinglePointIsSaid() {
        Scene scene = Scene.ofPositions("nothing", new float[0]);

        SceneInspection found = SceneInspection.of(scene, SceneClasses.none());

        assertThat(found.facts()).containsEntry("points", "0").doesNotContainKey("extent");
        assertThat(found.warnings()).singleElement().asString().contains("nothing can be learnt of it");
        assertThat(TopView.of(scene).getWidth()).isEqualTo(1);
    }

    @Test
    void millimetresAreSaid() {
        float[] positions = room(2).positions().clone();
        for (int i = 0; i < positions.length; i++) {
            positions[i] *= 1000;
        }
        assertThat(SceneInspection.of(Scene.ofPositions("mm", positions), SceneClasses.none())
                        .warnings())
                .anySatisfy(warning -> assertThat(warning).contains("millimetre"));
    }

    @Test
    void fieldsThatLookLikeClassesAreCounted() {
        PointCloud cloud = PointCloud.of(
                "a.ply",
                Column.of("x", new float[] {0, 1, 2}),
                Column.of("y", new float[] {0, 1, 2}),
                Column.of("z", new float[] {0, 0, 0}),
                Column.of("Classification", new float[] {2, 2, 6}),
                Column.of("intensity", new float[] {0.5f, 1, 2}));
        SceneInspection found =
                SceneInspection.of(cloud, CloudScenes.convert(cloud, "a").scene());
        assertThat(found.facts().get("classes")).isEqualTo("(field 'Classification') 2 2 (66.7%), 6 1 (33.3%)");
        assertThat(found.facts().get("fields")).contains("intensity float32");
    }

    @Test
    void thePictureShowsTheHighestPointWhereItIs() {
        // A red point above a green one at the left, a blue one at the top right.
        Scene scene = Scene.ofPositions("three", new float[] {0, 0, 0, 0, 0, 1, 2, 1, 0})
                .withColours(new float[] {0, 255, 0, 255, 0, 0, 0, 0, 255});
        BufferedImage picture = TopView.of(scene);
        assertThat(picture.getWidth()).isEqualTo(TopView.SIDE);
        assertThat(picture.getRGB(0, picture.getHeight() - 1) & 0xFFFFFF).isEqualTo(0xFF0000);
        assertThat(picture.getRGB(TopView.SIDE - 1, 0) & 0xFFFFFF).isEqualTo(0x0000FF);
    }
}
