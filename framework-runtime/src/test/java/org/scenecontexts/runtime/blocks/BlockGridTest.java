package org.scenecontexts.runtime.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.runtime.pipeline.Blocks;

/** Blocks cover every point, and neighbours share a strip. */
class BlockGridTest {

    private static Scene scene(int points, double width, double length) {
        SplittableRandom random = new SplittableRandom(3);
        float[] positions = new float[3 * points];
        for (int i = 0; i < points; i++) {
            positions[3 * i] = (float) (random.nextDouble() * width - 3);
            positions[3 * i + 1] = (float) (random.nextDouble() * length + 5);
            positions[3 * i + 2] = (float) random.nextDouble() * 3;
        }
        positions[3] = Float.NaN;
        return Scene.ofPositions("test", positions);
    }

    private static double weightSum(BlockGrid grid, int points, double[] sums) {
        for (int tile = 0; tile < grid.tiles(); tile++) {
            if (grid.size(tile) > 0) {
                BlockGrid.Members members = grid.members(tile);
                for (int i = 0; i < members.points().length; i++) {
                    sums[members.points()[i]] += members.weights()[i];
                }
            }
        }
        return points;
    }

    @Test
    void weightsOfAPointAddUpToOneAwayFromEmptyBlocks() {
        Scene scene = scene(20_000, 9, 21);
        double[] sums = new double[scene.size()];
        BlockGrid grid = new BlockGrid(scene, 4, 1);
        weightSum(grid, scene.size(), sums);
        for (int i = 0; i < sums.length; i++) {
            // Weights are 32-bit numbers, at most four of them; a point within 1e-3 of an edge of its tile counts at
            // least 1e-3.
            assertThat(sums[i]).isCloseTo(i == 1 ? 0 : 1, within(2e-3));
        }
    }

    @Test
    void everyFinitePointIsInTheCoreOfOneBlock() {
        Scene scene = scene(5_000, 9, 21);
        BlockGrid grid = new BlockGrid(scene, 4, 1);
        int[] cores = new int[scene.size()];
        for (int tile = 0; tile < grid.tiles(); tile++) {
            BlockGrid.Members members = grid.members(tile);
            int[] core = members.core();
            assertThat(core[1] - core[0]).isEqualTo(grid.size(tile));
            for (int i = core[0]; i < core[1]; i++) {
                cores[members.points()[i]]++;
                assertThat(grid.point(tile, members.slot()[i])).isEqualTo(members.points()[i]);
            }
        }
        for (int i = 0; i < cores.length; i++) {
            assertThat(cores[i]).isEqualTo(i == 1 ? 0 : 1);
        }
    }

    @Test
    void aBlockReachesHalfOfWhatIsSharedBeyondItsCore() {
        Scene scene = scene(20_000, 9, 21);
        BlockGrid grid = new BlockGrid(scene, 4, 1);
        int inner = grid.across() + 1;
        double[][] bounds = grid.bounds(inner);
        int inside = 0;
        for (int i = 0; i < scene.size(); i++) {
            boolean in = true;
            for (int axis = 0; axis < 2; axis++) {
                double p = scene.positions()[3 * i + axis];
                in &= p > bounds[0][axis] - 0.5 && p < bounds[1][axis] + 0.5;
            }
            inside += in ? 1 : 0;
        }
        assertThat(grid.members(inner).points()).hasSize(inside);
        assertThat(bounds[1][0] - bounds[0][0]).isCloseTo(3, within(1e-9));
    }

    @Test
    void oneBlockOfEverythingHasEveryPoint() {
        Scene scene = scene(100, 9, 21);
        BlockGrid grid = new BlockGrid(scene, Double.POSITIVE_INFINITY, 0);
        assertThat(grid.tiles()).isEqualTo(1);
        assertThat(grid.members(0).points()).hasSize(99);
    }

    @Test
    void blocksBecomeSmallerUntilTheyFit() {
        Scene scene = scene(20_000, 9, 21);
        BlockPlan plan = new BlockPlan(8, 1);
        BlockPlan.Cost cost = new BlockPlan.Cost(0, 1000, 4, 0);
        // All 20,000 points of 9 m by 21 m lie in blocks of 64 square metres: some 6,800 points, 10 MB with what is set
        // aside.
        assertThat(plan.within(scene, cost, 100e6)).isEqualTo(plan);
        assertThat(plan.within(scene, cost, 5e6).size()).isLessThan(8).isGreaterThanOrEqualTo(2);
        assertThatThrownBy(() -> plan.within(scene, cost, 100e3))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("20000 points")
                .hasMessageContaining("give more memory");
    }

    @Test
    void whatIsSharedIsAQuarterOfTheReachUnlessSaid() {
        Blocks usual = new Blocks(8, Optional.empty(), Optional.empty());
        assertThat(BlockPlan.of(usual, OptionalDouble.of(5.3)).overlap()).isCloseTo(1.325, within(1e-9));
        assertThat(BlockPlan.of(usual, OptionalDouble.of(100)).overlap()).isEqualTo(2);
        assertThat(BlockPlan.of(usual, OptionalDouble.empty()).overlap()).isEqualTo(1);
    }

    @Test
    void memoryIsReadWithItsUnit() {
        assertThat(new Blocks(8, Optional.empty(), Optional.of("1.5m")).memoryBytes())
                .isEqualTo(1_572_864);
        assertThatThrownBy(() -> new Blocks(8, Optional.empty(), Optional.of("lots")))
                .hasMessageContaining("2g, 1.5g or 800m, found 'lots'");
        assertThatThrownBy(() -> new Blocks(8, Optional.of(5.0), Optional.empty()))
                .hasMessageContaining("at most half of 'size'");
    }

    @Test
    void blocksThatAreNoMetresAreRefused() {
        for (double size : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 0, -1}) {
            assertThatThrownBy(() -> new Blocks(size, Optional.empty(), Optional.empty()))
                    .hasMessageContaining("are metres, found " + size);
        }
        assertThatThrownBy(() -> new Blocks(8, Optional.of(Double.NaN), Optional.empty()))
                .hasMessageContaining("are metres, found 8.0 and NaN");
    }

    @Test
    void aCloudOfOnePointIsOneBlockAndOneWithoutAnyIsRefused() {
        BlockGrid one = new BlockGrid(Scene.ofPositions("one", new float[] {3, 4, 5}), 8, 1);
        assertThat(one.tiles()).isEqualTo(1);
        assertThat(one.members(0).points()).containsExactly(0);
        assertThat(one.members(0).weights()).containsExactly(1);
        for (float[] positions : new float[][] {{}, {Float.NaN, 0, 0}}) {
            assertThatThrownBy(() -> new BlockGrid(Scene.ofPositions("none", positions), 8, 1))
                    .isInstanceOf(CloudException.class)
                    .hasMessageContaining("no point with a finite position");
        }
    }

    @Test
    void everyPointIsFreshInOneDraw() {
        List<PointDraws.Draw> draws = PointDraws.of(1000, 300, new SplittableRandom(1));
        assertThat(draws).hasSize(4);
        int[] fresh = new int[1000];
        for (PointDraws.Draw draw : draws) {
            assertThat(draw.points()).hasSize(300).doesNotHaveDuplicates();
            for (int i = 0; i < draw.fresh(); i++) {
                fresh[draw.points()[i]]++;
            }
        }
        assertThat(fresh).containsOnly(1);
    }
}
