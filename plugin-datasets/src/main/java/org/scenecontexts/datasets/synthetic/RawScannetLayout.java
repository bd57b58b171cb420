package org.scenecontexts.datasets.synthetic;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.pairs.SensWriter;
import org.scenecontexts.datasets.raw.SceneOutput;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.AtomicFile;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.CloudLayout;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.io.json.JsonFiles;

/**
 * Rooms as ScanNet's release has them: {@code scans/<scan>/} with mesh, segments, groups and text, {@code scans_test} with mesh
 * and text, the label table and the official lists.
 *
 * <p>The frame of a scan is turned against the room, and its text holds the matrix back, as in ScanNet.
 */
final class RawScannetLayout implements RawLayout {

    private static final int FIRST_TEST = 707;
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final double SEGMENT = 0.5;

    private final int frames;

    RawScannetLayout(int frames) {
        this.frames = frames;
    }

    @Override
    public String name(RawRoomsFactory.Room room) {
        int number = switch (room.split()) {
            case TRAIN -> 2 * room.index();
            case VAL -> 2 * room.index() + 1;
            case TEST -> FIRST_TEST + room.index();
        };
        return String.format(Locale.ROOT, "scene%04d_00", number);
    }

    @Override
    public void write(RawRoomsFactory.RawRooms rooms, RawRoomsFactory.Room room, SceneOutput to) {
        String scan = name(room);
        boolean test = room.split() == Split.TEST;
        String stem = (test ? "scans_test/" : "scans/") + scan + "/" + scan;
        Scene scene = rooms.scene(room);
        double[] alignment = alignment(room);
        to.written(stem + "_vh_clean_2.ply", file -> mesh(file, scene, alignment));
        StringBuilder text = new StringBuilder();
        if (!test) {
            text.append("axisAlignment = ")
                    .append(Arrays.stream(alignment).mapToObj(Double::toString).collect(Collectors.joining(" ")))
                    .append(" \n");
        }
        text.append("numColorFrames = ")
                .append(frames)
                .append("\nnumDepthFrames = ")
                .append(frames)
                .append('\n');
        to.bytes(stem + ".txt", text.toString().getBytes(StandardCharsets.US_ASCII));
        if (!test) {
            labels(scene, scan, stem, to);
        }
        if (frames > 0) {
            List<RoomFrame> pictures = rooms.frames(room, frames, WIDTH, HEIGHT);
            to.written(
                    stem + ".sens",
                    file -> SensWriter.write(
                            file,
                            pictures.getFirst().intrinsics(),
                            WIDTH,
                            HEIGHT,
                            pictures.stream()
                                    .map(picture -> new SensWriter.Frame(
                                            times(inverse(alignment), picture.cameraToRoom()),
                                            picture.colour(),
                                            picture.depth()))
                                    .toList()));
        }
    }

    /** Scan to room, row-major {@code [4, 4]}; test scans lie as they are, as nobody can turn them. */
    private static double[] alignment(RawRoomsFactory.Room room) {
        double angle = room.split() == Split.TEST ? 0 : 0.3 + 0.7 * room.index();
        double c = StrictMath.cos(angle);
        double s = StrictMath.sin(angle);
        double x = room.split() == Split.TEST ? 0 : -1.5;
        double y = room.split() == Split.TEST ? 0 : 2.25;
        return new double[] {c, -s, 0, x, s, c, 0, y, 0, 0, 1, 0, 0, 0, 0, 1};
    }

    /** Of a turn about z and a shift. */
    private static double[] inverse(double[] m) {
        double x = -(m[0] * m[3] + m[4] * m[7]);
        double y = -(m[1] * m[3] + m[5] * m[7]);
        return new double[] {m[0], m[4], 0, x, m[1], m[5], 0, y, 0, 0, 1, -m[11], 0, 0, 0, 1};
    }

    private static double[] times(double[] a, double[] b) {
        double[] product = new double[16];
        for (int i = 0; i < 16; i++) {
            for (int k = 0; k < 4; k++) {
                product[i] += a[i / 4 * 4 + k] * b[4 * k + i % 4];
            }
        }
        return product;
    }

