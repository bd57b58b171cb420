package org.scenecontexts.datasets.augment;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.data.TransformFactory;
import org.scenecontexts.api.plugin.BuildContext;

/**
 * Cuts a block out of large scenes (the clip of REFERENCE 5.6, published for S3DIS).
 *
 * @since 0.1
 */
@Extension
public final class RandomCrop implements TransformFactory<RandomCrop.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("half the edge of the block, metres; scenes whose longest side is shorter than this are left whole")
            @Default("4")
            @Positive
            double reach,

            @Doc("largest shift of the block's centre along x, as part of the scene's length")
            @Default("0.2")
            @Min(0)
            @Max(0.5)
            double shiftX,

            @Doc("largest shift of the block's centre along y, as part of the scene's length")
            @Default("0.2")
            @Min(0)
            @Max(0.5)
            double shiftY,

            @Doc("largest shift of the block's centre along z, as part of the scene's height")
            @Default("0.05")
            @Min(0)
            @Max(0.5)
            double shiftZ) {}

    @Override
    public String name() {
        return "random-crop";
    }

    @Override
    public String summary() {
        return "Keeps a block of a large scene, around a random place near its middle; point level, published for S3DIS.";
    }

    @Override
    public Transform create(Config config, BuildContext context) {
        return new Transform() {
            @Override
            public Scene apply(Scene scene, RandomGenerator random) {
                double[] ratios = {
                    config.shiftX() * (2 * random.nextDouble() - 1),
                    config.shiftY() * (2 * random.nextDouble() - 1),
                    config.shiftZ() * (2 * random.nextDouble() - 1)
                };
                int[] kept = kept(scene.positions(), config.reach(), ratios);
                boolean whole = kept.length == scene.size() || kept.length == 0;
                return whole ? scene : cut(scene, kept);
            }
        };
    }

    private static Scene cut(Scene scene, int[] kept) {
        Scene cut = scene.select(kept);
        if (!scene.hasInstances()) {
            return cut;
        }
        Set<Integer> left = new HashSet<>();
        for (int instance : cut.instances()) {
            left.add(instance);
        }
        return cut.withBoxes(scene.boxes().stream()
                .filter(box -> left.contains(box.instance()))
                .toList());
    }

    /**
     * The points inside the block.
     *
     * @param ratios shift of the block's centre, as part of the scene's size
     */
    static int[] kept(float[] positions, double reach, double[] ratios) {
        double[] bounds = RigidMoves.bounds(positions);
        double longest = 0;
        double[] centre = new double[3];
        for (int a = 0; a < 3; a++) {
            double side = bounds[3 + a] - bounds[a];
            longest = Math.max(longest, side);
            centre[a] = bounds[a] + side / 2 + ratios[a] * side;
        }
        int[] kept = new int[positions.length / 3];
        int count = 0;
        for (int i = 0; i < kept.length; i++) {
            boolean inside = true;
            for (int a = 0; a < 3; a++) {
                double d = positions[3 * i + a] - centre[a];
                inside &= d >= -reach && d < reach;
            }
            if (inside || longest < reach) {
                kept[count++] = i;
            }
        }
        return Arrays.copyOf(kept, count);
    }
}
