package org.scenecontexts.datasets.folders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.Labels;

/** The map of classes against the names that config/semantic-kitti.yaml of PRBonn/semantic-kitti-api gives its numbers. */
class SemanticKittiClassesTest {

    private static final Map<Integer, String> STANDING = Map.ofEntries(
            Map.entry(10, "car"),
            Map.entry(11, "bicycle"),
            Map.entry(15, "motorcycle"),
            Map.entry(18, "truck"),
            Map.entry(20, "other-vehicle"),
            Map.entry(30, "person"),
            Map.entry(31, "bicyclist"),
            Map.entry(32, "motorcyclist"),
            Map.entry(40, "road"),
            Map.entry(44, "parking"),
            Map.entry(48, "sidewalk"),
            Map.entry(49, "other-ground"),
            Map.entry(50, "building"),
            Map.entry(51, "fence"),
            Map.entry(70, "vegetation"),
            Map.entry(71, "trunk"),
            Map.entry(72, "terrain"),
            Map.entry(80, "pole"),
            Map.entry(81, "traffic-sign"));

    /** Bus, on-rails and lane-marking, and all that moves. */
    private static final Map<Integer, String> JOINED = Map.ofEntries(
            Map.entry(13, "other-vehicle"),
            Map.entry(16, "other-vehicle"),
            Map.entry(60, "road"),
            Map.entry(252, "car"),
            Map.entry(253, "bicyclist"),
            Map.entry(254, "person"),
            Map.entry(255, "motorcyclist"),
            Map.entry(256, "other-vehicle"),
            Map.entry(257, "other-vehicle"),
            Map.entry(258, "truck"),
            Map.entry(259, "other-vehicle"));

    /** Unlabelled, outlier, other-structure and other-object. */
    private static final List<Integer> NONE = List.of(0, 1, 52, 99);

    @Test
    void theNineteenClassesStandInTheOrderOfTheirNumbers() {
        assertThat(SemanticKittiClasses.all().names()).containsExactlyElementsOf(new TreeMap<>(STANDING).values());
    }

    @Test
    void everyNumberHasItsClassAndNoOtherIsKnown() {
        List<String> names = SemanticKittiClasses.all().names();
        IntStream.rangeClosed(-1, 1 << 16).forEach(number -> {
            String name = STANDING.getOrDefault(number, JOINED.get(number));
            long expected =
                    NONE.contains(number) ? Labels.IGNORE : name == null ? FolderLabels.STRANGE : names.indexOf(name);
            assertThat(SemanticKittiClasses.of(number)).as("%d", number).isEqualTo(expected);
        });
    }
}
