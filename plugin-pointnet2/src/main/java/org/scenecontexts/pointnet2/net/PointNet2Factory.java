package org.scenecontexts.pointnet2.net;

import java.util.Set;
import org.pf4j.Extension;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.Capability;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Samplers;

/**
 * The PointNet++ as an extension.
 *
 * @since 0.1
 */
@Extension
public final class PointNet2Factory implements BackboneFactory<PointNet2Config> {

    @Override
    public String name() {
        return "pointnet2";
    }

    @Override
    public String summary() {
        return "PointNet++ on points drawn from the scene, without voxels; features at every point or at seeds.";
    }

    @Override
    public Sampler sampling(PointNet2Config config) {
        return Samplers.points(config.points());
    }

    @Override
    public PointNet2Config suited(PointNet2Config config, Set<Capability> wanted) {
        if (config.output() != Output.AUTO) {
            return config;
        }
        boolean seeds = wanted.contains(Capability.SEEDS) && !wanted.contains(Capability.POINT_FEATURES);
        return config.at(seeds ? Output.SEEDS : Output.POINTS);
    }

    @Override
    public Set<Capability> provides(PointNet2Config config) {
        return config.output() == Output.SEEDS ? Set.of(Capability.SEEDS) : Set.of(Capability.POINT_FEATURES);
    }

    @Override
    public Backbone create(PointNet2Config config, ModelContext context) {
        return new PointNet2(context.engine(), context.random(), config, context.inputChannels());
    }
}
