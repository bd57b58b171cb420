package org.scenecontexts.datasets.folders;

import java.util.List;
import java.util.Map;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.SceneClasses;

/**
 * The 19 classes of SemanticKITTI's single-scan benchmark and the numbers of its label files, as its configuration
 * (semantic-kitti.yaml) maps them: things that move count with those that stand.
 */
final class SemanticKittiClasses {

    private static final List<String> NAMES = List.of(
            "car",
            "bicycle",
            "motorcycle",
            "truck",
            "other-vehicle",
            "person",
            "bicyclist",
            "motorcyclist",
            "road",
            "parking",
            "sidewalk",
            "other-ground",
            "building",
            "fence",
            "vegetation",
            "trunk",
            "terrain",
            "pole",
            "traffic-sign");

    private static final Map<Integer, Integer> CLASSES = Map.ofEntries(
            Map.entry(0, Labels.IGNORE),
            Map.entry(1, Labels.IGNORE),
            Map.entry(10, 0),
            Map.entry(11, 1),
            Map.entry(13, 4),
            Map.entry(15, 2),
            Map.entry(16, 4),
            Map.entry(18, 3),
            Map.entry(20, 4),
            Map.entry(30, 5),
            Map.entry(31, 6),
            Map.entry(32, 7),
            Map.entry(40, 8),
            Map.entry(44, 9),
            Map.entry(48, 10),
            Map.entry(49, 11),
            Map.entry(50, 12),
            Map.entry(51, 13),
            Map.entry(52, Labels.IGNORE),
            Map.entry(60, 8),
            Map.entry(70, 14),
            Map.entry(71, 15),
            Map.entry(72, 16),
            Map.entry(80, 17),
            Map.entry(81, 18),
            Map.entry(99, Labels.IGNORE),
            Map.entry(252, 0),
            Map.entry(253, 6),
            Map.entry(254, 5),
            Map.entry(255, 7),
            Map.entry(256, 4),
            Map.entry(257, 4),
            Map.entry(258, 3),
            Map.entry(259, 4));

    private SemanticKittiClasses() {}

    static SceneClasses all() {
        return SceneClasses.of(NAMES);
    }

    /** The class of a number, {@link Labels#IGNORE}, or {@link FolderLabels#STRANGE}. */
    static long of(long number) {
        Integer known = CLASSES.get((int) number);
        return known == null ? FolderLabels.STRANGE : known;
    }
}
