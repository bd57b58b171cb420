package org.scenecontexts.sparseconv.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.workload.PreparedWorkload;
import org.scenecontexts.api.workload.RoomSize;
import org.scenecontexts.api.workload.Work;
import org.scenecontexts.api.workload.Workload;
import org.scenecontexts.api.workload.WorkloadClouds;
import org.scenecontexts.bench.BenchContext;
import org.scenecontexts.bench.Rooms;
import org.scenecontexts.sparseconv.TestEngines;
import org.scenecontexts.sparseconv.conv.VoxelHierarchy;
import org.scenecontexts.sparseconv.map.KernelLayout;

/** Work is counted by hand on a flat plate of 20 x 20 voxels: no other code than the tests' own adds it up. */
class CountedWorkTest {

    private static final int SIDE = 20;

    /** Along an axis 20 voxels see themselves and their neighbours, 3 x 20 - 2 pairs; squared in the plane. */
    private static final long PAIRS = (3L * SIDE - 2) * (3L * SIDE - 2);

    private final TensorEngine engine = TestEngines.cpu(1);
    private final BenchContext context = new BenchContext(engine, new Rooms(new Plate()));

    private static final class Plate implements WorkloadClouds {
        @Override
        public String description() {
            return "a plate";
        }

        @Override
        public Scene room(RoomSize size) {
            float[] positions = new float[3 * SIDE * SIDE];
            for (int i = 0; i < SIDE * SIDE; i++) {
                positions[3 * i] = (float) ((i / SIDE + 0.5) * RoomSize.SPACING);
                positions[3 * i + 1] = (float) ((i % SIDE + 0.5) * RoomSize.SPACING);
                positions[3 * i + 2] = (float) (0.5 * RoomSize.SPACING);
            }
            return Scene.ofPositions("plate", positions).withLabels(new int[SIDE * SIDE]);
        }
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private Work run(String name) {
        Workload workload = new SparseConvSuite()
                .workloads().stream()
                        .filter(candidate -> candidate.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        try (PreparedWorkload prepared = workload.preparer().prepare(context)) {
            prepared.renew();
            prepared.run();
            return prepared.work();
        }
    }

    @Test
    void aConvolutionCountsItsPairs() {
        long flops = 2 * PAIRS * 32 * 32;
        long bytes = 4L * (2 * SIDE * SIDE * 32 + 27 * 32 * 32) + 4 * PAIRS;
        Work expected = new Work(flops, bytes, SIDE * SIDE);
        assertThat(run("conv3/forward/32/20k")).isEqualTo(expected);
        assertThat(run("conv3/input-gradient/32/20k")).isEqualTo(expected);
        assertThat(run("conv3/weight-gradient/32/20k")).isEqualTo(expected);
    }

    @Test
    void aStridedConvolutionHasOnePairPerFineVoxel() {
        assertThat(run("down2/forward/64/20k").flops()).isEqualTo(2L * SIDE * SIDE * 64 * 64);
        assertThat(run("up2/forward/64/20k").flops()).isEqualTo(2L * SIDE * SIDE * 64 * 64);
    }

    @Test
    void theNetworkCountsTheConvolutionsOfItsPublishedLayers() {
        assertThat(run("res16unet34c/forward/20k").flops()).isEqualTo(byHand());
    }

    @Test
    void aTrainingStepIsThreeForwardPassesWithoutTheGradientOfTheInput() {
        long stem = 2 * PAIRS * 3 * 32;
        assertThat(run("res16unet34c/step/20k").flops()).isEqualTo(3 * byHand() - stem);
    }

    @Test
    void namesAreUniqueAndTheSuiteIsFoundInThem() {
        assertThat(new SparseConvSuite().workloads())
                .extracting(Workload::name)
                .doesNotHaveDuplicates()
                .contains("map/network/60k", "conv3/weight-gradient/256/8k", "res16unet34c/step/150k");
    }

    /** REFERENCE 1.1 to 1.3, layer by layer; 2 operations for each pair and each of its channel products. */
    private long byHand() {
        VoxelHierarchy voxels = VoxelHierarchy.of(Voxels.batch(Voxels.sample(context, RoomSize.K20)));
        long[] cube = new long[5];
        long[] rows = new long[5];
        for (int level = 0; level < 5; level++) {
            var map = voxels.cube(level, 3, KernelLayout.MINKOWSKI_04_HYBRID);
            cube[level] = map.pairs();
            rows[level] = map.outRows();
        }
        assertThat(List.of(cube[0], rows[0])).containsExactly(PAIRS, (long) SIDE * SIDE);
        long products = cube[0] * 3 * 32;
        products += rows[0] * 32 * 32 + cube[1] * (4 * 32 * 32);
        products += rows[1] * 32 * 32 + cube[2] * (32 * 64 + 5 * 64 * 64) + rows[2] * 32 * 64;
        products += rows[2] * 64 * 64 + cube[3] * (64 * 128 + 7 * 128 * 128) + rows[3] * 64 * 128;
        products += rows[3] * 128 * 128 + cube[4] * (128 * 256 + 11 * 256 * 256) + rows[4] * 128 * 256;
        products += rows[3] * 256 * 256 + cube[3] * (384 * 256 + 3 * 256 * 256) + rows[3] * 384 * 256;
        products += rows[2] * 256 * 128 + cube[2] * (192 * 128 + 3 * 128 * 128) + rows[2] * 192 * 128;
        products += rows[1] * 128 * 96 + cube[1] * (128 * 96 + 3 * 96 * 96) + rows[1] * 128 * 96;
        products += rows[0] * 96 * 96 + cube[0] * (128 * 96 + 3 * 96 * 96) + rows[0] * 128 * 96;
        products += rows[0] * 96 * 20;
        return 2 * products;
    }
}
