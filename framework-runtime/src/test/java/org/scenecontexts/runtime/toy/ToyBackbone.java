package org.scenecontexts.runtime.toy;

import java.util.Map;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.nn.Layer;
import org.scenecontexts.api.nn.Layers;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.tensor.Tensor;

/** A shared perceptron over the inputs of some points. */
public final class ToyBackbone implements BackboneFactory<ToyBackbone.Config> {

    public record Config(
            @Doc("Channels.") @Default("8") int width,

            @Doc("Points per scene; all when 0.") @Default("48")
            int points) {}

    @Override
    public String name() {
        return "toy-backbone";
    }

    @Override
    public String summary() {
        return "A shared perceptron for tests.";
    }

    @Override
    public Sampler sampling(Config config) {
        return config.points() == 0 ? Samplers.all() : Samplers.points(config.points());
    }

    @Override
    public Backbone create(Config config, ModelContext context) {
        Layer layers = Layers.mlp(context.engine(), context.random(), context.inputChannels(), config.width(), 2);
        return new Backbone() {
            @Override
            public Module module() {
                return layers;
            }

            @Override
            public int channels() {
                return config.width();
            }

            @Override
            public Tensor features(PointBatch batch) {
                return layers.apply(Backbone.inputs(context.engine(), batch));
            }

            @Override
            public Map<String, String> metadata() {
                return Map.of("toy-key", "toy value");
            }
        };
    }
}
