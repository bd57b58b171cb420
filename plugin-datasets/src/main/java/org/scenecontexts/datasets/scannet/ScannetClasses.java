package org.scenecontexts.datasets.scannet;

import java.util.Arrays;
import java.util.List;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.SceneClasses;

/**
 * The 20 classes of the ScanNet benchmark and the NYU40 numbers that prepared files hold for them (REFERENCE 5.2, 11.1).
 */
final class ScannetClasses {

    private static final int[] NYU40 = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 24, 28, 33, 34, 36, 39};

    private static final List<String> NAMES = List.of(
            "wall",
            "floor",
            "cabinet",
            "bed",
            "chair",
            "sofa",
            "table",
            "door",
            "window",
            "bookshelf",
            "picture",
            "counter",
            "desk",
            "curtain",
            "refrigerator",
            "shower curtain",
            "toilet",
            "sink",
            "bathtub",
            "otherfurniture");

    private static final List<Integer> PALETTE = List.of(
            rgb(174, 199, 232),
            rgb(152, 223, 138),
            rgb(31, 119, 180),
            rgb(255, 187, 120),
            rgb(188, 189, 34),
            rgb(140, 86, 75),
            rgb(255, 152, 150),
            rgb(214, 39, 40),
            rgb(197, 176, 213),
            rgb(148, 103, 189),
            rgb(196, 156, 148),
            rgb(23, 190, 207),
            rgb(247, 182, 210),
            rgb(219, 219, 141),
            rgb(255, 127, 14),
            rgb(158, 218, 229),
            rgb(44, 160, 44),
            rgb(112, 128, 144),
            rgb(227, 119, 194),
            rgb(82, 84, 163));

    private ScannetClasses() {}

    static SceneClasses all() {
        return new SceneClasses(NAMES, PALETTE);
    }

    /** The class of a NYU40 number, or {@link Labels#IGNORE} for all that the benchmark leaves out. */
    static int of(long nyu40) {
        int index = nyu40 > Integer.MAX_VALUE ? -1 : Arrays.binarySearch(NYU40, (int) nyu40);
        return index < 0 ? Labels.IGNORE : index;
    }

    /** The NYU40 number of a class. */
    static int number(int label) {
        return NYU40[label];
    }

    private static int rgb(int red, int green, int blue) {
        return red << 16 | green << 8 | blue;
    }
}
