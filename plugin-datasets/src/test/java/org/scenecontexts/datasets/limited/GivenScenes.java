package org.scenecontexts.datasets.limited;

import java.util.List;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.CachedDataset;

/** Data to limit that a test makes up. */
public final class GivenScenes implements DatasetFactory<GivenScenes.Config> {

    public record Config(List<String> classes, List<Scene> scenes) {}

    public static Choice<BuildContext, Dataset> of(List<String> classes, List<Scene> scenes) {
        return new Choice<>(new GivenScenes(), new Config(classes, scenes));
    }

    @Override
    public String name() {
        return "given-scenes";
    }

    @Override
    public String summary() {
        return "for tests";
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Dataset create(Config config, BuildContext context) {
        return new CachedDataset(
                config.scenes().stream().map(Scene::id).toList(),
                SceneClasses.of(config.classes()),
                1,
                false,
                i -> Example.of(config.scenes().get(i)));
    }
}
