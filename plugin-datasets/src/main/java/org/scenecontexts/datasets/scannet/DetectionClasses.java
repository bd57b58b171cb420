package org.scenecontexts.datasets.scannet;

import java.util.Arrays;
import java.util.List;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.SceneClasses;

/** The 18 classes of ScanNet's objects, in the published order, and their NYU40 numbers (REFERENCE 8.4). */
final class DetectionClasses {

    /** Centre, full extents, NYU40 number. */
    static final int BOX_COLUMNS = 7;

    private static final int[] NYU40 = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 24, 28, 33, 34, 36, 39};

    private DetectionClasses() {}

    /** Walls and floors have no boxes; the rest has the names of {@link ScannetClasses}. */
    static SceneClasses all() {
        SceneClasses both = ScannetClasses.all();
        List<String> names = both.names().subList(2, both.count());
        return new SceneClasses(names, both.palette().subList(2, both.count()));
    }

    /** The class of a NYU40 number, or {@link Labels#IGNORE} for what has no boxes. */
    static int of(long nyu40) {
        int index = nyu40 < 0 || nyu40 > Integer.MAX_VALUE ? -1 : Arrays.binarySearch(NYU40, (int) nyu40);
        return index < 0 ? Labels.IGNORE : index;
    }
}
