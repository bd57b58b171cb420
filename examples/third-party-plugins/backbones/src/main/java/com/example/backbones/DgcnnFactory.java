package com.example.backbones;

import org.pf4j.Extension;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Samplers;

/** Offers {@code backbone: dgcnn}. */
@Extension
public final class DgcnnFactory implements BackboneFactory<DgcnnFactory.Config> {

    /** The keys of {@code dgcnn}. */
    public record Config(
            @Doc("Points drawn from each scene; published: 4096 of a block of 1 m.") @Default("4096") @Positive
            int points,

            @Doc("Neighbours of each point.") @Default("20") @Positive int neighbours,
            @Doc("Factor on all channel counts.") @Default("1") @Positive double width) {

        int scaled(int published) {
            return Math.max(8, (int) Math.round(published * width / 8) * 8);
        }
    }

    @Override
    public String name() {
        return "dgcnn";
    }

    @Override
    public String summary() {
        return "Dynamic graph CNN: edge convolutions over neighbours in feature space.";
    }

    @Override
    public Sampler sampling(Config config) {
        return Samplers.points(config.points());
    }

    @Override
    public Backbone create(Config config, ModelContext context) {
        Dgcnn network = new Dgcnn(context.engine(), context.random(), config, context.inputChannels());
        return Backbone.of(network, network.channels(), network::features);
    }
}
