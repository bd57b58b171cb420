package com.example.tiny;

import org.pf4j.Extension;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.nn.Layer;
import org.scenecontexts.api.nn.Layers;
import org.scenecontexts.api.tensor.Tensor;

/** Offers {@code backbone: tiny-mlp}. */
@Extension
public final class TinyMlpFactory implements BackboneFactory<TinyMlpFactory.Config> {

    /** The keys of {@code tiny-mlp}. */
    public record Config(
            @Doc("Channels of every layer.") @Default("64") @Positive int width,
            @Doc("Number of layers.") @Default("2") @Min(1) int layers,
            @Doc("Points that the network sees of each scene.") @Default("1024") @Positive int points) {}

    @Override
    public String name() {
        return "tiny-mlp";
    }

    @Override
    public String summary() {
        return "A shared MLP over position and inputs; a baseline without context.";
    }

    @Override
    public Sampler sampling(Config config) {
        return Samplers.points(config.points());
    }

    @Override
    public Backbone create(Config config, ModelContext context) {
        int in = 3 + context.inputChannels();
        Layer mlp = Layers.mlp(context.engine(), context.random(), in, config.width(), config.layers());
        return Backbone.of(mlp, config.width(), batch -> {
            Tensor positions = Backbone.positions(context.engine(), batch);
            Tensor inputs = Backbone.inputs(context.engine(), batch);
            return mlp.apply(Tensor.concat(positions, inputs));
        });
    }
}
