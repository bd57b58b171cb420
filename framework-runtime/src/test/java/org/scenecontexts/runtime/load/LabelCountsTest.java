package org.scenecontexts.runtime.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;

/** Weights of classes come from the points that a training really has. */
class LabelCountsTest {

    @Test
    void pointsOfEachClassAreCountedOnceAndOnlyWhenAsked() {
        AtomicInteger loads = new AtomicInteger();
        int[][] labels = {{0, 1, 1, Labels.IGNORE}, {1, Labels.UNSEEN}};
        Dataset data = new Dataset() {
            @Override
            public int size() {
                return labels.length;
            }

            @Override
            public SceneClasses classes() {
                return SceneClasses.of(List.of("wall", "chair", "lamp"));
            }

            @Override
            public String id(int index) {
                return "scene-" + index;
            }

            @Override
            public Example load(int index) {
                loads.incrementAndGet();
                Scene scene = Scene.ofPositions(id(index), new float[3 * labels[index].length]);
                return Example.of(scene.withLabels(labels[index]));
            }
        };
        LabelCounts counts = new LabelCounts(data);
        assertThat(loads).hasValue(0);
        assertThat(counts.get()).containsExactly(1, 3, 0);
        assertThat(counts.get()).containsExactly(1, 3, 0);
        assertThat(loads).hasValue(2);
    }
}
