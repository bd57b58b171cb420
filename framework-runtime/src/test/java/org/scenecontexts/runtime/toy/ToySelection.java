package org.scenecontexts.runtime.toy;

import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.select.Selection;
import org.scenecontexts.api.select.SelectionFactory;

/** The point with the largest first feature, then one by chance. */
public final class ToySelection implements SelectionFactory<ToySelection.Config> {

    public record Config(
            @Doc("Whether to look at features.") @Default("true")
            boolean features) {}

    @Override
    public String name() {
        return "toy-selection";
    }

    @Override
    public String summary() {
        return "Two points per scene for tests.";
    }

    @Override
    public boolean needsFeatures(Config config) {
        return config.features();
    }

    @Override
    public Selection create(Config config, BuildContext context) {
        return (scene, features, random) -> {
            int largest = 0;
            for (int i = 0; i < scene.size() && features.present(); i++) {
                float value = features.values()[i * features.channels()];
                largest = value > features.values()[largest * features.channels()] ? i : largest;
            }
            return new int[] {largest, random.nextInt(scene.size())};
        };
    }
}
