package org.scenecontexts.datasets.augment;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.data.TransformFactory;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.DistinctDraws;

/**
 * Thins out scenes that have too many points for memory or time.
 *
 * @since 0.1
 */
@Extension
public final class LimitPoints implements TransformFactory<LimitPoints.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("points that a scene may have") @Default("200000") @Min(1)
            int count) {}

    @Override
    public String name() {
        return "limit-points";
    }

    @Override
    public String summary() {
        return "Keeps a random choice of the points of scenes with too many; point level.";
    }

    @Override
    public Transform create(Config config, BuildContext context) {
        return new Transform() {
            @Override
            public Scene apply(Scene scene, RandomGenerator random) {
                if (scene.size() <= config.count()) {
                    return scene;
                }
                int[] chosen = DistinctDraws.some(scene.size(), config.count(), random);
                Arrays.sort(chosen);
                return scene.select(chosen);
            }
        };
    }
}
