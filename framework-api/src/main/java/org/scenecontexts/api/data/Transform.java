package org.scenecontexts.api.data;

import java.util.List;
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

    /**
     * How many further scenes of the same data set {@link #apply(Scene, List, RandomGenerator)} wants beside each scene, for
     * mixing scenes (Mix3D) or pasting objects of others. They are drawn by the chance of the sample and have been through the
     * transforms before this one.
     */
    default int others() {
        return 0;
    }

    /**
     * Changes a scene with the help of others; called in place of {@link #apply(Scene, RandomGenerator)} where {@link #others}
     * is more than 0.
     *
     * @param others as many as were asked for; one of them may be the scene itself again
     */
    default Scene apply(Scene scene, List<Scene> others, RandomGenerator random) {
        return apply(scene, random);
    }

    /** @return the changed points, or {@code points} itself when there is nothing to do */
    default SampledPoints applySampled(SampledPoints points, RandomGenerator random) {
        return points;
    }
}
