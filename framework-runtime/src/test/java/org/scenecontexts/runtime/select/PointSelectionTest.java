package org.scenecontexts.runtime.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.runtime.log.Progress;
import org.scenecontexts.runtime.run.Chance;
import org.scenecontexts.runtime.run.RunContext;

/** How many objects have a chosen point, over all scenes together. */
class PointSelectionTest {

    private record Scenes(List<Scene> scenes) implements Dataset {
        @Override
        public int size() {
            return scenes.size();
        }

        @Override
        public SceneClasses classes() {
            return SceneClasses.of(List.of());
        }

        @Override
        public String id(int index) {
            return scenes.get(index).id();
        }

        @Override
        public Example load(int index) {
            return Example.of(scenes.get(index));
        }
    }

    private static Scene scene(String id, int... instances) {
        Scene scene = Scene.ofPositions(id, new float[3 * 6]);
        return instances.length == 0 ? scene : scene.withInstances(instances);
    }

    private static PointSelection.Chosen choose(Scene... scenes) {
        return new PointSelection(
                        (scene, features, random) -> new int[] {0, 1, 5},
                        Optional.empty(),
                        new RunContext(new Chance(1).at("test"), warning -> {}))
                .choose(new Scenes(List.of(scenes)), Progress.none());
    }

    @Test
    void objectsAreCountedOnceHoweverManyOfTheirPointsAreChosen() {
        PointSelection.Chosen chosen = choose(scene("a", 0, 0, 1, 2, 2, -1), scene("b", 7, 8, 9, -1, -1, 9));
        assertThat(chosen.objects()).isEqualTo(3 + 3);
        assertThat(chosen.covered()).isEqualTo(1 + 3);
    }

    @Test
    void scenesWhoseObjectsNobodyKnowsAreNotCounted() {
        PointSelection.Chosen chosen = choose(scene("a"));
        assertThat(chosen.objects()).isZero();
        assertThat(chosen.points().get("a")).containsExactly(0, 1, 5);
    }
}
