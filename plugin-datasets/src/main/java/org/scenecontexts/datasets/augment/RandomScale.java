package org.scenecontexts.datasets.augment;

import java.util.random.RandomGenerator;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.data.TransformFactory;
import org.scenecontexts.api.plugin.BuildContext;

/**
 * Makes scenes a little larger or smaller (REFERENCE 5.6).
 *
 * @since 0.1
 */
@Extension
public final class RandomScale implements TransformFactory<RandomScale.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("smallest factor") @Default("0.9") @Positive
            double min,

            @Doc("largest factor") @Default("1.1") @Positive double max) {

        /** @throws IllegalArgumentException when the range is empty */
        public Config {
            if (max < min) {
                throw new IllegalArgumentException("max is " + max + ", min is " + min + "; max must be at least min");
            }
        }
    }

    @Override
    public String name() {
        return "random-scale";
    }

    @Override
    public String summary() {
        return "Multiplies all lengths by one factor between min and max; point level, published.";
    }

    @Override
    public Transform create(Config config, BuildContext context) {
        return new Transform() {
            @Override
            public Scene apply(Scene scene, RandomGenerator random) {
                return RigidMoves.scale(scene, config.min() + (config.max() - config.min()) * random.nextDouble());
            }
        };
    }
}
