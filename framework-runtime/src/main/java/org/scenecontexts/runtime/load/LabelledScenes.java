package org.scenecontexts.runtime.load;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Scene;

/**
 * Finds out whether there is anything to learn from or to measure with: data whose labels all mean nothing looks like any
 * other until the loss comes out empty.
 *
 * @since 0.1
 */
public final class LabelledScenes {

    private static final int NAMED = 3;

    private LabelledScenes() {}

    /**
     * Reads scenes until one has a labelled point; usually that is the first.
     *
     * @param role what the data is for: {@code the training data}
     * @throws CloudException when none has; the message names files and map
     */
    public static void require(Dataset data, String role) {
        for (int i = 0; i < data.size(); i++) {
            if (data.load(i).views().stream().anyMatch(LabelledScenes::isLabelled)) {
                return;
            }
        }
        String names = IntStream.range(0, Math.min(NAMED, data.size()))
                .mapToObj(data::id)
                .collect(Collectors.joining(", "));
        String more = data.size() > NAMED ? ", ..." : "";
        String origin = data.origin();
        throw new CloudException(
                role + " has no labelled point: all labels of its " + data.size() + " scene(s) (" + names
                        + more + ") are missing or left out" + (origin.isEmpty() ? "" : "; read from " + origin)
                        + "; name the field that holds the labels, and see that the map gives a class to the values in it");
    }

    private static boolean isLabelled(Scene scene) {
        return Arrays.stream(scene.labels()).anyMatch(label -> label >= 0);
    }
}
