package org.scenecontexts.sparseconv.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.engine.cpu.WorkerPool;

class VoxelPyramidTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Enough rows for several pieces of work on the finest level. */
    private static final int ROWS = 20_000;

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void mapsAreTheSameOnAnyNumberOfThreadsInFreshAndInUsedMemory(int threads) {
        CoordinateSet set = surface(ROWS);
        List<Integer> expected = contents(new VoxelPyramid(set));
        try (WorkerPool pool = new WorkerPool(threads)) {
            MapResources resources = new MapResources(pool, new MapMemory());
            for (int batch = 0; batch < 3; batch++) {
                try (VoxelPyramid other = new VoxelPyramid(surface(ROWS - 7001), resources)) {
                    contents(other);
                }
                try (VoxelPyramid pyramid = new VoxelPyramid(set, resources)) {
                    assertThat(contents(pyramid)).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void theNextBatchTakesTheMemoryOfTheOneBefore() {
        MapResources resources = new MapResources(Parallel.sequential(), new MapMemory());
        CoordinateSet set = surface(ROWS);
        List<int[]> before = new ArrayList<>();
        try (VoxelPyramid pyramid = new VoxelPyramid(set, resources)) {
            KernelMap map = pyramid.cube(0, 3, KernelLayout.HYPERCUBE);
            for (int block = 0; block < map.blocks(); block++) {
                before.add(map.pair(block));
            }
        }
        try (VoxelPyramid pyramid = new VoxelPyramid(set, resources)) {
            KernelMap map = pyramid.cube(0, 3, KernelLayout.HYPERCUBE);
            for (int block = 0; block < map.blocks(); block++) {
                int[] now = map.pair(block);
                assertThat(before).anyMatch(array -> array == now);
            }
        }
    }

    @Test
    void mapsOfLaterBatchesAllocateAFractionOfTheirPairs() {
        MapResources resources = new MapResources(Parallel.sequential(), new MapMemory());
        long allocated = 0;
        long pairs = 0;
        for (int batch = 0; batch < 4; batch++) {
            CoordinateSet set = surface(ROWS - 500 * batch);
            try (VoxelPyramid pyramid = new VoxelPyramid(set, resources)) {
                pyramid.level(1);
                long start = THREADS.getCurrentThreadAllocatedBytes();
                pairs = 4L * pyramid.cube(0, 3, KernelLayout.HYPERCUBE).pairs()
                        + 8L * pyramid.down(0).pairs();
                allocated = THREADS.getCurrentThreadAllocatedBytes() - start;
            }
        }
        assertThat(allocated).isLessThan(pairs / 3);
    }

    @Test
    void aMapIsRefusedOnceItsPyramidIsClosed() {
        VoxelPyramid pyramid = new VoxelPyramid(surface(700));
        List<KernelMap> maps = List.of(
                pyramid.cube(0, 3, KernelLayout.HYPERCUBE),
                pyramid.cube(0, 3, KernelLayout.MINKOWSKI_04_HYBRID).inverse(),
                pyramid.down(0),
                pyramid.up(0));
        pyramid.close();
        for (KernelMap map : maps) {
            assertThatThrownBy(() -> map.pair(0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("after its batch was closed");
        }
        assertThatThrownBy(() -> pyramid.cube(0, 3, KernelLayout.HYPERCUBE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("after its batch was closed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasDerivedOfAPyramidAndOfEachOfItsMapsIsClosedWithItOnce(boolean deferred) {
        VoxelPyramid pyramid =
                new VoxelPyramid(surface(700), new MapResources(Parallel.sequential(), new MapMemory(), deferred));
        List<KernelMap> maps = List.of(
                pyramid.cube(0, 3, KernelLayout.HYPERCUBE),
                pyramid.cube(0, 3, KernelLayout.HYPERCUBE).inverse(),
                pyramid.cube(0, 3, KernelLayout.MINKOWSKI_04_HYBRID),
                pyramid.down(0),
                pyramid.up(0));
        List<Object> closed = new ArrayList<>();
        for (KernelMap map : maps) {
            map.derived("form", KernelMap.Derived.class, m -> () -> closed.add(m));
        }
        pyramid.derived("form", KernelMap.Derived.class, p -> () -> closed.add(p));
        pyramid.close();
        pyramid.close();
        assertThat(closed).hasSize(6).containsAll(maps).contains(pyramid);
        assertThatThrownBy(() -> pyramid.derived("form", KernelMap.Derived.class, p -> () -> closed.add(p)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("after its batch was closed");
    }

    @Test
    void pairsOfADeferredMapAreFoundWhenAskedForAndAreTheSame() {
        CoordinateSet set = surface(ROWS);
        MapMemory memory = new MapMemory();
        List<Integer> expected = contents(new VoxelPyramid(set));
        try (VoxelPyramid pyramid = new VoxelPyramid(set, new MapResources(Parallel.sequential(), memory, true))) {
            pyramid.cube(0, 3, KernelLayout.HYPERCUBE);
            pyramid.down(0);
        }
        assertThat(memory.idleBytes()).as("nobody has asked").isZero();
        try (VoxelPyramid pyramid = new VoxelPyramid(set, new MapResources(Parallel.sequential(), memory, true))) {
            assertThat(contents(pyramid)).isEqualTo(expected);
        }
    }

    @Test
    void aDeferredMapIsRefusedOnceItsPyramidIsClosedThoughNobodyHadAsked() {
        VoxelPyramid pyramid =
                new VoxelPyramid(surface(700), new MapResources(Parallel.sequential(), new MapMemory(), true));
        for (KernelMap map : List.of(pyramid.cube(0, 3, KernelLayout.HYPERCUBE), pyramid.down(0), pyramid.up(0))) {
            pyramid.close();
            assertThatThrownBy(() -> map.pair(0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("after its batch was closed");
        }
    }

    @Test
    void closingTwiceIsClosingOnce() {
        VoxelPyramid pyramid = new VoxelPyramid(surface(700));
        pyramid.cube(0, 3, KernelLayout.HYPERCUBE);
        pyramid.close();
        pyramid.close();
        assertThatThrownBy(() -> pyramid.down(0)).isInstanceOf(IllegalStateException.class);
    }

    /** Everything that the maps of four levels say, number by number. */
    private static List<Integer> contents(VoxelPyramid pyramid) {
        List<Integer> all = new ArrayList<>();
        for (int level = 0; level < 4; level++) {
            for (KernelMap map :
                    List.of(pyramid.cube(level, 3, KernelLayout.HYPERCUBE), pyramid.down(level), pyramid.up(level))) {
                for (int block = 0; block < map.blocks(); block++) {
                    for (int list = 0; list < map.lists(); list++) {
                        all.add(map.end(block, list) - map.start(block, list));
                        for (int p = map.start(block, list); p < map.end(block, list); p++) {
                            all.add(map.pair(block)[p]);
                        }
                    }
                }
            }
        }
        return all;
    }

    /** Distinct voxels of a wavy surface, as many as asked for. */
    private static CoordinateSet surface(int rows) {
        int width = 160;
        int[] coordinates = new int[4 * rows];
        for (int i = 0; i < rows; i++) {
            coordinates[4 * i + 1] = i % width;
            coordinates[4 * i + 2] = i / width;
            coordinates[4 * i + 3] = (int) (9 * Math.sin(i % width * 0.11) + 7 * Math.cos(i / width * 0.17));
        }
        return CoordinateSet.sort(coordinates, 1).set();
    }
}
