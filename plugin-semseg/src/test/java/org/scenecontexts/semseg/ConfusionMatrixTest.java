package org.scenecontexts.semseg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

class ConfusionMatrixTest {

    @Test
    void leavesUnlabelledPointsOut() {
        ConfusionMatrix matrix = new ConfusionMatrix(2);

        matrix.add(new int[] {Labels.IGNORE, 0, 1}, new int[] {1, 0, 1});

        assertThat(matrix.accuracy()).isEqualTo(1);
        assertThat(matrix.meanIou()).isEqualTo(1);
    }

    @Test
    void countsPointsWithoutPredictionAsMissed() {
        ConfusionMatrix matrix = new ConfusionMatrix(2);

        matrix.add(new int[] {0, 0, 1, 1}, new int[] {0, Labels.IGNORE, 1, 1});

        assertThat(matrix.iou(0)).isEqualTo(0.5);
        assertThat(matrix.recall(0)).isEqualTo(0.5);
        assertThat(matrix.precision(0)).isEqualTo(1);
        assertThat(matrix.accuracy()).isEqualTo(0.75);
    }

    @Test
    void takesNoMeanOverClassesThatNeverOccur() {
        ConfusionMatrix matrix = new ConfusionMatrix(3);

        matrix.add(new int[] {0, 0, 1, 1}, new int[] {0, 1, 1, 1});

        assertThat(matrix.iou(2)).isNaN();
        assertThat(matrix.meanIou()).isCloseTo((1 / 2.0 + 2 / 3.0) / 2, within(1e-12));
    }

    @Test
    void isUndefinedWithoutLabels() {
        ConfusionMatrix matrix = new ConfusionMatrix(2);

        matrix.add(new int[] {Labels.IGNORE}, new int[] {0});

        assertThat(matrix.meanIou()).isNaN();
        assertThat(matrix.accuracy()).isNaN();
    }

    @Test
    void refusesPredictionsOfUnknownClasses() {
        ConfusionMatrix matrix = new ConfusionMatrix(2);

        assertThatThrownBy(() -> matrix.add(new int[] {0}, new int[] {2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prediction 2 of point 0");
    }

    @Test
    void givesThePublishedFigures() {
        try (Npz golden = Npz.open(TestFiles.golden("semantic_iou.npz"))) {
            ConfusionMatrix matrix = new ConfusionMatrix(20);
            for (int scene = 0; scene < 3; scene++) {
                matrix.add(
                        golden.get("target" + scene).ints(),
                        golden.get("pred" + scene).ints());
            }

            long[] histogram = golden.get("hist").longs();
            double[] iou = golden.get("iou").doubles();
            for (int truth = 0; truth < 20; truth++) {
                for (int predicted = 0; predicted < 20; predicted++) {
                    assertThat(matrix.count(truth, predicted)).isEqualTo(histogram[20 * truth + predicted]);
                }
                assertThat(100 * matrix.iou(truth)).isCloseTo(iou[truth], within(1e-9));
            }
            assertThat(100 * matrix.meanIou()).isCloseTo(golden.get("miou").scalar(), within(1e-9));
            assertThat(matrix.meanIou()).isCloseTo(golden.get("benchmark_mean").scalar(), within(1e-12));
        }
    }
}
