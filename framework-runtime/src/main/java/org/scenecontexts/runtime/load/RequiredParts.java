package org.scenecontexts.runtime.load;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.ScenePart;

/**
 * Finds out whether there is anything to learn from or to measure with: data whose labels all mean nothing, or without the
 * attribute that a loss compares with, looks like any other until the loss comes out empty.
 *
 * @since 0.1
 */
public final class RequiredParts {

    private static final int NAMED = 3;

    private RequiredParts() {}

    /**
     * Whether a batch has nothing of one of the parts, so that a loss has nothing to compare with. A scene without boxes is one
     * without objects.
     */
    public static Optional<ScenePart> lacking(Batch batch, Set<ScenePart> parts) {
        return parts.stream()
                .filter(part -> part.kind() != ScenePart.Kind.BOXES)
                .filter(part -> batch.views().stream()
                        .flatMap(view -> view.items().stream())
                        .noneMatch(item -> part.isIn(item.scene())))
                .findFirst();
    }

    /**
     * Reads scenes until each part has been met; usually that is the first.
     *
     * @param role what the data is for: {@code the training data}
     * @throws CloudException when none has one of the parts; the message names files and remedy
     */
    public static void require(Dataset data, Set<ScenePart> parts, String role) {
        Set<ScenePart> missing = new LinkedHashSet<>(parts);
        for (int i = 0; i < data.size() && !missing.isEmpty(); i++) {
            List<Scene> views = data.load(i).views();
            missing.removeIf(part -> views.stream().anyMatch(part::isIn));
        }
        for (ScenePart part : missing) {
            throw new CloudException(message(data, part, role));
        }
    }

    private static String message(Dataset data, ScenePart part, String role) {
        String names = IntStream.range(0, Math.min(NAMED, data.size()))
                .mapToObj(data::id)
                .collect(Collectors.joining(", "));
        String more = data.size() > NAMED ? ", ..." : "";
        String origin = data.origin();
        String from = origin.isEmpty() ? "" : "; read from " + origin;
        if (part.equals(ScenePart.LABELS)) {
            return role + " has no labelled point: all labels of its " + data.size() + " scene(s) (" + names
                    + more + ") are missing or left out" + from
                    + "; name the field that holds the labels, and see that the map gives a class to the values in it";
        }
        return role + " has no " + part + ": none of its " + data.size() + " scene(s) (" + names + more + ") has any"
                + from + "; say what holds them (see 'csc plugins show' of the data set), or choose data that has them";
    }
}
