package org.scenecontexts.datasets.synthetic;

/**
 * Which of the disjoint streams of rooms a data set draws from.
 *
 * @since 0.1
 */
public enum Split {
    TRAIN,
    VAL,
    TEST
}
