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
    public Set<Capability> provides(PointNet2Config config) {
        return config.output() == Output.POINTS ? Set.of(Capability.POINT_FEATURES) : Set.of(Capability.SEEDS);
    }

    @Override
    public Backbone create(PointNet2Config config, ModelContext context) {
        return new PointNet2(context.engine(), context.random(), config, context.inputChannels());
    }
}
