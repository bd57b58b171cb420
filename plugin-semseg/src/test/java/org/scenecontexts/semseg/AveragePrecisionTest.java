package org.scenecontexts.semseg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

class AveragePrecisionTest {

    private static final int CLASSES = 6;

    /** Probabilities are single precision on both sides; sums of a few hundred quotients in double precision. */
    private static final double ROUNDING = 1e-12;

    @Test
    void isThatOfThePublishedComputation() {
        try (Npz golden = Npz.open(TestFiles.golden("more/semantic_average_precision.npz"))) {
            AveragePrecision all = new AveragePrecision(CLASSES);
            for (int scene = 0; scene < 3; scene++) {
                int[] targets = golden.get("targets" + scene).ints();
                float[] scores = golden.get("scores" + scene).floats();
                all.add(targets, scores);
                AveragePrecision one = new AveragePrecision(CLASSES);
                one.add(targets, scores);
                assertSame(one, golden.get("ap" + scene).doubles());
            }
            assertSame(all, golden.get("ap_class").doubles());
        }
    }

    private static void assertSame(AveragePrecision found, double[] expected) {
        for (int c = 0; c < CLASSES; c++) {
            if (Double.isNaN(expected[c])) {
                assertThat(found.of(c)).as("class %d", c).isNaN();
            } else {
                assertThat(found.of(c)).as("class %d", c).isCloseTo(expected[c], within(ROUNDING));
            }
        }
    }

    @Test
    void equalScoresAreOneStep() {
        AveragePrecision precision = new AveragePrecision(2);
        precision.add(new int[] {0, 1, 0, 1}, new float[8]);
        assertThat(precision.of(0)).isEqualTo(0.5);
        assertThat(precision.mean()).isEqualTo(0.5);
    }

    @Test
    void classesThatNoSceneHasLeaveTheMeanAlone() {
        AveragePrecision precision = new AveragePrecision(3);
        precision.add(new int[] {0, 0, -1}, new float[] {1, 0, 0, 0, 1, 0, 0, 0, 9});
        assertThat(precision.of(0)).isEqualTo(1);
        assertThat(precision.of(2)).isNaN();
        assertThat(precision.mean()).isEqualTo(1);
        assertThat(new AveragePrecision(3).mean()).isNaN();
    }

    @Test
    void scoresOfAnotherNumberOfClassesAreRefused() {
        assertThatThrownBy(() -> new AveragePrecision(2).add(new int[3], new float[9]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 labels, 2 classes, 9 scores");
    }
}
