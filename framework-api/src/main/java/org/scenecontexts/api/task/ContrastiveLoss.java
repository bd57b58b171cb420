package org.scenecontexts.api.task;

import java.util.random.RandomGenerator;

/**
 * A loss that pulls the features of matched points together and pushes others apart.
 *
 * @since 0.1
 */
public interface ContrastiveLoss {

    /**
     * @param views features and matches of a batch
     * @param random chance for the choice of points
     * @return the loss; a batch without usable matches gives a loss of 0 without gradient
     */
    LossResult apply(MatchedViews views, RandomGenerator random);
}
