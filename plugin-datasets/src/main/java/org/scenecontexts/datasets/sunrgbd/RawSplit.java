package org.scenecontexts.datasets.sunrgbd;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.data.CloudException;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.Char;

/**
 * The official division of the images ({@code allsplit.mat}): the test images are what the published detectors validate with.
 *
 * @param parts by folder of an image below {@code SUNRGBD}
 */
record RawSplit(Path file, Map<String, Part> parts) {

    /** A part, named as its prepared folder ends. */
    enum Part {
        TRAIN("train", "alltrain"),
        VAL("val", "alltest");

        private final String ending;
        private final String variable;

        Part(String ending, String variable) {
            this.ending = ending;
            this.variable = variable;
        }

        /** The folder of its prepared views. */
        String folder() {
            return SunRgbdFactory.PUBLISHED + ending;
        }
    }

    static RawSplit read(Path file) {
        Map<String, Part> parts = new HashMap<>();
        for (Part part : Part.values()) {
            Cell cells = MatFile.read(file, part.variable, Cell.class);
            for (int i = 0; i < cells.getNumElements(); i++) {
                if (!(cells.get(i) instanceof Char text) || text.getNumRows() != 1) {
                    throw new CloudException(
                            file + ", " + part.variable + "{" + (i + 1) + "}: should be the path of a folder,"
                                    + " found " + MatFields.describe(cells.get(i)) + "; take the official file");
                }
                String folder = RawPaths.below(text.getString());
                Part other = parts.put(folder, part);
                if (other != null && other != part) {
                    throw new CloudException(
                            file + ": '" + folder + "' is in alltrain and in alltest; an image must not be"
                                    + " learned from and tested with: take the official file");
                }
            }
        }
        return new RawSplit(file, Map.copyOf(parts));
    }

    /** The part of an image; the published preparation leaves out what is in neither. */
    Optional<Part> of(String folder) {
        return Optional.ofNullable(parts.get(folder));
    }
}
