package org.scenecontexts.votenet.box;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

class BoxSuppressionTest {

    /** Columns of the recorded boxes: lower corner, upper corner, score, class. */
    private static final int COLUMNS = 8;

    @ParameterizedTest
    @CsvSource({"nms3d, VOLUME, false", "nms3d_samecls, VOLUME, true", "nms2d, GROUND, false"})
    void picksAreThePublishedOnes(String name, BoxSuppression.Extent extent, boolean perClass) {
        try (Npz golden = Npz.open(TestFiles.golden("votenet_nms.npz"))) {
            double[] rows = golden.get("boxes").doubles();
            List<BoxBounds> bounds = new ArrayList<>();
            double[] scores = new double[rows.length / COLUMNS];
            int[] classes = new int[scores.length];
            for (int i = 0; i < scores.length; i++) {
                double[] row = Arrays.copyOfRange(rows, COLUMNS * i, COLUMNS * (i + 1));
                bounds.add(new BoxBounds(row[0], row[1], row[2], row[3], row[4], row[5]));
                scores[i] = row[6];
                classes[i] = (int) row[7];
            }
            for (double overlap : new double[] {0.1, 0.25, 0.5}) {
                for (BoxSuppression.Share share : BoxSuppression.Share.values()) {
                    String key = name + "_" + overlap + "_" + (share == BoxSuppression.Share.UNION ? "iou" : "old");
                    assertThat(new BoxSuppression(extent, share, overlap, perClass).keep(bounds, scores, classes))
                            .as(key)
                            .containsExactlyElementsOf(
                                    Arrays.stream(golden.get(key).ints())
                                            .boxed()
                                            .toList());
                }
            }
        }
    }

    @Test
    void noBoxesAreFine() {
        assertThat(new BoxSuppression(BoxSuppression.Extent.VOLUME, BoxSuppression.Share.UNION, 0.25, true)
                        .keep(List.of(), new double[0], new int[0]))
                .isEmpty();
    }

    @Test
    void boxesWithoutVolumeSuppressNothing() {
        BoxBounds point = new BoxBounds(0, 0, 0, 0, 0, 0);
        assertThat(new BoxSuppression(BoxSuppression.Extent.VOLUME, BoxSuppression.Share.UNION, 0.25, true)
                        .keep(List.of(point, point), new double[] {1, 0.5}, new int[2]))
                .containsExactly(0, 1);
    }
}
