package org.scenecontexts.datasets.scannet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.json.JsonFiles;

/**
 * An object that an annotator put together from segments.
 *
 * @param objectId number in the file, from 0
 * @param label free text, a raw category of the label table
 * @param segments numbers of its segments
 */
record RawGroup(int objectId, String label, int[] segments) {

    /**
     * Reads {@code <scan>.aggregation.json}.
     *
     * @param legacy whether a list that holds every group twice is taken as it is
     * @throws CloudException when the file is damaged
     */
    static List<RawGroup> read(Path file, boolean legacy) {
        Object listed = JsonFiles.read(file).get("segGroups");
        if (!(listed instanceof List<?> groups)) {
            throw new CloudException(file + ": has no list 'segGroups'; the file of ScanNet's release that is called"
                    + " SCAN.aggregation.json is expected");
        }
        List<RawGroup> read = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            read.add(group(file + ", segGroups[" + i + "]", groups.get(i), i));
        }
        return legacy ? read : once(read);
    }

    private static RawGroup group(String place, Object item, int position) {
        if (!(item instanceof Map<?, ?> map)
                || !(map.get("label") instanceof String label)
                || !(map.get("segments") instanceof List<?> segments)) {
            throw new CloudException(place + ": expected an object with 'label' and 'segments'; copy the file again");
        }
        int objectId = map.get("objectId") instanceof Integer number ? number : position;
        return new RawGroup(objectId, label, whole(place + ".segments", segments));
    }

    /** Whole numbers out of a list. */
    static int[] whole(String place, List<?> items) {
        int[] numbers = new int[items.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!(items.get(i) instanceof Integer number)) {
                throw new CloudException(place + "[" + i + "]: expected a whole number, found " + items.get(i)
                        + "; copy the file again");
            }
            numbers[i] = number;
        }
        return numbers;
    }

    /** The file of scene0217_00 lists all its groups twice; the second half would give every object a second number. */
    private static List<RawGroup> once(List<RawGroup> groups) {
        int half = groups.size() / 2;
        boolean twice = half > 0 && groups.size() % 2 == 0;
        for (int i = 0; twice && i < half; i++) {
            twice = groups.get(i).label().equals(groups.get(half + i).label())
                    && java.util.Arrays.equals(
                            groups.get(i).segments(), groups.get(half + i).segments());
        }
        return twice ? List.copyOf(groups.subList(0, half)) : groups;
    }
}
