package com.example.opendata;

import java.util.List;
import java.util.random.RandomGenerator;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.Scenes;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.data.TransformFactory;
import org.scenecontexts.api.plugin.BuildContext;

/**
 * Lays a second scene into the first, so that a network cannot rely on what usually stands around a thing (Nekrasov et al.,
 * Mix3D, 3DV 2021). Both are moved to one middle first.
 */
@Extension
public final class Mix3d implements TransformFactory<Mix3d.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("How often a scene is mixed with another.") @Default("1") @Min(0) @Max(1)
            double probability) {}

    @Override
    public String name() {
        return "mix3d";
    }

    @Override
    public String summary() {
        return "Lays a second scene of the data set into each, in training (Mix3D).";
    }

    @Override
    public Transform create(Config config, BuildContext context) {
        return new Transform() {
            @Override
            public int others() {
                return 1;
            }

            @Override
            public Scene apply(Scene scene, List<Scene> others, RandomGenerator random) {
                boolean mixed = random.nextDouble() < config.probability();
                return mixed ? Scenes.stacked(scene.id(), List.of(centred(scene), centred(others.getFirst()))) : scene;
            }
        };
    }

    private static Scene centred(Scene scene) {
        float[] positions = scene.positions().clone();
        for (int axis = 0; axis < 3; axis++) {
            double sum = 0;
            for (int i = axis; i < positions.length; i += 3) {
                sum += positions[i];
            }
            float middle = (float) (sum / scene.size());
            for (int i = axis; i < positions.length; i += 3) {
                positions[i] -= middle;
            }
        }
        return scene.withPositions(positions);
    }
}
