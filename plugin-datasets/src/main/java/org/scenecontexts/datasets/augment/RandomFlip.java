package org.scenecontexts.datasets.augment;

import java.util.List;
import java.util.random.RandomGenerator;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.NotEmpty;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.data.TransformFactory;
import org.scenecontexts.api.plugin.BuildContext;

/**
 * Mirrors scenes along x and along y (REFERENCE 5.7 item 2, 8.4, 8.5).
 *
 * @since 0.1
 */
@Extension
public final class RandomFlip implements TransformFactory<RandomFlip.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("chance that flips are considered at all") @Default("0.95") @Min(0) @Max(1)
            double probability,

            @Doc("chance of a flip along each horizontal axis, when they are considered")
            @Default("0.5")
            @Min(0)
            @Max(1)
            double each,

            @Doc("axes along which a scene may be mirrored") @Default("[x, y]") @NotEmpty
            List<Axis> axes,

            @Doc("what stays where it is: the middle of the scene's bounds, or the origin of the data (published"
                    + " detection)")
            @Default("middle")
            About about) {

        public Config {
            axes = List.copyOf(axes);
        }
    }

    /** The horizontal axes. */
    public enum Axis {
        X,
        Y
    }

    /** Where the mirror stands. */
    public enum About {
        /** The middle of the bounds of the points. */
        MIDDLE,
        /** The origin of the data. */
        ORIGIN
    }

    @Override
    public String name() {
        return "random-flip";
    }

    @Override
    public String summary() {
        return "Mirrors a scene along x, y, both or neither; voxel level, published.";
    }

    @Override
    public Transform create(Config config, BuildContext context) {
        return new Transform() {
            @Override
            public SampledPoints applySampled(SampledPoints points, RandomGenerator random) {
                if (random.nextDouble() >= config.probability()) {
                    return points;
                }
                boolean x = random.nextDouble() < config.each();
                boolean y = random.nextDouble() < config.each();
                return flip(
                        points,
                        x && config.axes().contains(Axis.X),
                        y && config.axes().contains(Axis.Y),
                        config.about());
            }
        };
    }

    /** Mirrors voxel coordinates ({@code max - c}), positions, normals and boxes alike. */
    static SampledPoints flip(SampledPoints points, boolean x, boolean y, About about) {
        SampledPoints flipped = points;
        for (int axis = 0; axis < 2; axis++) {
            if (axis == 0 ? x : y) {
                flipped = flip(flipped, axis, about);
            }
        }
        return flipped;
    }

    private static SampledPoints flip(SampledPoints points, int axis, About about) {
        double[] bounds = RigidMoves.bounds(points.scene().positions());
        double sum = about == About.ORIGIN ? 0 : bounds[axis] + bounds[3 + axis];
        Scene scene = points.size() == 0 ? points.scene() : RigidMoves.mirror(points.scene(), axis, sum);
        SampledPoints mirrored = points.withScene(scene);
        if (!points.hasGrid()) {
            return mirrored;
        }
        int[] grid = points.grid().clone();
        int max = Integer.MIN_VALUE;
        for (int i = axis; i < grid.length; i += 3) {
            max = Math.max(max, grid[i]);
        }
        for (int i = axis; i < grid.length; i += 3) {
            grid[i] = max - grid[i];
        }
        return mirrored.withGrid(grid);
    }
}
