package org.scenecontexts.datasets.clouds;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.json.JsonFiles;

/**
 * Reads the boxes that the annotation tool labelCloud saves: full lengths and turns about the axes ({@code centroid_abs} in
 * degrees, {@code centroid_rel} in radians), or eight corners ({@code vertices}). A file does not say whether it has degrees or
 * radians; {@code _classes.json} beside it does.
 */
final class LabelCloud {

    private static final int CORNERS = 8;

    /** Radians. A person cannot draw it more level. */
    private static final double LEVEL = 1e-3;

    private LabelCloud() {}

    /** @param folder where {@code _classes.json} may be */
    static List<BoxFiles.Drawn> read(JsonPlace root, Path folder, Consumer<String> warn) {
        List<JsonPlace> objects = root.at("objects").items();
        double unit =
                objects.stream().anyMatch(object -> object.has("rotations")) ? unit(root, objects, folder, warn) : 1;
        List<BoxFiles.Drawn> boxes = new ArrayList<>();
        for (JsonPlace object : objects) {
            boxes.add(object.has("vertices") ? ofVertices(object) : ofCentroid(object, unit, warn));
        }
        return boxes;
    }

    /** Radians in the unit of the angles. */
    private static double unit(JsonPlace root, List<JsonPlace> objects, Path folder, Consumer<String> warn) {
        Path classes = folder.resolve("_classes.json");
        if (Files.isRegularFile(classes)) {
            JsonPlace said = new JsonPlace(classes + ": ", JsonFiles.read(classes));
            if (said.has("format")) {
                return switch (said.at("format").text()) {
                    case "centroid_abs" -> Math.PI / 180;
                    case "centroid_rel" -> 1;
                    default -> guess(root, objects, warn);
                };
            }
        }
        return guess(root, objects, warn);
    }

    /** Radians lie from -pi to pi, degrees from 0 to 360. */
    private static double guess(JsonPlace root, List<JsonPlace> objects, Consumer<String> warn) {
        boolean turned = false;
        for (JsonPlace object : objects) {
            for (double angle : angles(object)) {
                if (angle < 0) {
                    return 1;
                }
                if (angle > Math.PI) {
                    return Math.PI / 180;
                }
                turned |= angle != 0;
            }
        }
        if (turned) {
            warn.accept(root.place() + "its angles can be degrees or radians; they are taken for degrees. Say which in"
                    + " _classes.json beside it (\"format\": \"centroid_abs\" or \"centroid_rel\")");
        }
        return Math.PI / 180;
    }

    private static double[] angles(JsonPlace object) {
        return object.has("rotations") ? object.at("rotations").triple("x", "y", "z") : new double[3];
    }

    private static BoxFiles.Drawn ofCentroid(JsonPlace object, double unit, Consumer<String> warn) {
        double[] angles = angles(object);
        double tilt = Math.max(level(angles[0] * unit), level(angles[1] * unit));
        if (tilt > LEVEL) {
            warn.accept(object.place() + ": is tilted by " + Math.round(Math.toDegrees(tilt))
                    + " degrees; boxes stand upright here, so that only its turn about z is taken");
        }
        return new BoxFiles.Drawn(
                object.place(),
                object.at("name").text(),
                object.at("centroid").triple("x", "y", "z"),
                object.at("dimensions").triple("length", "width", "height"),
                angles[2] * unit);
    }

    private static double level(double angle) {
        return Math.abs(Math.IEEEremainder(angle, 2 * Math.PI));
    }

    /** The first four corners are below; the first edge to the fourth lies along the box's x, to the second along its y. */
    private static BoxFiles.Drawn ofVertices(JsonPlace object) {
        List<JsonPlace> corners = object.at("vertices").items();
        if (corners.size() != CORNERS) {
            throw new CloudException(
                    object.place() + ".vertices: " + CORNERS + " corners are expected, found " + corners.size());
        }
        double[][] v = corners.stream().map(JsonPlace::triple).toArray(double[][]::new);
        double[] centre = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            centre[axis] = (v[2][axis] + v[4][axis]) / 2;
        }
        double[] size = {distance(v[0], v[3]), distance(v[0], v[1]), distance(v[0], v[4])};
        double heading = Math.atan2(v[3][1] - v[0][1], v[3][0] - v[0][0]);
        return new BoxFiles.Drawn(object.place(), object.at("name").text(), centre, size, heading);
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) + (a[2] - b[2]) * (a[2] - b[2]));
    }
}
