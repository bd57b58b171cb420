package org.scenecontexts.api.data;

import java.util.random.RandomGenerator;

/**
 * Chooses the points of a scene that a network sees. Each backbone states its own, so that swapping backbones changes
 * one line of a pipeline.
 *
 * @see Samplers
 * @since 0.1
 */
@FunctionalInterface
public interface Sampler {

    /**
     * @param scene at least one point, all positions finite
     * @param random chance for this sample
     */
    SampledPoints sample(Scene scene, RandomGenerator random);
}
