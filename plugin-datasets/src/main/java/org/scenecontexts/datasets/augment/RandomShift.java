package org.scenecontexts.datasets.augment;

import java.util.random.RandomGenerator;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.data.TransformFactory;
import org.scenecontexts.api.plugin.BuildContext;

/**
 * Moves voxels by whole voxels, so that coarser levels of a network cut the scene elsewhere (REFERENCE 5.4 item 5).
 *
 * @since 0.1
 */
@Extension
public final class RandomShift implements TransformFactory<RandomShift.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("shifts along each axis are whole numbers from 0 to this, this excluded, in voxels")
            @Default("100")
            @Min(1)
            @Max(100000)
            int range) {}

    @Override
    public String name() {
        return "random-shift";
    }

    @Override
    public String summary() {
        return "Adds one whole number of voxels to all coordinates of each axis; voxel level, published.";
    }

    @Override
    public Transform create(Config config, BuildContext context) {
        return new Transform() {
            @Override
            public SampledPoints applySampled(SampledPoints points, RandomGenerator random) {
                int[] shift = {
                    random.nextInt(config.range()), random.nextInt(config.range()), random.nextInt(config.range())
                };
                return points.hasGrid() ? points.withGrid(shifted(points.grid(), shift)) : points;
            }
        };
    }

    static int[] shifted(int[] grid, int[] shift) {
        int[] moved = new int[grid.length];
        for (int i = 0; i < grid.length; i++) {
            moved[i] = grid[i] + shift[i % 3];
        }
        return moved;
    }
}
