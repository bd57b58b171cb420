package org.scenecontexts.votenet.ap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.task.ScenePrediction.ScoredBox;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

class DetectionApTest {

    private static final Box CHAIR = new Box(0, 0, 0, 1, 1, 1, 0, 0, -1);
    private static final Box OTHER_CHAIR = new Box(3, 0, 0, 1, 1, 1, 0.4, 0, -1);
    private static final Box TABLE = new Box(0, 5, 0, 2, 1, 1, 0.2, 1, -1);

    private static ScoredBox found(Box box, double score) {
        return new ScoredBox(box, (float) score);
    }

    @Test
    void theTruthAsPredictionIsPerfect() {
        DetectionAp ap = new DetectionAp(2, false);
        ap.add(List.of(CHAIR, OTHER_CHAIR, TABLE), List.of(found(CHAIR, 1), found(OTHER_CHAIR, 1), found(TABLE, 1)));
        assertThat(ap.at(0.99).meanPrecision()).isEqualTo(1);
        assertThat(ap.at(0.99).meanRecall()).isEqualTo(1);
    }

    @Test
    void aSecondDetectionOfOneObjectIsWrong() {
        DetectionAp ap = new DetectionAp(1, false);
        ap.add(List.of(CHAIR, OTHER_CHAIR), List.of(found(CHAIR, 0.9), found(CHAIR, 0.8), found(OTHER_CHAIR, 0.7)));
        assertThat(ap.at(0.5).precision()[0]).isCloseTo((1 + 2 / 3.0) / 2, within(1e-12));
    }

    @Test
    void anObjectOfAnotherSceneIsNotMeant() {
        DetectionAp ap = new DetectionAp(1, false);
        ap.add(List.of(CHAIR), List.of());
        ap.add(List.of(), List.of(found(CHAIR, 0.9)));
        assertThat(ap.at(0.25).precision()[0]).isZero();
    }

    @Test
    void aClassThatIsNeverFoundHasZeroAndOneWithoutTruthIsLeftOut() {
        DetectionAp ap = new DetectionAp(3, false);
        ap.add(List.of(CHAIR, TABLE), List.of(found(CHAIR, 0.9), found(new Box(9, 9, 0, 1, 1, 1, 0, 2, -1), 0.8)));
        DetectionAp.Figures figures = ap.at(0.25);
        assertThat(figures.precision()).containsExactly(1, 0, Double.NaN);
        assertThat(figures.meanPrecision()).isEqualTo(0.5);
        assertThat(figures.meanRecall()).isEqualTo(0.5);
    }

    @Test
    void nothingToFindHasNoMean() {
        DetectionAp ap = new DetectionAp(1, false);
        ap.add(List.of(), List.of(found(CHAIR, 1)));
        assertThat(ap.at(0.5).meanPrecision()).isNaN();
    }

    @Test
    void thePublishedCountMovesResultsToOtherClassesAndLosesTheMean() {
        DetectionAp ap = new DetectionAp(3, true);
        // Class 2 is predicted without truth; class 1 is met next and never predicted; class 0 is last.
        Box nothing = new Box(9, 9, 0, 1, 1, 1, 0, 2, -1);
        ap.add(List.of(TABLE, CHAIR), List.of(found(nothing, 0.8), found(TABLE, 0.01)));
        assertThat(ap.at(0.25).meanPrecision()).isNaN();
        assertThat(ap.at(0.25).precision()[2]).isNaN();
    }

    @Test
    void theAreaUnderTheCurveIsThePublishedOne() {
        try (Npz golden = Npz.open(TestFiles.golden("votenet_voc_ap.npz"))) {
            PrecisionRecall curve = new PrecisionRecall(
                    golden.get("prec").doubles(), golden.get("rec").doubles());
            assertThat(curve.area()).isCloseTo(golden.get("ap").scalar(), within(1e-12));
            assertThat(curve.elevenPoints()).isCloseTo(golden.get("ap07").scalar(), within(1e-12));
        }
    }

    /** Three batches of two scenes, from what the network says to the figures. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "votenet_ap_train_config.npz",
                "more/sunrgbd_ap_train_config.npz",
                "more/sunrgbd_ap_empty_removed.npz",
                "more/sunrgbd_ap_nms2d_old.npz"
            })
    void figuresAreThePublishedOnes(String file) {
        try (Npz npz = Npz.open(TestFiles.golden(file))) {
            RecordedDetections golden = new RecordedDetections(npz);
            DetectionAp right = new DetectionAp(golden.classes(), false);
            DetectionAp legacy = new DetectionAp(golden.classes(), true);
            for (int scene = 0; scene < golden.scenes(); scene++) {
                List<ScoredBox> found = golden.found(scene);
                golden.compare(scene, found);
                right.add(golden.truth(scene), found);
                legacy.add(golden.truth(scene), found);
            }
            for (double threshold : new double[] {0.25, 0.5}) {
                golden.compare(threshold, right.at(threshold));
                golden.compare(threshold, legacy.at(threshold));
            }
        }
    }
}
