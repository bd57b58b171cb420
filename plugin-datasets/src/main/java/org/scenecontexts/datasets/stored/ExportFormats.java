package org.scenecontexts.datasets.stored;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.scenecontexts.api.data.Attribute;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.datasets.raw.SceneOutput;
import org.scenecontexts.datasets.s3dis.S3disClasses;
import org.scenecontexts.datasets.scannet.LabelSet;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.cloud.CloudAttributes;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.CloudLayout;
import org.scenecontexts.io.cloud.CloudScenes;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.io.json.JsonFiles;

/** Scenes in the formats of others, positions in the frame of the data: what was subtracted from them is added again. */
final class ExportFormats {

    private static final int S3DIS_COLUMNS = 8;

    private ExportFormats() {}

    /**
     * Where to write.
     *
     * @param folder the target itself
     * @param classes of the data set
     */
    record Target(SceneOutput output, Path folder, SceneClasses classes) {}

    /** @throws CloudException when a published format has other classes than the data */
    static void requireClasses(ExportFactory.Format format, SceneClasses found) {
        SceneClasses expected = switch (format) {
            case PLY -> found;
            case SCANNET -> LabelSet.SCANNET20.classes();
            case SCANNET200 -> LabelSet.SCANNET200.classes();
            case S3DIS -> S3disClasses.all();
        };
        if (!expected.names().equals(found.names())) {
            throw new CloudException("export-scenes: 'format: " + format.name().toLowerCase(Locale.ROOT)
                    + "' has the classes " + expected.names() + ", but the data has " + found.names()
                    + "; take 'format: ply', or data of these classes");
        }
    }

    static void ply(Scene scene, String name, Target target, Set<String> lost) {
        List<Column> columns = new ArrayList<>(CloudScenes.positions(scene));
        if (scene.colours().length > 0) {
            columns.addAll(triple(scene.colours(), List.of("red", "green", "blue"), bytes(scene.colours())));
        }
        if (scene.normals().length > 0) {
            columns.addAll(triple(scene.normals(), List.of("nx", "ny", "nz"), false));
        }
        if (scene.labels().length > 0) {
            columns.add(Column.of("label", scene.labels()));
        }
        if (scene.instances().length > 0) {
            columns.add(Column.of("instance", scene.instances()));
        }
        for (Attribute attribute : scene.attributes().points().values()) {
            columns.addAll(CloudAttributes.columns(attribute));
        }
        scene.attributes().scene().keySet().forEach(key -> lost.add("the attribute '" + key + "' of scenes"));
        scene.attributes().objects().keySet().forEach(key -> lost.add("the attribute '" + key + "' of objects"));
        PointCloud cloud = new PointCloud(scene.id(), columns, CloudLayout.of(scene.size()), List.of());
        target.output().written(name + ".ply", file -> {
            CloudFiles.write(file, cloud);
            verify(file, cloud);
        });
        if (!scene.boxes().isEmpty()) {
            target.output()
                    .written(name + ".boxes.json", file -> JsonFiles.write(file, boxes(scene, target.classes())));
        }
    }

