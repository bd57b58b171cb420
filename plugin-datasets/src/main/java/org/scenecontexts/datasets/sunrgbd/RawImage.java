package org.scenecontexts.datasets.sunrgbd;

import java.nio.file.Path;
import java.util.List;

/**
 * One image of the release.
 *
 * @param number from 1, in the order of the metadata; names the prepared files
 * @param depth 16-bit picture
 * @param colour picture of the same size
 * @param lens focal lengths and centre in pixels counted from 1, row-major, {@code [3, 3]}
 * @param tilt turns the camera's frame (x right, y forward, z up) upright, row-major, {@code [3, 3]}
 * @param boxes of the ten classes, in the order of the metadata
 */
record RawImage(int number, Path depth, Path colour, double[] lens, double[] tilt, List<RawBox> boxes) {

    RawImage {
        boxes = List.copyOf(boxes);
    }

    /** How the published files name it. */
    String name() {
        return String.format(java.util.Locale.ROOT, "%06d", number);
    }
}
