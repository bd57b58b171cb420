package org.scenecontexts.votenet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;

class SceneObjectsTest {

    private static final DetectedClasses CHAIR_AND_TABLE =
            DetectedClasses.of(SceneClasses.of(List.of("floor", "chair", "table")), List.of("floor"));

    /** Two points of one chair, one of the floor. */
    private static final Scene CHAIR = Scene.ofPositions("chair", new float[] {0, 0, 0, 2, 0, 1, 5, 5, 0})
            .withLabels(new int[] {1, 1, 0})
            .withInstances(new int[] {7, 7, -1});

    private static Box box(double x, double y, double z, double size, int label, int instance) {
        return new Box(x, y, z, size, size, size, 0, label, instance);
    }

    private static boolean votes(SceneObjects objects, Scene scene, int point, float[] votes) {
        int instance = scene.instances().length == 0 ? Labels.NO_INSTANCE : scene.instances()[point];
        return objects.voted().votes(0, instance, scene.positions(), 3 * point, votes, 0);
    }

    @Test
    void withoutBoxesTheyAreDrawnAroundInstances() {
        SceneObjects objects = new SceneObjects(CHAIR, CHAIR_AND_TABLE);
        assertThat(objects.boxes()).containsExactly(new Box(1, 0, 0.5, 2, 0, 1, 0, 0, 7));
        float[] votes = new float[9];
        assertThat(votes(objects, CHAIR, 0, votes)).isTrue();
        assertThat(votes).containsExactly(1, 0, 0.5f, 1, 0, 0.5f, 1, 0, 0.5f);
        assertThat(votes(objects, CHAIR, 2, votes)).as("the floor").isFalse();
    }

    @Test
    void objectsWithoutABoxAreNotVotedForWhereOthersHaveOne() {
        SceneObjects objects = new SceneObjects(CHAIR.withBoxes(List.of(box(9, 9, 9, 1, 2, 8))), CHAIR_AND_TABLE);
        assertThat(objects.boxes()).hasSize(1);
        assertThat(votes(objects, CHAIR, 0, new float[9])).isFalse();
    }

    @Test
    void boxesOfClassesThatAreNotDetectedAreLeftOut() {
        assertThat(new SceneObjects(CHAIR.withBoxes(List.of(box(0, 0, 0, 1, 0, -1))), CHAIR_AND_TABLE).boxes())
                .isEmpty();
    }

    @Test
    void pointsInBoxesOfTheirOwnVoteForUpToThree() {
        Scene scene = Scene.ofPositions("boxes", new float[3])
                .withBoxes(List.of(
                        box(0.1, 0, 0, 1, 1, -1),
                        box(0.2, 0, 0, 1, 1, -1),
                        box(0.3, 0, 0, 1, 1, -1),
                        box(0.4, 0, 0, 1, 1, -1)));
        float[] votes = new float[9];
        assertThat(votes(new SceneObjects(scene, CHAIR_AND_TABLE), scene, 0, votes))
                .isTrue();
        assertThat(new float[] {votes[0], votes[3], votes[6]}).containsExactly(0.1f, 0.2f, 0.4f);
    }

    @Test
    void oneBoxAroundAPointIsAllThreeVotes() {
        Scene scene = Scene.ofPositions("box", new float[3]).withBoxes(List.of(box(0.1, 0, 0, 1, 1, -1)));
        float[] votes = new float[9];
        votes(new SceneObjects(scene, CHAIR_AND_TABLE), scene, 0, votes);
        assertThat(new float[] {votes[0], votes[3], votes[6]}).containsExactly(0.1f, 0.1f, 0.1f);
    }
}
