package org.scenecontexts.datasets.augment;

import java.util.random.RandomGenerator;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.data.TransformFactory;
import org.scenecontexts.api.plugin.BuildContext;

/**
 * Moves scenes to the origin, for data whose frames lie anywhere.
 *
 * @since 0.1
 */
@Extension
public final class Center implements TransformFactory<Center.Config> {

    /** What becomes the height zero. */
    public enum Height {
        /** The lowest point. */
        LOWEST,
        /** The mean. */
        MEAN,
        /** Heights stay as they are. */
        KEEP
    }

    /** The YAML keys. */
    public record Config(
            @Doc("what becomes the height zero: lowest, mean, or keep") @Default("lowest")
            Height height) {}

    @Override
    public String name() {
        return "center";
    }

    @Override
    public String summary() {
        return "Moves the mean of the points to x = y = 0 and the floor to z = 0; point level.";
    }

    @Override
    public Transform create(Config config, BuildContext context) {
        return new Transform() {
            @Override
            public Scene apply(Scene scene, RandomGenerator random) {
                return scene.size() == 0 ? scene : centred(scene, config.height());
            }
        };
    }

    private static Scene centred(Scene scene, Height height) {
        double[] sum = new double[3];
        for (int i = 0; i < scene.positions().length; i++) {
            sum[i % 3] += scene.positions()[i];
        }
        double z = switch (height) {
            case LOWEST -> RigidMoves.bounds(scene.positions())[2];
            case MEAN -> sum[2] / scene.size();
            case KEEP -> 0;
        };
        return RigidMoves.shift(scene, -sum[0] / scene.size(), -sum[1] / scene.size(), -z);
    }
}
