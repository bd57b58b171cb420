package org.scenecontexts.io.submission;

import java.util.List;
import java.util.Set;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.SceneClasses;

/**
 * Looks whether the numbers that stand for classes in a submission can be what is meant.
 *
 * @since 0.2
 */
public final class SubmissionLabels {

    private SubmissionLabels() {}

    /**
     * For writing and reading.
     *
     * @param numbers in class order; empty for the classes' own
     * @throws IllegalArgumentException when there are numbers, but not one for each class
     */
    public static void requireOneEach(List<Integer> numbers, SceneClasses classes) {
        if (!numbers.isEmpty() && numbers.size() != classes.count()) {
            throw new IllegalArgumentException("submission-labels must hold one number for each of the "
                    + classes.count() + " classes (" + String.join(", ", classes.names()) + "), or none; found "
                    + numbers.size());
        }
    }

    /**
     * For reading.
     *
     * @throws CloudException when two classes have the same number
     */
    public static void requireDistinct(List<Integer> numbers) {
        if (Set.copyOf(numbers).size() < numbers.size()) {
            throw new CloudException("'submission-labels' gives two classes the same number, so that files do not"
                    + " say which is meant: " + numbers + "; give each its own");
        }
    }
}
