package org.scenecontexts.pointgroup;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.scenecontexts.api.data.SceneClasses;

/**
 * Finds classes by name, because a name with a typing error must not silently make walls objects.
 *
 * @since 0.2
 */
public final class ClassNumbers {

    /** Classes without objects that are named unless others are; most data sets lack some. */
    public static final List<String> STUFF = List.of("wall", "floor", "ceiling");

    /** Classes that published benchmark runs group as they lie. */
    static final List<String> FLAT = List.of("bookshelf", "counter", "curtain");

    private ClassNumbers() {}

    /**
     * The numbers of classes.
     *
     * @param key where the names were given
     * @param usual names that need not exist
     * @throws IllegalArgumentException when another name does not exist, with those that do; never where the data has no
     *     classes at all
     */
    public static Set<Integer> of(String key, List<String> names, List<String> usual, SceneClasses classes) {
        Set<Integer> numbers = new TreeSet<>();
        for (String name : names) {
            int number = classes.names().indexOf(name);
            if (number >= 0) {
                numbers.add(number);
            } else if (!usual.contains(name) && classes.count() > 0) {
                throw new IllegalArgumentException("'" + key + "' names the class '" + name
                        + "', which the data does not have; its classes are " + String.join(", ", classes.names()));
            }
        }
        return numbers;
    }
}
