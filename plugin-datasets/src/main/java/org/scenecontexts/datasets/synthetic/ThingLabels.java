package org.scenecontexts.datasets.synthetic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.SceneClasses;

/** Which class each thing of a room has in a data set with classes of its own. */
final class ThingLabels {

    private final Map<RoomClass, Integer> labels;
    private final SceneClasses classes;

    private ThingLabels(Map<RoomClass, Integer> labels, SceneClasses classes) {
        this.labels = labels;
        this.classes = classes;
    }

    /**
     * @param names names of things to names of classes, which are numbered in the order in which they come first; empty for
     *     the things' own classes, ceiling included
     * @throws IllegalArgumentException when a name is no thing of a room
     */
    static ThingLabels of(Map<String, String> names) {
        Map<RoomClass, Integer> labels = new EnumMap<>(RoomClass.class);
        if (names.isEmpty()) {
            for (RoomClass thing : RoomClass.values()) {
                labels.put(thing, thing.label());
            }
            return new ThingLabels(labels, RoomClass.classes(true));
        }
        List<String> classes = new ArrayList<>();
        names.forEach((thing, name) -> {
            if (!classes.contains(name)) {
                classes.add(name);
            }
            labels.put(named(thing), classes.indexOf(name));
        });
        return new ThingLabels(labels, SceneClasses.of(classes));
    }

    private static RoomClass named(String thing) {
        return Arrays.stream(RoomClass.values())
                .filter(known -> name(known).equals(thing))
                .findAny()
                .orElseThrow(
                        () -> new IllegalArgumentException("labels: '" + thing + "' is no thing of a room; there are "
                                + Arrays.stream(RoomClass.values())
                                        .map(ThingLabels::name)
                                        .collect(Collectors.joining(", "))));
    }

    private static String name(RoomClass thing) {
        return thing.name().toLowerCase(Locale.ROOT);
    }

    SceneClasses classes() {
        return classes;
    }

    /** The label of a thing, {@link Labels#IGNORE} for one without a class. */
    int label(RoomClass thing) {
        return labels.getOrDefault(thing, Labels.IGNORE);
    }
}
