package org.scenecontexts.sparseconv.unet;

import java.util.List;
import java.util.Map;
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
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Makes {@link SparseUNet} known as {@code sparse-unet}: PointGroup's backbone, and with the defaults its score network.
 *
 * @since 0.2
 */
@Extension
public final class SparseUNetFactory implements BackboneFactory<SparseUNetFactory.Config> {

    /** What a pipeline can say about the network. */
    public record Config(
            @Doc(
                    "Channels at each resolution, finest first: m and 2 m for the m channels that come in unless given, as in"
                            + " PointGroup's score network. Its backbone: [16, 32, 48, 64, 80, 96, 112].")
            @Default("[]")
            List<Integer> widths,

            @Doc("Residual blocks at each resolution, on the way down and again on the way up.") @Default("2") @Min(1)
            int blocks,

            @Doc("Edge of a voxel in metres; inside a task, where cells are voxels, it does not matter.")
            @Default("0.02")
            @Positive
            double voxelSize,

            @Doc("Weight of the newest batch in running statistics.") @Default("0.1") @Min(0) @Max(1)
            double bnMomentum) {

        /** @throws IllegalArgumentException for a width below 1 */
        public Config {
            widths = List.copyOf(widths);
            for (int width : widths) {
                if (width < 1) {
                    throw new IllegalArgumentException("'widths' are numbers of channels, at least 1; found " + widths);
                }
            }
        }
    }

    @Override
    public String name() {
        return "sparse-unet";
    }

    @Override
    public String summary() {
        return "Sparse U-Net of any depth and width: PointGroup's backbone, and its score network on proposals.";
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
        return new Wrapped(new SparseUNet(context.engine(), context.random(), config, context.inputChannels()), config);
    }

    private record Wrapped(SparseUNet module, Config config) implements Backbone {
        @Override
        public int channels() {
            return module.channels();
        }

        @Override
        public void prepare(PointBatch batch) {
            module.prepare(batch);
        }

        @Override
        public Tensor features(PointBatch batch) {
            return module.features(batch);
        }

        @Override
        public Map<String, String> metadata() {
            return Map.of("voxel-size", Double.toString(config.voxelSize()));
        }
    }
}
