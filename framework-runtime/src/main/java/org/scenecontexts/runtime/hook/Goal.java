package org.scenecontexts.runtime.hook;

/** Which of two values of a figure is better. */
public enum Goal {
    /** Accuracy, IoU. */
    HIGHEST,
    /** Loss, error. */
    LOWEST;

    /**
     * Whether a value beats another by more than a margin; anything that is a number beats what is none.
     *
     * @param margin at least 0
     */
    boolean better(double value, double than, double margin) {
        if (Double.isNaN(value)) {
            return false;
        }
        return Double.isNaN(than) || (this == LOWEST ? value < than - margin : value > than + margin);
    }
}
