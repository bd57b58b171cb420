package org.scenecontexts.datasets.folders;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.scenecontexts.api.data.Attribute;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.text.Printable;
import org.scenecontexts.datasets.scannet.LabelSet;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.cloud.LocalPositions;

/** Reads one cloud of MMDetection3D's folders: floats without a header, masks of 64-bit integers, boxes as text. */
record Mmdet3dScenes(Path root, Mmdet3dFactory.Config config, FolderLabels known, Consumer<String> warn) {

    private static final int COLOURED = 6;
    private static final int BOX_WORDS = 8;

    static String id(Path file) {
        return file.getFileName().toString().replaceFirst("\\.(bin|npy)$", "");
    }

    /** Where the classes of a cloud stand, or its boxes. */
    Path labels(Path file) {
        return config.contents() == Mmdet3dFactory.Contents.CUSTOM
                ? root.resolve("labels").resolve(id(file) + ".txt")
                : root.resolve("semantic_mask").resolve(file.getFileName());
    }

    Example load(Path file) {
        return Example.of(config.contents() == Mmdet3dFactory.Contents.CUSTOM ? own(file) : masked(file));
    }

    private Scene masked(Path file) {
        NpArray table = RawColumns.floats(file, COLOURED);
        int n = table.dim(0);
        LocalPositions local = RawColumns.positions(file, table, warn);
        Path semantic = labels(file);
        Path instance = root.resolve("instance_mask").resolve(file.getFileName());
        int[] labels = {};
        int[] instances = {};
        // Test scans have no masks.
        if (Files.exists(semantic)) {
            labels = labels(semantic, n);
            if (Files.exists(instance)) {
                // 0 is none in both data sets.
                long[] objects = Arrays.stream(RawColumns.longs(instance, n))
                        .map(number -> number - 1)
                        .toArray();
                instances = known.instances(objects, labels);
            }
        }
        return new Scene(
                id(file),
                local.positions(),
                RawColumns.colours(file, table, 3),
                new float[0],
                labels,
                instances,
                List.of(),
                local.origin());
    }

    private int[] labels(Path semantic, int points) {
        long[] numbers = RawColumns.longs(semantic, points);
        return config.contents() == Mmdet3dFactory.Contents.S3DIS
                ? known.labels(semantic, numbers, FolderLabels::s3dis, "a class 0 .. 12 of S3DIS")
                : known.labels(
                        semantic,
                        numbers,
                        number -> number < 0 || number > 40 ? FolderLabels.STRANGE : LabelSet.SCANNET20.of(number),
                        "an NYU40 number 0 .. 40");
    }

    private Scene own(Path file) {
        int columns = config.columns();
        NpArray table = file.getFileName().toString().endsWith(".npy")
                ? RawColumns.table(file, Optional.empty(), columns)
                : RawColumns.floats(file, columns);
        LocalPositions local = RawColumns.positions(file, table, warn);
        Path labels = labels(file);
        Scene scene = new Scene(
                id(file),
                local.positions(),
                new float[0],
                new float[0],
                new int[0],
                new int[0],
                Files.exists(labels) ? boxes(labels, local.origin()) : List.of(),
                local.origin());
        return columns < 4
                ? scene
                : scene.withPoints(new Attribute.Floats("intensity", 1, RawColumns.some(table, 3, 1)));
    }

    /** {@code x y z dx dy dz heading class}: centre, full lengths, heading counter-clockwise from x to y in radians. */
    private List<Box> boxes(Path file, Origin origin) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CloudException(file + ": cannot be read as text: " + e, e);
        }
        List<Box> boxes = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty()) {
                boxes.add(box(file + ", line " + (i + 1), line, origin));
            }
        }
        return boxes;
    }

    private Box box(String place, String line, Origin origin) {
        String[] words = line.split("\\s+");
        double[] numbers = new double[BOX_WORDS - 1];
        boolean whole = words.length == BOX_WORDS;
        for (int i = 0; whole && i < numbers.length; i++) {
            try {
                numbers[i] = Double.parseDouble(words[i]);
                whole = Double.isFinite(numbers[i]) && (i < 3 || i > 5 || numbers[i] > 0);
            } catch (NumberFormatException e) {
                whole = false;
            }
        }
        if (!whole) {
            throw new CloudException(place + ": expected 'x y z dx dy dz heading class' with lengths above 0, found '"
                    + Printable.excerpt(line) + "'; correct the line");
        }
        int label = config.classes().indexOf(words[BOX_WORDS - 1]);
        if (label < 0) {
            throw new CloudException(place + ": the class '" + Printable.excerpt(words[BOX_WORDS - 1])
                    + "' is not among 'classes' " + config.classes() + "; add it there, or correct the line");
        }
        double heading = Math.IEEEremainder(numbers[6], 2 * Math.PI);
        return new Box(
                numbers[0] - origin.x(),
                numbers[1] - origin.y(),
                numbers[2] - origin.z(),
                numbers[3],
                numbers[4],
                numbers[5],
                heading == -Math.PI ? Math.PI : heading,
                label,
                Labels.NO_INSTANCE);
    }
}
