package org.scenecontexts.api.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.api.data.Scene;

class PredictionTest {

    private static ScenePrediction.Instance object(float score, int... points) {
        return new ScenePrediction.Instance(1, score, new int[0], points);
    }

    @Test
    void aPointGetsTheClassOfItsRowsLargestScoreTheFirstOnTies() {
        Prediction.PointLabels labels =
                Prediction.PointLabels.ofScores(new float[] {1, 3, 3, 0, 0, -1}, 3, new int[] {1, 0, -1});

        assertThat(labels.classes()).containsExactly(0, 1, Labels.IGNORE);
        assertThat(labels.sampled()).containsExactly(1, 0);
        assertThat(labels.confidence()[0]).isCloseTo((float) (1 / (2 + Math.exp(-1))), within(1e-6f));
        assertThat(labels.confidence()[1]).isCloseTo((float) (1 / (2 + Math.exp(-2))), within(1e-6f));
        assertThat(labels.confidence()[2]).isZero();
    }

    @Test
    void aSharedPointBelongsToTheSurestObjectTheFirstOfEquals() {
        Prediction.Instances found =
                new Prediction.Instances(List.of(object(0.5f, 0, 1), object(0.9f, 1, 2), object(0.9f, 2, 7)));

        assertThat(found.owners(4)).containsExactly(0, 1, 1, Labels.NO_INSTANCE);
    }

    @Test
    void boundsLieInTheFrameOfTheData() {
        Scene scene = Scene.ofPositions("far", new float[] {0, 1, 2, 5, -1, 2, 100, 100, 100})
                .withOrigin(new Origin(1000, 0, 0));

        double[][] bounds = object(1, 0, 1).bounds(scene);

        assertThat(bounds[0]).containsExactly(1000, -1, 2);
        assertThat(bounds[1]).containsExactly(1005, 1, 2);
        assertThat(object(1).bounds(scene)[0]).containsOnly(Double.POSITIVE_INFINITY);
    }

    @Test
    void scoresThatAreNoNumbersGiveNoLabels() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Prediction.PointLabels.ofScores(new float[] {1, 2, 0, bad}, 2, new int[] {0, 1}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("row 1")
                    .hasMessageContaining("checkpoint");
        }
    }
}
