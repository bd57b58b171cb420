package org.scenecontexts.testkit.pipeline;

import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.nn.Layer;
import org.scenecontexts.api.nn.Layers;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Offers {@code backbone: kit-mlp}: a shared perceptron over places and inputs of points.
 *
 * @since 0.2
 */
public final class KitMlp implements BackboneFactory<KitMlp.Config> {

    /** The keys of {@code kit-mlp}. */
    public record Config(
            @Doc("Channels.") @Default("12") @Positive int width,

            @Doc("Points per scene.") @Default("160") @Positive
            int points) {}

    @Override
    public String name() {
        return "kit-mlp";
    }

    @Override
    public String summary() {
        return "A shared perceptron for tests.";
    }

    @Override
    public Sampler sampling(Config config) {
        return Samplers.points(config.points());
    }

    @Override
    public Backbone create(Config config, ModelContext context) {
        Layer layers = Layers.mlp(context.engine(), context.random(), 3 + context.inputChannels(), config.width(), 2);
        return Backbone.of(
                layers,
                config.width(),
                batch -> layers.apply(Tensor.concat(
                        Backbone.positions(context.engine(), batch), Backbone.inputs(context.engine(), batch))));
    }
}
