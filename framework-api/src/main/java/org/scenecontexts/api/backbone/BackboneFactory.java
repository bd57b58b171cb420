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

    /**
     * The configuration for what the task on top asks for, where the pipeline leaves that open; the answer is what the
     * backbone is made from, and what its checkpoints say.
     *
     * @param wanted what the task asks for
     * @since 0.2
     */
    default C suited(C config, Set<Capability> wanted) {
        return config;
    }

    /** What this backbone can give. */
    default Set<Capability> provides(C config) {
        return Set.of(Capability.POINT_FEATURES);
    }
}
