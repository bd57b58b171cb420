package org.scenecontexts.api.data;

/**
 * A list of examples that can be read in any order.
 *
 * <p>Implementations are safe for use by several threads at once, return the same example for the same index every time,
 * and read lazily: {@link #load} is where the work happens.
 *
 * @since 0.1
 */
public interface Dataset {

    /** Number of examples. */
    int size();

    /** The classes that labels of this data set refer to. */
    SceneClasses classes();

    /** Name of an example, without loading it. */
    String id(int index);

    /** Number of views that every example has: 1, or 2 for pair data. */
    default int views() {
        return 1;
    }

    /**
     * Where examples and labels come from, in a few words for error messages: files or folder, and what turns their values
     * into classes. Empty when there is nothing to say.
     */
    default String origin() {
        return "";
    }

    /**
     * Reads one example.
     *
     * @param index {@code 0 .. size()-1}
     * @throws CloudException when a file is missing or malformed; the message names file, place and remedy
     */
    Example load(int index);
}
