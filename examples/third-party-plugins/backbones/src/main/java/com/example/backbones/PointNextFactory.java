package com.example.backbones;

import java.util.List;
import org.pf4j.Extension;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.NotEmpty;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Samplers;

/** Offers {@code backbone: pointnext}. */
@Extension
public final class PointNextFactory implements BackboneFactory<PointNextFactory.Config> {

    /** The keys of {@code pointnext}. */
    public record Config(
            @Doc("Points drawn from each scene.") @Default("8192") @Positive int points,
            @Doc("Channels of the stem; each stage doubles them.") @Default("32") @Positive int width,

            @Doc("Residual blocks after each of the stages down: [0, 0, 0, 0] is the published S, [1, 2, 1, 1] B,"
                    + " [2, 4, 2, 2] L.")
            @Default("[0, 0, 0, 0]")
            @NotEmpty
            List<Integer> blocks,

            @Doc("Radius of the first stage, metres; each stage doubles it.") @Default("0.1") @Positive double radius,
            @Doc("Neighbours of each point.") @Default("32") @Positive int neighbours,
            @Doc("Of how many points each stage keeps one.") @Default("4") @Positive int stride) {}

    @Override
    public String name() {
        return "pointnext";
    }

    @Override
    public String summary() {
        return "PointNeXt: PointNet++ with residual blocks of separable perceptrons.";
    }

    @Override
    public Sampler sampling(Config config) {
        return Samplers.points(config.points());
    }

    @Override
    public Backbone create(Config config, ModelContext context) {
        PointNext network = new PointNext(context.engine(), context.random(), config, context.inputChannels());
        return Backbone.of(network, network.channels(), network::features);
    }
}
