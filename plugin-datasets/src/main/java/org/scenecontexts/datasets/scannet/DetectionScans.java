package org.scenecontexts.datasets.scannet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.prepared.PreparedArrays;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npy;
import org.scenecontexts.io.cloud.LocalPositions;
import org.scenecontexts.io.torch.BoxLists;

/** Reads one scan of the published files of detection (REFERENCE 8.4). */
final class DetectionScans {

    private static final int VERTEX_COLUMNS = 6;

    /** Rows of the boxes that the published loader gives a test scan; every number of them is 3. */
    private static final int CONSTANT_BOXES = 12;

    private static final double CONSTANT_BOX = 3;

    private final Path root;
    private final Optional<Map<String, BoxLists.Kept>> boxes;
    private final boolean legacy;
    private final Consumer<String> warn;

    DetectionScans(Path root, Optional<Map<String, BoxLists.Kept>> boxes, boolean legacy, Consumer<String> warn) {
        this.root = root;
        this.boxes = boxes;
        this.legacy = legacy;
        this.warn = warn;
    }

    static Path vertices(Path root, String scan) {
        return root.resolve(scan + "_vert.npy");
    }

    Example load(String scan) {
        Path file = vertices(root, scan);
        NpArray table = Npy.read(file);
        if (table.shape().length != 2 || table.dim(1) < VERTEX_COLUMNS) {
            throw new CloudException(file + ": expected [N, 6] (x, y, z, red, green, blue), found "
                    + Arrays.toString(table.shape()) + "; prepare the scan again");
        }
        int n = table.dim(0);
        int columns = table.dim(1);
        double[] values = table.doubles();
        LocalPositions local = PreparedArrays.positions(file, part(values, columns, 0), warn);
        float[] colours = PreparedArrays.floats(values, columns, 3, 3);
        Scene plain = new Scene(
                scan, local.positions(), colours, new float[0], new int[0], new int[0], List.of(), local.origin());
        Scene bare = AxisAlignment.prepared(root.resolve(scan + AxisAlignment.ENDING))
                .map(alignment -> plain.withScene(alignment.attribute()))
                .orElse(plain);
        Path semantic = root.resolve(scan + "_sem_label.npy");
        Path instance = root.resolve(scan + "_ins_label.npy");
        Path bounds = root.resolve(scan + "_bbox.npy");
        if (!Files.exists(semantic) && !Files.exists(instance) && !Files.exists(bounds)) {
            return Example.of(legacy ? constant(bare) : bare);
        }
        long[] numbers = column(semantic, n);
        long[] objects = column(instance, n);
        return Example.of(labelled(bare, numbers, objects, Npy.read(bounds), bounds));
    }

    private static double[] part(double[] table, int columns, int from) {
        int rows = table.length / columns;
        double[] part = new double[3 * rows];
        for (int i = 0; i < part.length; i++) {
            part[i] = table[i / 3 * columns + from + i % 3];
        }
        return part;
    }

    private static long[] column(Path file, int n) {
        NpArray array = Npy.read(file);
        if (array.size() != n) {
            throw new CloudException(file + ": expected one number for each of the " + n + " vertices, found "
                    + array.size() + "; prepare the scan again");
        }
        return array.longs();
    }

    /** Published: all points are of object 1 and NYU40 class 1, and twelve boxes consist of threes. */
    private static Scene constant(Scene bare) {
        int n = bare.size();
        int[] objects = new int[n];
        Arrays.fill(objects, 1);
        int[] labels = new int[n];
        Arrays.fill(labels, Labels.IGNORE);
        int kind = DetectionClasses.of((long) CONSTANT_BOX);
        List<Box> boxes = IntStream.range(0, CONSTANT_BOXES)
                .mapToObj(i -> new Box(
                        CONSTANT_BOX,
                        CONSTANT_BOX,
                        CONSTANT_BOX,
                        CONSTANT_BOX,
                        CONSTANT_BOX,
                        CONSTANT_BOX,
                        0,
                        kind,
                        Labels.NO_INSTANCE))
                .toList();
        return bare.withLabels(labels).withInstances(objects).withBoxes(boxes);
    }

