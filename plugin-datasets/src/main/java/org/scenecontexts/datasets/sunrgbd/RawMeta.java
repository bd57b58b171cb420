package org.scenecontexts.datasets.sunrgbd;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.data.CloudException;
import us.hebi.matlab.mat.types.Struct;

/**
 * The table of all images of the release: where their files are, how their cameras stood, and the boxes.
 *
 * @param file the table
 * @param images one element each
 */
record RawMeta(Path file, Struct images) {

    private static final String VARIABLE = "SUNRGBDMeta";
    private static final String BOXES = "groundtruth3DBB";
    private static final String RECTANGLES = "groundtruth2DBB";
    /** Rotations are stored in double precision; what is farther off is none. */
    private static final double ROTATION = 1e-2;

    /** How a camera stood. */
    record Camera(double[] lens, double[] tilt) {}

    /**
     * The boxes of one image.
     *
     * @param kept of the ten classes
     * @param leftOut what could not be kept, in words
     * @param dropped boxes behind the first that the published export stumbles over
     */
    record Boxes(List<RawBox> kept, List<String> leftOut, int dropped) {}

    static RawMeta read(Path file) {
        return new RawMeta(file, MatFile.read(file, VARIABLE, Struct.class));
    }

    int size() {
        return images.getNumElements();
    }

    private MatFields image(int number) {
        return new MatFields(file, images, number - 1, "image " + number);
    }

    /** @param number from 1 */
    String depthPath(int number) {
        return image(number).needText("depthpath");
    }

    String colourPath(int number) {
        return image(number).needText("rgbpath");
    }

    Camera camera(int number) {
        MatFields image = image(number);
        double[] lens = image.matrix3("K");
        if (!(lens[0] > 0) || !(lens[4] > 0)) {
            throw image.expected("K", "focal lengths above 0");
        }
        double[] tilt = image.matrix3("Rtilt");
        if (!isRotation(tilt)) {
            throw image.expected("Rtilt", "a rotation");
        }
        return new Camera(lens, tilt);
    }

    private static boolean isRotation(double[] m) {
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double product = m[3 * i] * m[3 * j] + m[3 * i + 1] * m[3 * j + 1] + m[3 * i + 2] * m[3 * j + 2];
                if (Math.abs(product - (i == j ? 1 : 0)) > ROTATION) {
                    return false;
                }
            }
        }
        double[] cross = {m[1] * m[5] - m[2] * m[4], m[2] * m[3] - m[0] * m[5], m[0] * m[4] - m[1] * m[3]};
        return cross[0] * m[6] + cross[1] * m[7] + cross[2] * m[8] > 0;
    }

    /**
     * The boxes of an image.
     *
     * @param legacy whether the list ends at the first box that has no rectangle in the picture, as the published export
     *     ends it, which stops there without a word; and numbers have six decimals
     */
    Boxes boxes(int number, boolean legacy) {
        List<RawBox> kept = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        MatFields image = image(number);
        Optional<Struct> boxes = image.structs(BOXES);
        int count = boxes.map(Struct::getNumElements).orElse(0);
        Optional<Struct> rectangles = legacy && image.has(RECTANGLES) ? image.structs(RECTANGLES) : Optional.empty();
        for (int j = 0; j < count; j++) {
            MatFields box = new MatFields(file, boxes.get(), j, "image " + number + ", box " + (j + 1));
            if (legacy && !exported(box, rectangles, j)) {
                return new Boxes(kept, leftOut, count - j);
            }
            int label = SunRgbdViews.CLASSES.indexOf(box.needText("classname"));
            if (label < 0) {
                continue;
            }
            Optional<RawBox> found = numbers(box, label).filter(RawBox::usable);
            found.map(whole -> legacy ? whole.rounded() : whole)
                    .filter(RawBox::usable)
                    .ifPresentOrElse(kept::add, () -> leftOut.add(box.place()));
        }
        return new Boxes(kept, leftOut, 0);
    }

    private static Optional<RawBox> numbers(MatFields box, int label) {
        Optional<double[]> centre = box.numbers("centroid", 3);
        Optional<double[]> halves = box.numbers("coeffs", 3);
        Optional<double[]> heading = box.numbers("orientation", 2);
        if (centre.isEmpty() || halves.isEmpty() || heading.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RawBox(
                label,
                Arrays.copyOf(centre.get(), 3),
                Arrays.stream(halves.get()).limit(3).map(Math::abs).toArray(),
                Arrays.copyOf(heading.get(), 2)));
    }

    /** Whether MATLAB can print the box: it ends at the first number that is not there. */
    private boolean exported(MatFields box, Optional<Struct> rectangles, int j) {
        return rectangles.isPresent()
                && j < rectangles.get().getNumElements()
                && new MatFields(file, rectangles.get(), j, box.place())
                        .numbers("gtBb2D", 4)
                        .isPresent()
                && box.numbers("centroid", 3).isPresent()
                && box.numbers("coeffs", 3).isPresent()
                && box.numbers("orientation", 2).isPresent();
    }

    /** @throws CloudException when this is the second version of the labels, whose rectangles are in a file of their own */
    void requireFirstVersion() {
        if (!images.getFieldNames().contains(RECTANGLES)) {
            throw new CloudException(
                    file + ": has no field '" + RECTANGLES + "', so that these are not the first version of"
                            + " the labels, which is published with; name SUNRGBDtoolbox/Metadata/SUNRGBDMeta.mat with 'labels'");
        }
    }
}
