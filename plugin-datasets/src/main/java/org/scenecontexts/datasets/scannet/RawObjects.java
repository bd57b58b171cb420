package org.scenecontexts.datasets.scannet;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.json.JsonFiles;

/**
 * What annotators said about a scan: for each vertex the group that it belongs to (REFERENCE 5.1).
 *
 * @param groups in the order of the file
 * @param numbers label numbers of each group
 * @param ofVertex position of its group, or -1, {@code [N]}
 */
record RawObjects(List<RawGroup> groups, List<LabelTable.Row> numbers, int[] ofVertex) {

    private static final LabelTable.Row UNKNOWN = new LabelTable.Row(0, 0);

    /**
     * Reads the annotation of a scan with a number of vertices.
     *
     * @throws CloudException when a file is damaged, or the files do not belong together
     */
    static RawObjects read(RawScan scan, int vertices, LabelTable table, boolean legacy, Consumer<String> warn) {
        int[] segments = JsonFiles.ints(scan.segments(), "segIndices")
                .orElseThrow(
                        () -> new CloudException(scan.segments() + ": has no list 'segIndices'; copy the file again"));
        if (segments.length != vertices) {
            throw new CloudException(scan.segments() + ": segIndices holds " + segments.length + " numbers, but "
                    + scan.mesh() + " has " + vertices + " vertices; the files belong to different meshes, or one of"
                    + " them is incomplete: download the scan again");
        }
        List<RawGroup> groups = RawGroup.read(scan.aggregation(), legacy);
        int[] ofVertex = ofVertex(scan, groups, segments, warn);
        return new RawObjects(groups, numbers(scan, groups, table, warn), ofVertex);
    }

    /** Position of the group of each vertex; later groups win, as published. Vertices come by the million: none is boxed. */
    private static int[] ofVertex(RawScan scan, List<RawGroup> groups, int[] segments, Consumer<String> warn) {
        int[] known = distinct(segments);
        int[] groupOf = new int[known.length];
        Arrays.fill(groupOf, -1);
        int strange = 0;
        for (int g = 0; g < groups.size(); g++) {
            for (int segment : groups.get(g).segments()) {
                int at = Arrays.binarySearch(known, segment);
                if (at < 0) {
                    strange++;
                } else {
                    groupOf[at] = g;
                }
            }
        }
        if (strange > 0) {
            warn.accept(scan.aggregation() + ": names " + strange + " segments that " + scan.segments()
                    + " does not have; they are left out");
        }
        int[] ofVertex = new int[segments.length];
        Arrays.setAll(ofVertex, i -> groupOf[Arrays.binarySearch(known, segments[i])]);
        return ofVertex;
    }

    /** Every number once, ascending. */
    private static int[] distinct(int[] numbers) {
        int[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int count = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[count++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, count);
    }

    private static List<LabelTable.Row> numbers(
            RawScan scan, List<RawGroup> groups, LabelTable table, Consumer<String> warn) {
        Set<String> unknown = new TreeSet<>();
        List<LabelTable.Row> numbers = groups.stream()
                .map(group -> table.find(group.label()).orElseGet(() -> {
                    unknown.add(group.label());
                    return UNKNOWN;
                }))
                .toList();
        if (!unknown.isEmpty()) {
            warn.accept(scan.aggregation() + ": the labels " + unknown
                    + " are not in the label table; their vertices get no class");
        }
        return numbers;
    }
}
