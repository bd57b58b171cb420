package org.scenecontexts.api.data;

import java.util.random.RandomGenerator;

/**
 * A change to a scene while it is loaded: an augmentation or a preparation.
 *
 * <p>A transform acts either on the scene before the backbone samples it ({@link #apply}) or on the sampled points
 * ({@link #applySampled}); both do nothing unless overridden. The published voxel-level augmentations (REFERENCE 5.7) are
 * of the second kind. Implementations do not change their argument and draw all chance from the generator they are
 * given, so that a sample depends on the seed and its number only.
 *
 * @since 0.1
 */
public interface Transform {

    /** @return the changed scene, or {@code scene} itself when there is nothing to do */
    default Scene apply(Scene scene, RandomGenerator random) {
        return scene;
    }

    /** @return the changed points, or {@code points} itself when there is nothing to do */
    default SampledPoints applySampled(SampledPoints points, RandomGenerator random) {
        return points;
    }
}
