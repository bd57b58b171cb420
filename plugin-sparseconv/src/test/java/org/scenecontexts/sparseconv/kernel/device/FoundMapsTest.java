package org.scenecontexts.sparseconv.kernel.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.grid.MortonKey;
import org.scenecontexts.resident.ResidentEngine;
import org.scenecontexts.sparseconv.DeviceEngines;
import org.scenecontexts.sparseconv.map.CoordinateSet;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.MapMemory;
import org.scenecontexts.sparseconv.map.MapResources;
import org.scenecontexts.sparseconv.map.VoxelPyramid;
import org.scenecontexts.sparseconv.map.Voxels;

/** Maps that a device finds are those of the host, number by number; skipped, with the reason, where there is no device. */
class FoundMapsTest {

    private static final int LEVELS = 5;

    private static ResidentEngine engine;
    private static MapFinder finder;

    private final MapMemory memory = new MapMemory();
    private final MapResources deferred = new MapResources(Parallel.sequential(), memory, true);

    @BeforeAll
    static void open() {
        engine = DeviceEngines.open();
        finder = new MapFinder(engine, DevicePrograms.of(engine));
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            engine.close();
        }
    }

    private static CoordinateSet set(int[] coordinates) {
        return CoordinateSet.sort(coordinates, 1).set();
    }

    /** All maps of a network with the sizes of its cubes, a map and its inverse each. */
    private static List<KernelMap> maps(VoxelPyramid pyramid, int levels, int... sizes) {
        List<KernelMap> all = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            for (int size : sizes) {
                KernelMap cube = pyramid.cube(level, size, KernelLayout.HYPERCUBE);
                all.addAll(List.of(cube, cube.inverse()));
            }
            KernelMap hybrid = pyramid.cube(level, 3, KernelLayout.MINKOWSKI_04_HYBRID);
            all.addAll(List.of(hybrid, hybrid.inverse(), pyramid.down(level), pyramid.up(level)));
        }
        return all;
    }

    private static MapTables tables(KernelMap map) {
        var source = map.source().orElseThrow();
        return MapTables.of(engine, map, finder.of(source.pyramid()).arranged(source));
    }

    private static MapPairs pairs(KernelMap map) {
        var source = map.source().orElseThrow();
        return MapPairs.of(engine, map, finder.of(source.pyramid()).chunked(source));
    }

    private void requireSame(int[] coordinates, int levels, int... sizes) {
        CoordinateSet voxels = set(coordinates);
        try (VoxelPyramid found = new VoxelPyramid(voxels, deferred);
                VoxelPyramid expected = new VoxelPyramid(voxels)) {
            List<KernelMap> ours = maps(found, levels, sizes);
            List<KernelMap> hosts = maps(expected, levels, sizes);
            for (int i = 0; i < ours.size(); i++) {
                String what = ours.get(i) + " of " + ours.get(i).source().orElseThrow();
                requireSame(what, tables(ours.get(i)), MapTables.of(engine, hosts.get(i)));
                requireSame(what, pairs(ours.get(i)), MapPairs.of(engine, hosts.get(i)));
            }
        }
        assertThat(memory.idleBytes())
                .as("bytes of pairs that the host has found")
                .isZero();
    }

    private static void requireSame(String what, MapTables found, MapTables expected) {
        assertThat(found.rows()).as(what).isEqualTo(expected.rows());
        assertThat(found.padded()).as(what).isEqualTo(expected.padded());
        assertThat(found.words()).as(what).isEqualTo(expected.words());
        same(what + ": order", found.order(), expected.order());
        same(what + ": neighbours", found.neighbours(), expected.neighbours());
        same(what + ": present", found.present(), expected.present());
        same(what + ": slices", found.slices(), expected.slices());
        expected.close();
    }

    private static void requireSame(String what, MapPairs found, MapPairs expected) {
        int pairs = expected.in().length();
        same(what + ": in", found.in(), expected.in());
        same(what + ": out", found.out(), expected.out());
        same(what + ": first", found.first(), expected.first());
        same(what + ": chunks", found.chunks(), expected.chunks());
        same(what + ": slices", found.slices(), expected.slices());
        assertThat(found.count()).as(what).isGreaterThanOrEqualTo(expected.count());
        assertThat(Arrays.stream(found.chunks().toArray()).skip(expected.count() + 1L))
                .as(what + ": chunks that are left over are empty")
                .allMatch(start -> start == pairs);
        expected.close();
    }

    /** What is found begins with what is expected: its room is for as many pairs as there may be. */
    private static void same(String what, Indices found, Indices expected) {
        int[] wanted = expected.toArray();
        int[] have = new int[wanted.length];
        found.copyOut(0, have, 0, have.length);
        assertThat(have).as(what).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64, 65, 127, 129, 1025, 5000})
    void mapsOfRandomCloudsOfSeveralScenesAreThoseOfTheHost(int rows) {
        requireSame(Voxels.random(rows, rows > 60 ? 3 : 1, rows), LEVELS, 3);
    }

    @Test
    void kernelsOfOtherSizesAreThoseOfTheHost() {
        requireSame(Voxels.random(400, 2, 5), 2, 1, 5);
        requireSame(Voxels.random(90, 1, 6), 1, 7, 9);
    }

    @Test
    void voxelsAtTheEndsOfWhatAKeyHoldsFindTheirNeighbours() {
        int end = MortonKey.MAX_COORDINATE;
        Random random = new Random(3);
        Set<List<Integer>> voxels = new LinkedHashSet<>();
        for (int i = 0; i < 600; i++) {
            int[] corner =
                    random.ints(3, 0, 2).map(side -> side == 0 ? -end : end).toArray();
            voxels.add(List.of(
                    random.nextInt(2) * MortonKey.MAX_BATCH,
                    corner[0] - Integer.signum(corner[0]) * random.nextInt(3),
                    corner[1] - Integer.signum(corner[1]) * random.nextInt(3),
                    corner[2] - Integer.signum(corner[2]) * random.nextInt(3)));
        }
        requireSame(
                voxels.stream()
                        .flatMap(List::stream)
                        .mapToInt(Integer::intValue)
                        .toArray(),
                LEVELS,
                3);
    }

    @Test
    void aFullCubeAroundTheOriginHasAllNeighbours() {
        List<Integer> voxels = new ArrayList<>();
        for (int at = 0; at < 12 * 12 * 12; at++) {
            voxels.addAll(List.of(0, at % 12 - 6, at / 12 % 12 - 6, at / 144 - 6));
        }
        requireSame(voxels.stream().mapToInt(Integer::intValue).toArray(), LEVELS, 3);
    }

    @Test
    void voxelsThatTouchNobodyHaveThemselvesOnly() {
        int[] apart = new int[4 * 200];
        for (int i = 0; i < 200; i++) {
            apart[4 * i + 1] = 40 * (i % 20) - 400;
            apart[4 * i + 2] = 40 * (i / 20);
        }
        requireSame(apart, 3, 3);
    }

    @Test
    void everyMapOfAClosedPyramidGivesItsMemoryBackAndIsRefused() {
        CoordinateSet voxels = set(Voxels.random(700, 1, 1));
        long before = engine.buffers().lentBytes();
        VoxelPyramid pyramid = new VoxelPyramid(voxels, deferred);
        List<KernelMap> maps = maps(pyramid, 3, 3);
        for (KernelMap map : maps) {
            tables(map).close();
            pairs(map).close();
        }
        assertThat(engine.buffers().lentBytes()).isGreaterThan(before);
        pyramid.close();
        assertThat(engine.buffers().lentBytes()).isEqualTo(before);
        for (KernelMap map : maps) {
            assertThatThrownBy(() -> tables(map))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("after its batch was closed");
            assertThatThrownBy(map::pairs)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("after its batch was closed");
        }
    }

    @Test
    void mapsThatNobodyDifferentiatesGiveTheirMemoryBackToo() {
        CoordinateSet voxels = set(Voxels.random(700, 1, 1));
        long before = engine.buffers().lentBytes();
        try (VoxelPyramid pyramid = new VoxelPyramid(voxels, deferred)) {
            maps(pyramid, 2, 3).forEach(map -> tables(map).close());
        }
        assertThat(engine.buffers().lentBytes()).isEqualTo(before);
    }

    @Test
    void whoAsksForThePairsOfADeferredMapGetsTheHosts() {
        CoordinateSet voxels = set(Voxels.random(700, 2, 2));
        try (VoxelPyramid later = new VoxelPyramid(voxels, deferred);
                VoxelPyramid atOnce = new VoxelPyramid(voxels)) {
            List<KernelMap> maps = maps(later, 2, 3);
            List<KernelMap> expected = maps(atOnce, 2, 3);
            for (int i = 0; i < maps.size(); i++) {
                requireSame(
                        maps.get(i).toString(),
                        MapTables.of(engine, maps.get(i)),
                        MapTables.of(engine, expected.get(i)));
                assertThat(maps.get(i).pairs()).isEqualTo(expected.get(i).pairs());
                assertThat(maps.get(i).single()).isEqualTo(expected.get(i).single());
            }
        }
    }

    @Test
    void theMapsOfANetworkOfFiveLevelsTakeSoManyLaunchesOneCopyOfItsVoxelsAndNoRead() {
        CoordinateSet voxels = set(Voxels.random(3000, 1, 3));
        Map<String, Long> before = engine.launchesByKernel();
        long launches = engine.launches();
        long reads = engine.hostReads();
        try (VoxelPyramid pyramid = new VoxelPyramid(voxels, deferred)) {
            for (int level = 0; level < LEVELS; level++) {
                for (KernelLayout layout : KernelLayout.values()) {
                    KernelMap cube = pyramid.cube(level, 3, layout);
                    for (KernelMap map : List.of(cube, cube.inverse())) {
                        tables(map);
                        pairs(map);
                    }
                }
                if (level + 1 < LEVELS) {
                    tables(pyramid.down(level));
                    pairs(pyramid.down(level));
                    tables(pyramid.up(level));
                    pairs(pyramid.up(level));
                }
            }
        }
        Map<String, Long> made = new TreeMap<>(engine.launchesByKernel());
        before.forEach((name, count) -> made.merge(name, -count, Long::sum));
        assertThat(made)
                .containsEntry("joinKeys", 1L)
                .containsEntry("insert", 5L)
                .containsEntry("parents", 4L)
                .containsEntry("around", 5L)
                .containsEntry("below", 4L)
                .containsEntry("above", 4L)
                .containsEntry("collect", 13L)
                // Three digits of eight bits for codes of 27 lists, of which 24 count, one for those of eight.
                .containsEntry("moveLongs", 5L * 3 + 8);
        assertThat(engine.launches() - launches).isEqualTo(147);
        assertThat(engine.hostReads()).isEqualTo(reads);
    }
}
