package org.scenecontexts.sparseconv.unet;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.Capability;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.VoxelSampler;
import org.scenecontexts.api.tensor.Tensor;

/**
 * What all members of the family have in common as extensions; {@link Res16UNets} has one subclass per member.
 *
 * @since 0.1
 */
public abstract class Res16UNetFactory implements BackboneFactory<Res16UNetConfig> {

    private final Variant variant;

    protected Res16UNetFactory(Variant variant) {
        this.variant = variant;
    }

    @Override
    public final String name() {
        return variant.label();
    }

    @Override
    public final String summary() {
        int layers = 0;
        for (int count : variant.blocks()) {
            layers += count;
        }
        int[] planes = variant.planes();
        return "Sparse U-Net of " + layers + (variant.bottleneck() ? " bottleneck" : " basic") + " blocks, "
                + planes[planes.length - 1] * (variant.bottleneck() ? Bottleneck.EXPANSION : 1) + " features per voxel"
                + (variant == Variant.RES16UNET34C ? "; the network of the published experiments." : ".");
    }

    @Override
    public final Sampler sampling(Res16UNetConfig config) {
        return new VoxelSampler(config.voxelSize(), config.shiftToOrigin());
    }

    @Override
    public final Set<Capability> provides(Res16UNetConfig config) {
        return Set.of(Capability.POINT_FEATURES, Capability.GRID);
    }

    @Override
    public final Backbone create(Res16UNetConfig config, ModelContext context) {
        Res16UNet network = new Res16UNet(context.engine(), context.random(), variant, config, context.inputChannels());
        return new Wrapped(network, config, variant);
    }

    private record Wrapped(Res16UNet module, Res16UNetConfig config, Variant variant) implements Backbone {
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
        public OptionalDouble reach() {
            return OptionalDouble.of(variant.reach(config.conv1KernelSize()) * config.voxelSize());
        }

        @Override
        public Map<String, String> metadata() {
            return Map.of(
                    "kernel-layout", config.kernelLayout().toString(),
                    "voxel-size", Double.toString(config.voxelSize()));
        }
    }
}
