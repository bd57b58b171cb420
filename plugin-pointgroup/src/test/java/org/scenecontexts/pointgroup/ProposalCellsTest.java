package org.scenecontexts.pointgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProposalCellsTest {

    private static final RandomGenerator STILL = () -> 0;
    private static final ProposalCells.Grid VOXELS = new ProposalCells.Grid(14, 0.5);

    private static int[] all(float[] places) {
        return IntStream.range(0, places.length / 3).toArray();
    }

    @Test
    void aSmallProposalKeepsItsVoxels() {
        // 14 voxels along x, the longest that fits; the cell of a voxel is where it lies from the lowest one.
        float[] places = {100, 7, 3, 113, 7, 3, 100, 9, 4};

        ProposalCells cells = ProposalCells.of(places, all(places), 1, 0.05, VOXELS, STILL);

        assertThat(cells.place().positions())
                .containsExactly(0.25f, 0.25f, 0.25f, 6.75f, 0.25f, 0.25f, 0.25f, 1.25f, 0.75f);
        assertThat(cells.rows()).containsExactly(0, 1, 2);
    }

    @Test
    void theLongestSideOfALargeOneFillsTheGridAndRowsShareCells() {
        float[] places = new float[3 * 280];
        for (int i = 0; i < 280; i++) {
            places[3 * i + 1] = i;
        }

        ProposalCells cells = ProposalCells.of(places, all(places), 1, 0.05, VOXELS, STILL);

        assertThat(cells.count()).isEqualTo(14);
        for (int cell = 0; cell < 14; cell++) {
            assertThat(cells.firsts()[cell + 1] - cells.firsts()[cell]).isBetween(19, 21);
        }
        assertThat(cells.rows()).containsExactly(all(places));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anyShiftStaysInsideAndLosesNoRow(long seed) {
        Random random = new Random(seed);
        float[] places = new float[3 * 500];
        for (int i = 0; i < places.length; i++) {
            places[i] = random.nextInt(seed % 2 == 0 ? 10 : 60);
        }

        ProposalCells cells = ProposalCells.of(places, all(places), 1, 0.05, VOXELS, random);

        assertThat(Arrays.stream(cells.rows()).sorted())
                .containsExactly(IntStream.range(0, 500).boxed().toArray(Integer[]::new));
        for (float position : cells.place().positions()) {
            assertThat(position).isBetween(0.25f, 6.75f);
        }
        assertThat(cells.firsts()).isSorted().startsWith(0).endsWith(500);
    }

    @Test
    void aNetworkWithoutVoxelsSeesMetres() {
        // Points 2 cm apart, 28 cm long: cells of 2 cm.
        float[] places = {1, 1, 1, 1.1f, 1, 1};

        ProposalCells cells = ProposalCells.of(places, all(places), 0.02, 1, new ProposalCells.Grid(14, 0), STILL);

        float[] found = cells.place().positions();
        assertThat(found[3] - found[0]).isBetween(0.079f, 0.101f);
    }

    @Test
    void aSinglePointIsOneCell() {
        float[] places = {4, 5, 6};

        assertThat(ProposalCells.of(places, all(places), 1, 0.05, VOXELS, STILL).count())
                .isEqualTo(1);
    }
}
