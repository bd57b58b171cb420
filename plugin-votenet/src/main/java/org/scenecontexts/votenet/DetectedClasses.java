package org.scenecontexts.votenet;

import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.SceneClasses;

/**
 * The classes of a data set that have boxes, numbered among themselves as the network knows them; a name with a typing error
 * must not silently make walls objects.
 *
 * @since 0.2
 */
public final class DetectedClasses {

    /** Classes without boxes that need not exist. */
    private static final List<String> USUAL_STUFF = List.of("wall", "floor", "ceiling");

    private final List<Integer> labels = new ArrayList<>();
    private final List<String> names;

    private DetectedClasses(List<String> names) {
        this.names = names;
    }

    /**
     * All classes but some.
     *
     * @param stuff names of those without boxes
     * @throws IllegalArgumentException when one of them does not exist, or no class is left
     */
    public static DetectedClasses of(SceneClasses classes, List<String> stuff) {
        DetectedClasses detected = new DetectedClasses(classes.names());
        String all = String.join(", ", detected.names);
        for (String name : stuff) {
            if (!detected.names.contains(name) && !USUAL_STUFF.contains(name)) {
                throw new IllegalArgumentException(
                        "'stuff' names the class '" + name + "', which the data does not have; its classes are " + all);
            }
        }
        for (int label = 0; label < detected.names.size(); label++) {
            if (!stuff.contains(detected.names.get(label))) {
                detected.labels.add(label);
            }
        }
        if (detected.labels.isEmpty()) {
            throw new IllegalArgumentException("boxes need data with at least one class that has some, found "
                    + (all.isEmpty() ? "no classes" : all + ", all of them under 'stuff'"));
        }
        return detected;
    }

    /** How many there are. */
    public int count() {
        return labels.size();
    }

    /** The name of one of them. */
    String name(int kind) {
        return names.get(labels.get(kind));
    }

    /** The number of a class of the data among them; -1 where it has no boxes. */
    int kind(int label) {
        return labels.indexOf(label);
    }

    /** Whether a class of the data has boxes. */
    public boolean has(int label) {
        return kind(label) >= 0;
    }

    /** A box of one of them with the class as the data numbers it. */
    public Box labelled(Box box) {
        return box.withLabel(labels.get(box.label()));
    }
}
