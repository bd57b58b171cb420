package org.scenecontexts.datasets.sunrgbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.io.array.Npy;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

/** Votes are those that the published program writes beside the same points and boxes. */
class VotesTest {

    private static final String FOLDER = "more/det_sunrgbd/sunrgbd/sunrgbd_pc_bbox_votes_50k_v1_train/";

    @ParameterizedTest
    @ValueSource(strings = {"000611", "000612"})
    void votesEqualThePublished(String view) {
        double[] points;
        double[] votes;
        try (Npz cloud = Npz.open(TestFiles.golden(FOLDER + view + "_pc.npz"));
                Npz stored = Npz.open(TestFiles.golden(FOLDER + view + "_votes.npz"))) {
            points = cloud.get("pc").doubles();
            votes = stored.get("point_votes").doubles();
        }
        double[] table = Npy.read(TestFiles.golden(FOLDER + view + "_bbox.npy")).doubles();
        List<double[]> boxes = new ArrayList<>();
        for (int at = 0; at < table.length; at += RawBox.COLUMNS) {
            boxes.add(Arrays.copyOfRange(table, at, at + RawBox.COLUMNS));
        }
        // Both subtract the same two doubles; adding 0 makes -0 and 0 one.
        assertThat(plain(Votes.of(points, RawCloud.COLUMNS, boxes))).isEqualTo(plain(votes));
    }

    private static double[] plain(double[] values) {
        return Arrays.stream(values).map(value -> value + 0.0).toArray();
    }

    @Test
    void theFourthBoxTakesTheThirdPlace() {
        List<double[]> boxes = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            boxes.add(new double[] {0.1 * (k + 1), 0, 0, 1, 1, 1, 0, 0});
        }
        assertThat(Votes.of(new double[] {0, 0, 0}, 3, boxes)).containsExactly(1, 0.1, 0, 0, 0.2, 0, 0, 0.4, 0, 0);
        assertThat(Votes.of(new double[] {0, 0, 0}, 3, boxes.subList(0, 1)))
                .containsExactly(1, 0.1, 0, 0, 0.1, 0, 0, 0.1, 0, 0);
        assertThat(Votes.of(new double[] {0, 0, 2}, 3, boxes)).containsOnly(0);
    }
}