    private static void verify(Path file, PointCloud written) {
        PointCloud found = CloudFiles.read(file);
        for (Column column : written.columns()) {
            if (!Arrays.equals(
                    column.values().doubles(),
                    found.column(column.name()).values().doubles())) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new CloudException(file + ": holds other values than were written: " + e, e);
                }
                throw new CloudException(file + ": holds other values of '" + column.name()
                        + "' than were written, and was removed; check the disk, then run the preparation again");
            }
        }
    }

    private static boolean bytes(float[] values) {
        for (float value : values) {
            if (!(value >= 0 && value <= 255) || value != Math.rint(value)) {
                return false;
            }
        }
        return true;
    }

    private static List<Column> triple(float[] table, List<String> names, boolean narrow) {
        List<Column> columns = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            float[] one = new float[table.length / 3];
            for (int i = 0; i < one.length; i++) {
                one[i] = table[3 * i + c];
            }
            Column column = Column.of(names.get(c), one);
            columns.add(narrow ? new Column(names.get(c), column.values().as(ArrayElement.UINT8)) : column);
        }
        return columns;
    }

    /** As {@code boxes} of point-clouds reads them, in the frame of the data. */
    private static Map<String, Object> boxes(Scene scene, SceneClasses classes) {
        Origin origin = scene.origin();
        List<Map<String, Object>> boxes = new ArrayList<>();
        for (Box box : scene.boxes()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("class", classes.names().get(box.label()));
            one.put(
                    "centre",
                    List.of(box.centreX() + origin.x(), box.centreY() + origin.y(), box.centreZ() + origin.z()));
            one.put("size", List.of(box.sizeX(), box.sizeY(), box.sizeZ()));
            one.put("heading", box.heading());
            boxes.add(one);
        }
        return Map.of("boxes", boxes);
    }

    static void scannet(Scene scene, String name, Target target, Set<String> lost) {
        tuple(scene, name, target, LabelSet.SCANNET20, lost);
    }

    static void scannet200(Scene scene, String name, Target target, Set<String> lost) {
        tuple(scene, name, target, LabelSet.SCANNET200, lost);
    }

    private static void tuple(Scene scene, String name, Target target, LabelSet labels, Set<String> lost) {
        lost(scene, lost);
        int n = scene.size();
        double[] semantic = new double[n];
        double[] instance = new double[n];
        for (int i = 0; i < n; i++) {
            boolean known = scene.labels().length > 0 && scene.labels()[i] >= 0;
            semantic[i] = known ? labels.number(scene.labels()[i]) : 0;
            instance[i] = scene.instances().length > 0 ? scene.instances()[i] + 1 : 0;
        }
        target.output()
                .tuple(
                        name + ".pth",
                        List.of(
                                NpArray.of(far(scene), n, 3),
                                NpArray.of(colours(scene), n, 3).as(ArrayElement.FLOAT64),
                                NpArray.of(semantic, n),
                                NpArray.of(instance, n)));
    }

    static void s3dis(Scene scene, String name, Target target, Set<String> lost) {
        lost(scene, lost);
        int n = scene.size();
        double[] far = far(scene);
        float[] colours = colours(scene);
        double[] table = new double[n * S3DIS_COLUMNS];
        for (int i = 0; i < n; i++) {
            for (int axis = 0; axis < 3; axis++) {
                table[i * S3DIS_COLUMNS + axis] = far[3 * i + axis];
                table[i * S3DIS_COLUMNS + 3 + axis] = colours[3 * i + axis];
            }
            table[i * S3DIS_COLUMNS + 6] =
                    S3disClasses.stored(scene.labels().length > 0 ? scene.labels()[i] : Labels.IGNORE);
            table[i * S3DIS_COLUMNS + 7] = scene.instances().length > 0 ? scene.instances()[i] : Labels.NO_INSTANCE;
        }
        target.output().array(room(name), NpArray.of(table, n, S3DIS_COLUMNS));
    }

    /** {@code Area_5_office_1} is {@code Area_5/office_1.pth}. */
    static String room(String name) {
        if (!name.matches("Area_\\d_.+")) {
            throw new CloudException(
                    "export-scenes: the scene '" + name + "' is not called Area_K_ROOM, which 'format: s3dis'"
                            + " needs to know its area; take 'format: ply' or 'format: scannet'");
        }
        return name.substring(0, 6) + "/" + name.substring(7) + ".pth";
    }

    private static float[] colours(Scene scene) {
        if (!scene.hasColours()) {
            throw new CloudException("export-scenes: scene '" + scene.id()
                    + "' has no colours, which the published formats need; take 'format: ply'");
        }
        return scene.colours();
    }

    private static double[] far(Scene scene) {
        double[] far = NpArray.of(scene.positions()).doubles();
        for (int i = 0; i < far.length; i++) {
            far[i] += scene.origin().at(i % 3);
        }
        return far;
    }

    private static void lost(Scene scene, Set<String> lost) {
        if (scene.normals().length > 0) {
            lost.add("normals");
        }
        if (!scene.boxes().isEmpty()) {
            lost.add("boxes");
        }
        scene.attributes().points().keySet().forEach(key -> lost.add("the attribute '" + key + "' of points"));
        scene.attributes().scene().keySet().forEach(key -> lost.add("the attribute '" + key + "' of scenes"));
        scene.attributes().objects().keySet().forEach(key -> lost.add("the attribute '" + key + "' of objects"));
    }

    static byte[] lines(List<String> names) {
        return (String.join("\n", names) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
