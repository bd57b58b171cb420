package org.scenecontexts.sparseconv.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

class KernelMapsTest {

    private record Pair(int out, int in, int slice) {}

    @ParameterizedTest
    @CsvSource({"1,1,1", "13,3,1", "207,3,1", "702,3,2", "4098,3,1", "4098,3,4", "702,5,1", "300,7,1", "207,1,1"})
    void cubeFindsEveryNeighbourOfEveryVoxel(int rows, int size, int stride) {
        CoordinateSet set = set(rows, stride);
        KernelMap map = KernelMaps.cube(set, size, KernelLayout.HYPERCUBE);
        assertThat(pairs(map)).isEqualTo(expected(set, KernelLayout.HYPERCUBE.offsets(size)));
    }

    @ParameterizedTest
    @CsvSource({"3", "5"})
    void cellsFullOfVoxelsReachOverBlocks(int size) {
        int edge = 13;
        int[] coordinates = new int[4 * edge * edge * edge];
        for (int i = 0; i < coordinates.length / 4; i++) {
            coordinates[4 * i + 1] = i % edge - 3;
            coordinates[4 * i + 2] = i / edge % edge - 3;
            coordinates[4 * i + 3] = i / (edge * edge) - 3;
        }
        CoordinateSet set = CoordinateSet.sort(coordinates, 1).set();
        KernelMap map = KernelMaps.cube(set, size, KernelLayout.HYPERCUBE);
        assertThat(pairs(map)).isEqualTo(expected(set, KernelLayout.HYPERCUBE.offsets(size)));
    }

    @Test
    void voxelsFarApartHaveOnlyThemselves() {
        int[] coordinates = new int[4 * 1100];
        for (int i = 0; i < coordinates.length / 4; i++) {
            coordinates[4 * i + 1] = 40 * i;
        }
        CoordinateSet set = CoordinateSet.sort(coordinates, 1).set();
        assertThat(KernelMaps.cube(set, 3, KernelLayout.HYPERCUBE).pairs()).isEqualTo(1100);
    }

    @Test
    void moreVoxelsThanAPairCanNameAreRefused() {
        KernelMap.checkRows(KernelMap.MAX_ROWS);
        assertThatThrownBy(() -> KernelMap.checkRows(KernelMap.MAX_ROWS + 1))
                .hasMessageContaining("8388609 voxels")
                .hasMessageContaining("at most 8388608");
    }

    @Test
    void everyRowOfABlockAndEveryInputRowFitAPair() {
        int pair = KernelMap.pair(KernelMaps.BLOCK_ROWS - 1, KernelMap.MAX_ROWS - 1);
        assertThat(KernelMap.outRow(pair)).isEqualTo(KernelMaps.BLOCK_ROWS - 1);
        assertThat(KernelMap.inRow(pair)).isEqualTo(KernelMap.MAX_ROWS - 1);
    }

    @Test
    void hybridLayoutRenumbersTheSlicesOnly() {
        CoordinateSet set = set(702, 1);
        KernelMap map = KernelMaps.cube(set, 3, KernelLayout.MINKOWSKI_04_HYBRID);
        assertThat(pairs(map)).isEqualTo(expected(set, KernelLayout.MINKOWSKI_04_HYBRID.offsets(3)));
    }

