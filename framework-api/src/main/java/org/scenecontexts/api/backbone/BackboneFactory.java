package org.scenecontexts.api.backbone;

import java.util.Set;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.plugin.Factory;

/**
 * Extension point: a backbone that pipelines can name under {@code backbone:}.
 *
 * @since 0.1
 */
public interface BackboneFactory<C extends Record> extends Factory<C, ModelContext, Backbone> {

    @Override
    default Class<Backbone> product() {
        return Backbone.class;
    }

    /** How this backbone wants scenes to be sampled. */
    Sampler sampling(C config);

    /** What this backbone can give. */
    default Set<Capability> provides(C config) {
        return Set.of(Capability.POINT_FEATURES);
    }
}
