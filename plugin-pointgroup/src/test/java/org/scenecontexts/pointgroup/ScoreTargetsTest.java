package org.scenecontexts.pointgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scenecontexts.pointgroup.Toys.CHAIR;
import static org.scenecontexts.pointgroup.Toys.FLOOR;
import static org.scenecontexts.pointgroup.Toys.TABLE;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.pointgroup.Toys.Thing;

class ScoreTargetsTest {

    private static final boolean[] STUFF = {true, false, false};

    /** A chair of 16 rows, a table of 16 rows, and floor of 16 rows; twice. */
    private static PointBatch batch() {
        SampledPoints room = Toys.points(
                true,
                new Thing(CHAIR, 0, CHAIR, 0, 4),
                new Thing(TABLE, 1, TABLE, 10, 4),
                new Thing(FLOOR, -1, FLOOR, 20, 4));
        return Toys.batch(room, room).points();
    }

    private static int[] rows(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    private static float target(PointBatch batch, int[] proposal) {
        return ScoreTargets.of(batch, STUFF, List.of(proposal)).targets()[0];
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0", "0.25, 0", "0.375, 0.25", "0.5, 0.5", "0.75, 1", "1, 1"})
    void targetsRiseFromAQuarterToThreeQuarters(double overlap, float target) {
        assertThat(ScoreTargets.target(overlap)).isEqualTo(target);
    }

    @Test
    void aWholeObjectOfAnyClassIsWorthOne() {
        assertThat(target(batch(), rows(0, 16))).isEqualTo(1);
        assertThat(target(batch(), rows(16, 32))).isEqualTo(1);
    }

    @Test
    void halfAnObjectIsWorthAHalf() {
        assertThat(target(batch(), rows(0, 8))).isEqualTo(0.5f);
    }

    @Test
    void twoObjectsInOneAreWorthAHalfAndFloorIsWorthNothing() {
        assertThat(target(batch(), rows(0, 32))).isEqualTo(0.5f);
        assertThat(target(batch(), rows(32, 48))).isZero();
    }

    @Test
    void objectsOfTheSameNumberInAnotherSceneAreOthers() {
        assertThat(target(batch(), rows(48, 64))).isEqualTo(1);
        assertThat(target(batch(), rows(48, 56))).isEqualTo(0.5f);
    }

    private static PointBatch labelled(int count) {
        SampledPoints room = Toys.points(true, new Thing(CHAIR, 0, CHAIR, 0, 4), new Thing(TABLE, 1, TABLE, 10, 4));
        int[] labels = room.scene().labels().clone();
        Arrays.fill(labels, count, labels.length, -1);
        return Toys.batch(room.withScene(room.scene().withLabels(labels))).points();
    }

    @Test
    void rowsWithoutALabelBelongToNothing() {
        // 20 of 32 rows are labelled, 4 of the table's: with the others the proposal is 4 of 16.
        assertThat(target(labelled(20), rows(16, 32))).isZero();
    }

    @Test
    void amongFewLabelledRowsOnlyTheseCount() {
        PointBatch few = labelled(4);

        assertThat(target(few, rows(0, 16))).isEqualTo(1);
        assertThat(target(few, rows(2, 20))).isEqualTo(0.5f);
        assertThat(ScoreTargets.of(few, STUFF, List.of(rows(16, 32))).proposals())
                .as("nothing is known about it")
                .isEmpty();
    }
}