    @ParameterizedTest
    @CsvSource({"3,HYPERCUBE", "3,MINKOWSKI_04_HYBRID", "5,HYPERCUBE"})
    void inverseOfCubeExchangesInputAndOutput(int size, KernelLayout layout) {
        KernelMap map = KernelMaps.cube(set(702, 1), size, layout);
        assertThat(pairs(map.inverse())).isEqualTo(exchanged(pairs(map)));
        assertThat(map.inverse().inverse()).isSameAs(map);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "13,1", "702,1", "4098,1", "4098,8"})
    void stridedMapSendsEveryVoxelToItsParent(int rows, int stride) {
        CoordinateSet fine = set(rows, stride);
        CoordinateSet coarse = fine.coarser();
        KernelMap map = KernelMaps.strided(fine, coarse);
        Set<Pair> expected = new HashSet<>();
        int[] c = coarse.coordinates();
        int[] offsets = KernelLayout.HYPERCUBE.offsets(2);
        for (int row = 0; row < coarse.rows(); row++) {
            addPairs(fine, c, row, offsets, stride, expected);
        }
        assertThat(pairs(map)).isEqualTo(expected).hasSize(rows);
        assertThat(pairs(map.inverse())).isEqualTo(exchanged(expected));
        assertThat(map.inverse().single()).isTrue();
    }

    @Test
    void stridedMapToOtherVoxelsLeavesOutWhatDoesNotMeet() {
        CoordinateSet fine = set(4098, 1);
        CoordinateSet coarse =
                CoordinateSet.sort(Voxels.random(900, 1, 9), 1).set().coarser();
        KernelMap map = KernelMaps.strided(fine, coarse);
        Set<Pair> expected = new HashSet<>();
        int[] c = coarse.coordinates();
        for (int row = 0; row < coarse.rows(); row++) {
            addPairs(fine, c, row, KernelLayout.HYPERCUBE.offsets(2), 1, expected);
        }
        assertThat(pairs(map)).isEqualTo(expected);
        assertThat(map.inverse().single()).isFalse();
    }

    @Test
    void emptySetsGiveEmptyMaps() {
        CoordinateSet empty = CoordinateSet.sort(new int[0], 1).set();
        assertThat(KernelMaps.cube(empty, 3, KernelLayout.HYPERCUBE).pairs()).isZero();
        assertThat(KernelMaps.strided(empty, empty.coarser()).pairs()).isZero();
        assertThat(KernelMaps.strided(set(13, 1), empty.coarser()).inverse().blocks())
                .isEqualTo(1);
    }

    @Test
    void outputRowsAscendWithinEveryList() {
        KernelMap map = KernelMaps.cube(set(4098, 1), 3, KernelLayout.HYPERCUBE);
        for (int block = 0; block < map.blocks(); block++) {
            for (int list = 0; list < map.lists(); list++) {
                for (int p = map.start(block, list); p < map.end(block, list); p++) {
                    assertThat(KernelMap.outRow(map.pair(block)[p])).isBetween(0, map.blockRows() - 1);
                    assertThat(p == map.start(block, list)
                                    || KernelMap.outRow(map.pair(block)[p]) > KernelMap.outRow(map.pair(block)[p - 1]))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void evenKernelAtStrideOneIsRefused() {
        assertThatThrownBy(() -> KernelMaps.cube(set(13, 1), 2, KernelLayout.HYPERCUBE))
                .hasMessageContaining("kernel size is 2");
    }

    @Test
    void pyramidBuildsPairsOnceForBothLayouts() {
        VoxelPyramid pyramid = new VoxelPyramid(set(702, 1));
        KernelMap cube = pyramid.cube(1, 3, KernelLayout.HYPERCUBE);
        KernelMap hybrid = pyramid.cube(1, 3, KernelLayout.MINKOWSKI_04_HYBRID);
        assertThat(cube.pair(0)).isSameAs(hybrid.pair(0));
        assertThat(pyramid.cube(1, 3, KernelLayout.HYPERCUBE)).isSameAs(cube);
        assertThat(pyramid.up(0)).isSameAs(pyramid.down(0).inverse());
    }

    @Test
    void offsetsEqualThePublishedOnes() {
        try (Npz npz = Npz.open(TestFiles.golden("kernel_offsets.npz"))) {
            assertThat(KernelLayout.MINKOWSKI_04_HYBRID.offsets(3))
                    .isEqualTo(npz.get("hybrid3").ints());
            assertThat(KernelLayout.HYPERCUBE.offsets(3))
                    .isEqualTo(npz.get("cube3").ints());
            assertThat(KernelLayout.HYPERCUBE.offsets(2))
                    .isEqualTo(npz.get("cube2").ints());
            assertThat(KernelLayout.HYPERCUBE.offsets(5))
                    .isEqualTo(npz.get("cube5").ints());
        }
    }

    private static CoordinateSet set(int rows, int stride) {
        int[] coordinates = Voxels.random(rows, rows > 1000 ? 3 : 1, rows);
        for (int i = 0; i < coordinates.length; i++) {
            coordinates[i] *= i % 4 == 0 ? 1 : stride;
        }
        return CoordinateSet.sort(coordinates, stride).set();
    }

    private static Set<Pair> expected(CoordinateSet set, int[] offsets) {
        Set<Pair> pairs = new HashSet<>();
        int[] c = set.coordinates();
        for (int row = 0; row < set.rows(); row++) {
            addPairs(set, c, row, offsets, set.tensorStride(), pairs);
        }
        return pairs;
    }

    private static void addPairs(CoordinateSet in, int[] c, int out, int[] offsets, int stride, Set<Pair> pairs) {
        for (int k = 0; k < offsets.length / 3; k++) {
            int row = in.row(
                    c[4 * out],
                    c[4 * out + 1] + offsets[3 * k] * stride,
                    c[4 * out + 2] + offsets[3 * k + 1] * stride,
                    c[4 * out + 3] + offsets[3 * k + 2] * stride);
            if (row >= 0) {
                pairs.add(new Pair(out, row, k));
            }
        }
    }

    private static Set<Pair> pairs(KernelMap map) {
        Set<Pair> pairs = new HashSet<>();
        for (int block = 0; block < map.blocks(); block++) {
            for (int list = 0; list < map.lists(); list++) {
                for (int p = map.start(block, list); p < map.end(block, list); p++) {
                    int pair = map.pair(block)[p];
                    int out = map.firstRow(block) + KernelMap.outRow(pair);
                    pairs.add(new Pair(out, KernelMap.inRow(pair), map.slice(list)));
                }
            }
        }
        assertThat(pairs).hasSize(map.pairs());
        return pairs;
    }

    private static Set<Pair> exchanged(Set<Pair> pairs) {
        Set<Pair> exchanged = new HashSet<>();
        pairs.forEach(p -> exchanged.add(new Pair(p.in, p.out, p.slice)));
        return exchanged;
    }
}
