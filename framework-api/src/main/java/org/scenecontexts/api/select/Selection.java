package org.scenecontexts.api.select;

import java.util.random.RandomGenerator;
import org.scenecontexts.api.data.Scene;

/**
 * Chooses the points of a scene that an annotator should label (REFERENCE 9.4).
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Selection {

    /**
     * Chooses points of one scene.
     *
     * @param scene every point, in the order of its file; labels must not be looked at
     * @param features what a pre-trained network says about every point; without channels when the stage has no model
     * @param random chance of this scene, equal in every run with the same seed
     * @return indices of the chosen points, each in {@code 0 .. N-1}; repetitions are possible
     */
    int[] choose(Scene scene, PointFeatures features, RandomGenerator random);
}
