package org.scenecontexts.api.data;

import java.util.random.RandomGenerator;

/**
 * The way from a scene to sampled points that a pipeline configures: transforms, the backbone's sampler, transforms on
 * the sampled points.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface PointPipeline {

    SampledPoints sample(Scene scene, RandomGenerator random);
}