    private static void mesh(Path file, Scene scene, double[] alignment) {
        double[] back = inverse(alignment);
        int n = scene.size();
        float[][] xyz = new float[3][n];
        int[][] rgb = new int[4][n];
        for (int i = 0; i < n; i++) {
            for (int row = 0; row < 3; row++) {
                xyz[row][i] = (float) (back[4 * row] * scene.positions()[3 * i]
                        + back[4 * row + 1] * scene.positions()[3 * i + 1]
                        + back[4 * row + 2] * scene.positions()[3 * i + 2]
                        + back[4 * row + 3]);
                rgb[row][i] = Math.round(scene.colours()[3 * i + row]);
            }
            rgb[3][i] = 255;
        }
        List<Column> columns = new ArrayList<>();
        for (int c = 0; c < 3; c++) {
            columns.add(Column.of(List.of("x", "y", "z").get(c), xyz[c]));
        }
        for (int c = 0; c < 4; c++) {
            columns.add(new Column(
                    List.of("red", "green", "blue", "alpha").get(c),
                    NpArray.of(rgb[c], n).as(ArrayElement.UINT8)));
        }
        int[] corners = faces(scene);
        int[] starts =
                IntStream.rangeClosed(0, corners.length / 3).map(f -> 3 * f).toArray();
        CloudLayout plain = CloudLayout.of(n);
        CloudFiles.write(
                file,
                new PointCloud(
                        scene.id(),
                        columns,
                        new CloudLayout(n, 1, plain.viewpoint(), List.of(), starts, corners),
                        List.of()));
    }

    /** Points that were seen one after another and lie close together; a mesh of some kind is all that readers need. */
    private static int[] faces(Scene scene) {
        return IntStream.range(0, Math.max(0, scene.size() - 2))
                .filter(i -> near(scene, i, i + 1) && near(scene, i, i + 2))
                .flatMap(i -> IntStream.of(i, i + 1, i + 2))
                .toArray();
    }

    private static boolean near(Scene scene, int i, int j) {
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            double d = scene.positions()[3 * i + axis] - scene.positions()[3 * j + axis];
            sum += d * d;
        }
        return sum < 0.01;
    }

    /** Segments never cross objects; groups are made of them in the order of classes and objects. */
    private static void labels(Scene scene, String scan, String stem, SceneOutput to) {
        int n = scene.size();
        int[] segments = new int[n];
        Map<String, Integer> ids = new LinkedHashMap<>();
        Map<List<Integer>, TreeSet<Integer>> groups = new TreeMap<>(
                java.util.Comparator.<List<Integer>>comparingInt(List::getFirst).thenComparing(List::getLast));
        for (int i = 0; i < n; i++) {
            int label = scene.labels()[i];
            int object = scene.instances()[i];
            String cell = label + " " + object;
            for (int axis = 0; axis < 3; axis++) {
                cell += " " + (int) Math.floor(scene.positions()[3 * i + axis] / SEGMENT);
            }
            // Numbers of segments are sparse.
            segments[i] = 7 * ids.computeIfAbsent(cell, key -> ids.size()) + 3;
            if (label != Labels.IGNORE) {
                groups.computeIfAbsent(List.of(label, object), key -> new TreeSet<>())
                        .add(segments[i]);
            }
        }
        List<Map<String, Object>> listed = new ArrayList<>();
        groups.forEach((key, set) -> listed.add(group(listed.size(), key.getFirst(), set)));
        String mesh = scan + "_vh_clean_2.0.010000.segs.json";
        to.written(
                stem + "_vh_clean_2.0.010000.segs.json",
                file -> JsonFiles.write(
                        file,
                        ordered(
                                "params",
                                Map.of("kThresh", "0.01"),
                                "sceneId",
                                "scannet." + scan,
                                "segIndices",
                                segments)));
        to.written(
                stem + ".aggregation.json",
                file -> JsonFiles.write(
                        file,
                        ordered(
                                "sceneId",
                                "scannet." + scan,
                                "appId",
                                "synthetic",
                                "segmentsFile",
                                "scannet." + mesh,
                                "segGroups",
                                listed)));
    }

    private static Map<String, Object> group(int id, int label, TreeSet<Integer> segments) {
        RoomClass type = RoomClass.values()[label];
        return ordered(
                "id",
                id,
                "objectId",
                id,
                "segments",
                List.copyOf(segments),
                "label",
                ScannetWords.all().get(type).raw());
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    @Override
    public void finish(RawRoomsFactory.RawRooms rooms, Path target) {
        StringBuilder table = new StringBuilder("id\traw_category\tcategory\tcount\tnyu40id\teigen13id\tnyuClass\r\n");
        ScannetWords.all()
                .values()
                .forEach(word -> table.append(word.id())
                        .append('\t')
                        .append(word.raw())
                        .append('\t')
                        .append(word.raw())
                        .append("\t1\t")
                        .append(word.nyu40())
                        .append("\t\t\r\n"));
        text(target.resolve("scannetv2-labels.combined.tsv"), table.toString());
        for (Split split : Split.values()) {
            String names = rooms.all().stream()
                    .filter(room -> room.split() == split)
                    .map(room -> name(room) + "\n")
                    .collect(Collectors.joining());
            if (!names.isEmpty()) {
                text(
                        target.resolve("splits")
                                .resolve("scannetv2_" + split.name().toLowerCase(Locale.ROOT) + ".txt"),
                        names);
            }
        }
    }

    static void text(Path file, String text) {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
