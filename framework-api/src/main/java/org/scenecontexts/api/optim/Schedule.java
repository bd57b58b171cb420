package org.scenecontexts.api.optim;

/**
 * How the learning rate changes over training.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Schedule {

    /**
     * @param stepsDone optimizer steps already made, from 0
     * @return what to multiply the optimizer's learning rate with for the next step
     */
    double factor(long stepsDone);
}