    private Scene labelled(Scene bare, long[] numbers, long[] objects, NpArray rows, Path file) {
        if (rows.size() > 0 && (rows.shape().length != 2 || rows.dim(1) != DetectionClasses.BOX_COLUMNS)) {
            throw new CloudException(file + ": expected [K, 7] (centre, extents, NYU40 number), found "
                    + Arrays.toString(rows.shape()) + "; prepare the scan again");
        }
        int n = bare.size();
        int[] labels = new int[n];
        int[] instances = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = DetectionClasses.of(numbers[i]);
            // 0 is no object; -1 wraps around in the published unsigned numbers.
            boolean object = objects[i] > 0 && objects[i] < Integer.MAX_VALUE;
            instances[i] = object ? (int) objects[i] : Labels.NO_INSTANCE;
        }
        Scene scene = bare.withLabels(labels).withInstances(instances);
        List<Box> all = boxes(scene, rows.doubles(), file);
        Optional<BoxLists.Kept> kept = boxes.map(lists -> lists.get(bare.id()));
        return kept.map(some -> limit(scene, all, some, file)).orElseGet(() -> scene.withBoxes(all));
    }

    /** Published files do not say which object a box is drawn around: the one of its class whose bounds are nearest. */
    private static List<Box> boxes(Scene scene, double[] rows, Path file) {
        Map<Integer, double[]> bounds = bounds(scene);
        Map<Integer, java.util.Set<Integer>> labelsOf = new TreeMap<>();
        for (int i = 0; i < scene.size(); i++) {
            if (scene.labels()[i] >= 0) {
                labelsOf.computeIfAbsent(scene.instances()[i], id -> new java.util.TreeSet<>())
                        .add(scene.labels()[i]);
            }
        }
        double[] origin = {
            scene.origin().x(), scene.origin().y(), scene.origin().z()
        };
        List<Box> boxes = new ArrayList<>();
        for (int at = 0; at < rows.length; at += DetectionClasses.BOX_COLUMNS) {
            int row = at / DetectionClasses.BOX_COLUMNS;
            double[] box = Arrays.copyOfRange(rows, at, at + DetectionClasses.BOX_COLUMNS);
            int kind = DetectionClasses.of((long) box[6]);
            if (kind < 0 || !Arrays.stream(box).allMatch(Double::isFinite)) {
                throw new CloudException(file + ", row " + row + ": expected finite numbers and the NYU40 number of one"
                        + " of the 18 classes, found " + Arrays.toString(box) + "; prepare the scan again");
            }
            for (int axis = 0; axis < 3; axis++) {
                box[axis] -= origin[axis];
            }
            int best = Labels.NO_INSTANCE;
            double least = Double.POSITIVE_INFINITY;
            for (Map.Entry<Integer, double[]> entry : bounds.entrySet()) {
                double off = offset(entry.getValue(), box);
                boolean fits = labelsOf.getOrDefault(entry.getKey(), java.util.Set.of())
                        .contains(kind);
                if (fits && off < least) {
                    least = off;
                    best = entry.getKey();
                }
            }
            // No object of two boxes: of vertices that were drawn by chance a small one may have lost all.
            if (best != Labels.NO_INSTANCE) {
                bounds.remove(best);
            }
            boxes.add(new Box(box[0], box[1], box[2], box[3], box[4], box[5], 0, kind, best));
        }
        return boxes;
    }

    private static double offset(double[] bounds, double[] box) {
        double off = 0;
        for (int axis = 0; axis < 3; axis++) {
            off = Math.max(off, Math.abs(bounds[axis] - (box[axis] - box[3 + axis] / 2)));
            off = Math.max(off, Math.abs(bounds[3 + axis] - (box[axis] + box[3 + axis] / 2)));
        }
        return off;
    }

    private static Map<Integer, double[]> bounds(Scene scene) {
        Map<Integer, double[]> bounds = new TreeMap<>();
        for (int i = 0; i < scene.size(); i++) {
            if (scene.instances()[i] == Labels.NO_INSTANCE) {
                continue;
            }
            double[] b = bounds.computeIfAbsent(scene.instances()[i], id -> {
                double[] none = new double[6];
                Arrays.fill(none, 0, 3, Double.POSITIVE_INFINITY);
                Arrays.fill(none, 3, 6, Double.NEGATIVE_INFINITY);
                return none;
            });
            for (int axis = 0; axis < 3; axis++) {
                b[axis] = Math.min(b[axis], scene.positions()[3 * i + axis]);
                b[3 + axis] = Math.max(b[3 + axis], scene.positions()[3 * i + axis]);
            }
        }
        return bounds;
    }

    private static Scene limit(Scene scene, List<Box> all, BoxLists.Kept kept, Path file) {
        List<Box> some = new ArrayList<>();
        for (int row : kept.rows()) {
            if (row < 0 || row >= all.size()) {
                throw new CloudException("boxes-list: scan '" + scene.id() + "': row " + row + " is not among the "
                        + all.size() + " boxes of " + file + "; the list belongs to another preparation of the scan");
            }
            some.add(all.get(row));
        }
        int[] labels = scene.labels().clone();
        int[] instances = scene.instances().clone();
        for (int i = 0; i < labels.length; i++) {
            int object = instances[i];
            if (Arrays.stream(kept.instances()).noneMatch(id -> id == object)) {
                labels[i] = Labels.IGNORE;
                instances[i] = Labels.NO_INSTANCE;
            }
        }
        return scene.withLabels(labels).withInstances(instances).withBoxes(some);
    }
}
