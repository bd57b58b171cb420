package org.scenecontexts.datasets.augment;

import java.util.random.RandomGenerator;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.data.TransformFactory;
import org.scenecontexts.api.plugin.BuildContext;

/**
 * Turns scenes about the vertical axis and tilts them a little (REFERENCE 5.6, 8.4, 8.5).
 *
 * @since 0.1
 */
@Extension
public final class RandomRotation implements TransformFactory<RandomRotation.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("largest angle about x, degrees, to both sides") @Default("2.8125") @Min(0) @Max(180)
            double x,

            @Doc("largest angle about y, degrees, to both sides") @Default("2.8125") @Min(0) @Max(180)
            double y,

            @Doc("largest angle about z, the vertical axis, degrees, to both sides") @Default("180") @Min(0) @Max(180)
            double z,

            @Doc("what becomes of boxes: turned with the scene, or enlarged along the axes to hold the turned ones"
                    + " (published for ScanNet, whose boxes have no heading)")
            @Default("turned")
            Boxes boxes) {}

    /** What becomes of boxes. */
    public enum Boxes {
        /** They turn with the scene. */
        TURNED,
        /** They grow to hold the turned ones and lie along the axes. */
        ENLARGED
    }

    @Override
    public String name() {
        return "random-rotation";
    }

    @Override
    public String summary() {
        return "Turns a scene by any angle about z and tilts it slightly; point level, published for ScanNet.";
    }

    @Override
    public Transform create(Config config, BuildContext context) {
        double[] reach = {Math.toRadians(config.x()), Math.toRadians(config.y()), Math.toRadians(config.z())};
        return new Transform() {
            @Override
            public Scene apply(Scene scene, RandomGenerator random) {
                double[] angles = new double[3];
                for (int a = 0; a < 3; a++) {
                    angles[a] = reach[a] * (2 * random.nextDouble() - 1);
                }
                int[] order = {0, 1, 2};
                for (int i = 2; i > 0; i--) {
                    int j = random.nextInt(i + 1);
                    int swap = order[i];
                    order[i] = order[j];
                    order[j] = swap;
                }
                Scene turned = RigidMoves.rotate(scene, matrix(angles, order));
                return config.boxes() == Boxes.ENLARGED ? RigidMoves.enlarged(turned) : turned;
            }
        };
    }

    /**
     * The product of the three axis rotations.
     *
     * @param angles about x, y and z, radians
     * @param order axes from the left factor to the right one
     */
    static double[] matrix(double[] angles, int[] order) {
        double[] first = RigidMoves.about(order[0], angles[order[0]]);
        double[] second = RigidMoves.about(order[1], angles[order[1]]);
        double[] third = RigidMoves.about(order[2], angles[order[2]]);
        return RigidMoves.product(RigidMoves.product(first, second), third);
    }
}
