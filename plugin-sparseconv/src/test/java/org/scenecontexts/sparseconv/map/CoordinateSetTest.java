package org.scenecontexts.sparseconv.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.grid.MortonKey;

class CoordinateSetTest {

    @Test
    void keysAreCutIntoThreePartsOnceForADevice() {
        CoordinateSet set = CoordinateSet.sort(Voxels.random(500, 3, 8), 1).set();
        int[] parts = set.parts();
        assertThat(parts).hasSize(3 * set.rows());
        for (int row = 0; row < set.rows(); row++) {
            long key = 0;
            for (int part = 2; part >= 0; part--) {
                assertThat(parts[3 * row + part]).isBetween(0, (1 << CoordinateSet.PART_BITS) - 1);
                key = key << CoordinateSet.PART_BITS | parts[3 * row + part];
            }
            assertThat(key).isEqualTo(set.key(row));
        }
        assertThat(set.parts()).isSameAs(parts);
    }

    @Test
    void keysRoundTripNegativeAndExtremeCoordinates() {
        int far = MortonKey.MAX_COORDINATE;
        int[][] voxels = {{0, 0, 0, 0}, {3, -1, 2, -3}, {511, far, -far, far}, {1, -far, far, 12345}};
        for (int[] v : voxels) {
            long key = MortonKey.of(v[0], v[1], v[2], v[3]);
            assertThat(new int[] {MortonKey.batch(key), MortonKey.x(key), MortonKey.y(key), MortonKey.z(key)})
                    .containsExactly(v);
            assertThat(key).isNotNegative();
        }
    }

    @Test
    void rowsFollowBatchItemThenMortonOrderAndTheOrderLeadsBack() {
        int[] coordinates = Voxels.random(3000, 3, 1);
        CoordinateSet.Sorted sorted = CoordinateSet.sort(coordinates, 1);
        int[] rows = sorted.set().coordinates();
        for (int i = 0; i < sorted.set().rows(); i++) {
            assertThat(i == 0 || sorted.set().key(i) > sorted.set().key(i - 1)).isTrue();
            for (int axis = 0; axis < 4; axis++) {
                assertThat(rows[4 * i + axis]).isEqualTo(coordinates[4 * sorted.order()[i] + axis]);
            }
        }
    }

    @Test
    void rowsComeBackToTheCallersOrder() {
        int[] coordinates = Voxels.random(100, 2, 2);
        CoordinateSet.Sorted sorted = CoordinateSet.sort(coordinates, 1);
        float[] values = new float[300];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        float[] inSetOrder = sorted.toSetOrder(values, 3);
        assertThat(sorted.toInputOrder(inSetOrder, 3)).containsExactly(values);
        int[] rowOfInput = sorted.rowOfInput();
        assertThat(inSetOrder[3 * rowOfInput[7] + 1]).isEqualTo(values[3 * 7 + 1]);
    }

    @Test
    void strideFloorsNegativeCoordinatesDown() {
        int[] coordinates = {0, -1, -2, -3, 0, 0, 1, 2, 0, 1, 0, 3, 1, -1, -2, -3};
        CoordinateSet coarse = CoordinateSet.sort(coordinates, 1).set().coarser();
        assertThat(coarse.tensorStride()).isEqualTo(2);
        assertThat(voxels(coarse))
                .containsExactlyInAnyOrder(List.of(0, -2, -2, -4), List.of(0, 0, 0, 2), List.of(1, -2, -2, -4));
    }

    @Test
    void strideEqualsFlooringEveryVoxelAtEveryLevel() {
        int[] coordinates = Voxels.random(2000, 2, 3);
        CoordinateSet set = CoordinateSet.sort(coordinates, 1).set();
        for (int stride = 2; stride <= 16; stride *= 2) {
            set = set.coarser();
            Set<List<Integer>> expected = new HashSet<>();
            for (int i = 0; i < coordinates.length; i += 4) {
                expected.add(List.of(
                        coordinates[i],
                        Math.floorDiv(coordinates[i + 1], stride) * stride,
                        Math.floorDiv(coordinates[i + 2], stride) * stride,
                        Math.floorDiv(coordinates[i + 3], stride) * stride));
            }
            assertThat(voxels(set)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void batchOffsetsCountEmptyItemsToo() {
        CoordinateSet set = CoordinateSet.sort(new int[] {3, 0, 0, 0, 1, 0, 0, 0, 1, 5, 0, 0}, 1)
                .set();
        assertThat(set.batchOffsets()).containsExactly(0, 0, 2, 2, 3);
        assertThat(set.batchItems()).isEqualTo(4);
    }

    @Test
    void emptySetHasNoRowsAtAnyStride() {
        CoordinateSet set = CoordinateSet.sort(new int[0], 1).set();
        assertThat(set.coarser().rows()).isZero();
        assertThat(set.batchOffsets()).containsExactly(0);
    }

    @Test
    void duplicateVoxelNamesBothRowsAndTheVoxel() {
        int[] coordinates = {0, 1, 2, 3, 0, 9, 9, 9, 0, 1, 2, 3};
        assertThatThrownBy(() -> CoordinateSet.sort(coordinates, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows 0 and 2")
                .hasMessageContaining("x 1, y 2, z 3");
    }

    @Test
    void voxelOutOfRangeIsRefused() {
        assertThatThrownBy(() -> CoordinateSet.sort(new int[] {0, 0, 200_000, 0}, 1))
                .hasMessageContaining("row 0")
                .hasMessageContaining("200000");
    }

    @Test
    void voxelOffTheTensorStrideIsRefused() {
        assertThatThrownBy(() -> CoordinateSet.sort(new int[] {0, 0, 3, 0}, 2)).hasMessageContaining("tensor stride 2");
    }

    private static Set<List<Integer>> voxels(CoordinateSet set) {
        Set<List<Integer>> voxels = new HashSet<>();
        int[] c = set.coordinates();
        for (int i = 0; i < c.length; i += 4) {
            voxels.add(List.of(c[i], c[i + 1], c[i + 2], c[i + 3]));
        }
        assertThat(voxels).hasSize(set.rows());
        return voxels;
    }
}
