package org.scenecontexts.view;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.io.json.JsonFiles;

/**
 * A box to draw over a cloud.
 *
 * @param corners {@code [8][3]} in the frame of the file: four below, counter-clockwise, and those above them
 * @param label class number
 * @param confidence 0 to 1; empty for true boxes
 * @param truth whether it is a true box
 */
record ViewBox(double[][] corners, int label, OptionalDouble confidence, boolean truth) {

    private static final int CORNERS = 8;

    /**
     * The boxes beside a cloud: {@code NAME.boxes.ply}, with classes and confidences from {@code NAME.json} or {@code
     * NAME.boxes.json}, and the true ones, {@code NAME.true.boxes.ply}.
     */
    static List<ViewBox> beside(Path cloud, ClassTable classes) {
        String name = stem(cloud);
        List<ViewBox> boxes = new ArrayList<>();
        List<Map<?, ?>> told = told(cloud, name);
        told.forEach(box -> name(box, classes));
        read(cloud.resolveSibling(name + ".boxes.ply"), told, false, boxes);
        read(cloud.resolveSibling(name + ".true.boxes.ply"), List.of(), true, boxes);
        return boxes;
    }

    /** Whether a file holds boxes rather than a cloud. */
    static boolean isBoxFile(Path file) {
        return file.getFileName().toString().endsWith(".boxes.ply");
    }

    private static String stem(Path cloud) {
        String file = cloud.getFileName().toString();
        return file.contains(".") ? file.substring(0, file.lastIndexOf('.')) : file;
    }

    private static List<Map<?, ?>> told(Path cloud, String name) {
        for (String ending : List.of(".json", ".boxes.json")) {
            Path file = cloud.resolveSibling(name + ending);
            if (Files.isRegularFile(file) && JsonFiles.read(file).get("boxes") instanceof List<?> list) {
                List<Map<?, ?>> boxes = new ArrayList<>();
                list.forEach(box -> boxes.add(box instanceof Map<?, ?> map ? map : Map.of()));
                return boxes;
            }
        }
        return List.of();
    }

    private static void name(Map<?, ?> box, ClassTable classes) {
        if (box.get("label") instanceof Number label && box.get("class") instanceof String text && !text.isEmpty()) {
            classes.name(label.intValue(), text);
        }
    }

    private static void read(Path file, List<Map<?, ?>> told, boolean truth, List<ViewBox> boxes) {
        if (!Files.isRegularFile(file) || isEmpty(file)) {
            return;
        }
        PointCloud cloud = CloudFiles.read(file);
        List<double[]> axes = List.of(
                cloud.column("x").values().doubles(),
                cloud.column("y").values().doubles(),
                cloud.column("z").values().doubles());
        int[] labels = cloud.column("label").values().ints();
        for (int k = 0; k < cloud.size() / CORNERS; k++) {
            double[][] corners = new double[CORNERS][3];
            for (int c = 0; c < CORNERS; c++) {
                for (int axis = 0; axis < 3; axis++) {
                    corners[c][axis] = axes.get(axis)[CORNERS * k + c];
                }
            }
            boolean sure = told.size() == cloud.size() / CORNERS && told.get(k).get("confidence") instanceof Number;
            OptionalDouble confidence = sure
                    ? OptionalDouble.of(((Number) told.get(k).get("confidence")).doubleValue())
                    : OptionalDouble.empty();
            boxes.add(new ViewBox(corners, labels[CORNERS * k], confidence, truth));
        }
    }

    /** Our own files of no boxes are whole files of no points, which the reader of clouds refuses. */
    private static boolean isEmpty(Path file) {
        try (var lines = Files.lines(file, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            return lines.limit(4).anyMatch("element vertex 0"::equals);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(file + ": cannot be read: " + e, e);
        }
    }
}
