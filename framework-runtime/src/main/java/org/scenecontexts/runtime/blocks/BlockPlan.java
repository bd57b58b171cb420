package org.scenecontexts.runtime.blocks;

import java.util.OptionalDouble;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.runtime.log.Sizes;
import org.scenecontexts.runtime.pipeline.Blocks;

/**
 * Chooses how large blocks are, so that the largest fits into the memory that was named beside what is there already.
 *
 * @param size edge of a block, metres
 * @param overlap what neighbours share, metres
 */
record BlockPlan(double size, double overlap) {

    /** Step by which blocks become smaller. */
    private static final double STEP = 0.85;

    /** What is needed besides what was measured: fragments, and the differences between one block and another. */
    private static final double MARGIN = 1.4;

    /** Per point of the scene until the end: its place in the order, class and confidence, and the fields that are written. */
    static final long POINT_BYTES = 32;

    /**
     * What a block was found to take.
     *
     * @param fixed bytes whatever its size
     * @param perPoint bytes per point of the block
     * @param width numbers that are averaged per point
     * @param rowBytes bytes per point of the scene for rows that are kept until the end; 0 where none are
     */
    record Cost(double fixed, double perPoint, int width, double rowBytes) {

        double block(long points) {
            return MARGIN * (fixed + perPoint * points);
        }

        double waiting(long points) {
            return 4.0 * (width + 1) * points;
        }
    }

    /** As configured, before anything is known about memory. */
    static BlockPlan of(Blocks blocks, OptionalDouble reach) {
        double overlap = blocks.overlap().orElseGet(() -> {
            double share = reach.isPresent() ? Blocks.SHARE * reach.getAsDouble() : blocks.size() / 8;
            return Math.min(share, blocks.size() / 4);
        });
        return new BlockPlan(blocks.size(), overlap);
    }

    BlockGrid grid(Scene scene) {
        return new BlockGrid(scene, size, overlap);
    }

    /**
     * The largest plan that fits.
     *
     * @param free bytes for blocks and what waits for them
     * @throws CloudException when not even blocks that are mostly shared would fit
     */
    BlockPlan within(Scene scene, Cost cost, double free) {
        BlockPlan plan = this;
        double needed = plan.needed(scene, cost);
        while (needed > free) {
            double smaller = plan.size * STEP;
            if (smaller < Blocks.LEAST * overlap || smaller <= 0.1) {
                throw new CloudException(String.format(
                        java.util.Locale.ROOT,
                        "scene '%s' has %d points; even in blocks of %.1f m, %.2f m of which are shared, it takes %s, and"
                                + " %s are left beside the scene itself: give more memory ('memory', -Xmx), share less"
                                + " ('overlap'), or thin the cloud out",
                        scene.id(),
                        scene.size(),
                        plan.size,
                        overlap,
                        Sizes.text((long) needed),
                        Sizes.text(Math.max(0, (long) free))));
            }
            plan = new BlockPlan(smaller, overlap);
            needed = plan.needed(scene, cost);
        }
        return plan;
    }

    private double needed(Scene scene, Cost cost) {
        BlockGrid grid = grid(scene);
        long largest = 0;
        long waiting = 0;
        long[] rows = new long[grid.tiles() / grid.across() + 2];
        double part = Math.min(9, Math.pow(1 + overlap / BlockGrid.stride(size, overlap), 2));
        for (int tile = 0; tile < grid.tiles(); tile++) {
            rows[tile / grid.across()] += grid.size(tile);
            if (grid.size(tile) > 0) {
                long around = 0;
                for (int other : grid.around(tile)) {
                    around += grid.size(other);
                }
                largest = Math.max(largest, Math.min(around, (long) (part * grid.size(tile))));
            }
        }
        for (int i = 0; i + 1 < rows.length; i++) {
            waiting = Math.max(waiting, rows[i] + rows[i + 1]);
        }
        return cost.block(largest) + cost.waiting(waiting) + cost.rowBytes() * scene.size();
    }
}
