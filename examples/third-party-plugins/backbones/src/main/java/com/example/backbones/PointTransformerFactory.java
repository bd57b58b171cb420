package com.example.backbones;

import java.util.List;
import java.util.Set;
import org.pf4j.Extension;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.Capability;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.NotEmpty;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Samplers;

/** Offers {@code backbone: ptv3}; its defaults are the published sizes (arXiv 2312.10035 and its released code). */
@Extension
public final class PointTransformerFactory implements BackboneFactory<PointTransformerFactory.Config> {

    /** The keys of {@code ptv3}. */
    public record Config(
            @Doc("Edge of a voxel, metres.") @Default("0.02") @Positive double voxelSize,
            @Doc("Factor on all channel counts; each is rounded to a multiple of 16, or 8 below that.") @Default("1")
            @Positive
            double width,

            @Doc("Blocks of each stage down, the finest first; one more than there are strides.")
            @Default("[2, 2, 2, 6, 2]")
            @NotEmpty
            List<Integer> depths,

            @Doc("Channels of each stage down.") @Default("[32, 64, 128, 256, 512]") @NotEmpty List<Integer> channels,
            @Doc("Blocks of each stage up, the finest first.") @Default("[2, 2, 2, 2]") @NotEmpty
            List<Integer> upDepths,

            @Doc("Channels of each stage up.") @Default("[64, 64, 128, 256]") @NotEmpty List<Integer> upChannels,
            @Doc("Voxels that see one another; scenes with fewer are one patch.") @Default("1024") @Positive int patch,
            @Doc("Share of voxels that skip a branch of the last block, rising from 0 at the first.") @Default("0.3")
            @Min(0)
            @Max(1)
            double dropPath,

            @Doc("Whether training takes the curves of each stage in an order of chance.") @Default("true")
            boolean shuffleOrders) {

        public Config {
            if (channels.size() != depths.size()
                    || upDepths.size() != depths.size() - 1
                    || upChannels.size() != upDepths.size()) {
                throw new IllegalArgumentException("ptv3 has " + depths.size() + " 'depths' and expects as many"
                        + " 'channels', found " + channels.size() + ", and one fewer of 'up-depths' and 'up-channels',"
                        + " found " + upDepths.size() + " and " + upChannels.size());
            }
        }

        int scaled(int published) {
            double wanted = published * width;
            return wanted < 12 ? 8 : (int) Math.round(wanted / 16) * 16;
        }
    }

    @Override
    public String name() {
        return "ptv3";
    }

    @Override
    public String summary() {
        return "Point Transformer V3: attention among voxels that follow one another along space-filling curves.";
    }

    @Override
    public Sampler sampling(Config config) {
        return Samplers.voxels(config.voxelSize());
    }

    @Override
    public Set<Capability> provides(Config config) {
        return Set.of(Capability.POINT_FEATURES, Capability.GRID);
    }

    @Override
    public Backbone create(Config config, ModelContext context) {
        PointTransformer network = new PointTransformer(context.engine(), context.random(), config, context.inputChannels());
        return Backbone.of(network, network.channels(), network::features);
    }
}
