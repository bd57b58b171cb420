package org.scenecontexts.datasets.synthetic;

/**
 * Which of the disjoint streams of rooms a data set draws from.
 *
 * @since 0.1
 */
public enum Split {
    TRAIN(0),
    VAL(1),
    TEST(2);

    private final long stream;

    Split(long stream) {
        this.stream = stream;
    }

    /** Part of the seeds of this stream's rooms. */
    long stream() {
        return stream;
    }
}
