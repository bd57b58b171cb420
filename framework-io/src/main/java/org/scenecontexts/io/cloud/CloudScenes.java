package org.scenecontexts.io.cloud;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.array.ElementType;

/**
 * Makes scenes of point clouds: finds positions, colours and normals among the fields, whatever they are called.
 *
 * @since 0.1
 */
public final class CloudScenes {

    private static final List<List<String>> COLOUR_FIELDS = List.of(
            List.of("red", "green", "blue"),
            List.of("r", "g", "b"),
            List.of("diffuse_red", "diffuse_green", "diffuse_blue"));
    private static final List<List<String>> NORMAL_FIELDS =
            List.of(List.of("nx", "ny", "nz"), List.of("normal_x", "normal_y", "normal_z"));

    /** Beyond this distance from the origin 32-bit positions are coarser than a millimetre. */
    private static final double FAR = 8192;

    /** A cloud that is larger than this, metres, is in another unit. */
    private static final double PLAUSIBLE = 1000;

    private CloudScenes() {}

    /** Converts with positions in metres. */
    public static CloudScene convert(PointCloud cloud, String id) {
        return convert(cloud, id, 1);
    }

    /**
     * Converts a cloud. Rows whose position is not finite are dropped.
     *
     * @param id name of the scene
     * @param scale factor that turns the cloud's unit into metres
     * @throws CloudException when there are no positions, or none is finite
     */
    public static CloudScene convert(PointCloud cloud, String id, double scale) {
        double[] xyz = triple(cloud, List.of(List.of("x", "y", "z")), Columns.POSITIONS)
                .orElseThrow(() -> new CloudException(cloud.source() + ": has no fields x, y and z; it has "
                        + cloud.names() + "; rename the fields or export the positions"));
        int[] kept = finite(xyz, cloud);
        double[] offset = offset(xyz, kept, scale);
        float[] positions = new float[3 * kept.length];
        for (int i = 0; i < kept.length; i++) {
            for (int a = 0; a < 3; a++) {
                positions[3 * i + a] = (float) (xyz[3 * kept[i] + a] * scale - offset[a]);
            }
        }
        List<String> warnings = new ArrayList<>(cloud.warnings());
        if (Arrays.stream(offset).anyMatch(o -> o != 0)) {
            warnings.add(cloud.source() + ": positions are more than " + (int) FAR + " m from the origin; "
                    + Arrays.toString(offset) + " was subtracted to keep millimetres");
        }
        CloudChecks.units(cloud.source(), positions).ifPresent(warnings::add);
        Scene scene =
                new Scene(id, positions, colours(cloud, kept), normals(cloud, kept), new int[0], new int[0], List.of());
        return new CloudScene(scene, kept, Arrays.stream(offset).boxed().toList(), warnings);
    }

    /**
     * The values of a label field for the rows of a scene, as the file has them.
     *
     * @param kept rows wanted, as {@link CloudScene#kept()} gives them
     * @throws CloudException when there is no such field, or a value is not whole
     */
    public static long[] labels(PointCloud cloud, String field, int[] kept) {
        Column column = cloud.column(field);
        if (column.width() != 1) {
            throw new CloudException(cloud.source() + ": field '" + field + "' has " + column.width()
                    + " values per point; labels need one");
        }
        long[] labels = new long[kept.length];
        boolean floating = column.type().isFloating();
        double[] values = floating ? column.values().doubles() : new double[0];
        long[] whole = floating ? new long[0] : column.values().longs();
        for (int i = 0; i < kept.length; i++) {
            labels[i] = floating ? (long) values[kept[i]] : whole[kept[i]];
            if (floating && labels[i] != values[kept[i]]) {
                throw new CloudException(cloud.source() + ", point " + kept[i] + ": field '" + field + "' is "
                        + values[kept[i]] + "; labels must be whole numbers: name another label field");
            }
        }
        return labels;
    }

    private static int[] finite(double[] xyz, PointCloud cloud) {
        int[] kept = new int[xyz.length / 3];
        int count = 0;
        for (int i = 0; i < kept.length; i++) {
            // Positions become 32-bit numbers, which must be finite too.
            if (Float.isFinite((float) xyz[3 * i])
                    && Float.isFinite((float) xyz[3 * i + 1])
                    && Float.isFinite((float) xyz[3 * i + 2])) {
                kept[count++] = i;
            }
        }
        if (count == 0) {
            throw new CloudException(cloud.source() + ": none of its " + kept.length
                    + " points has a finite position (all are NaN or infinite); check the sensor or the export");
        }
        return Arrays.copyOf(kept, count);
    }

    private static double[] offset(double[] xyz, int[] kept, double scale) {
        double[] offset = new double[3];
        for (int a = 0; a < 3; a++) {
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (int row : kept) {
                min = Math.min(min, xyz[3 * row + a] * scale);
                max = Math.max(max, xyz[3 * row + a] * scale);
            }
            boolean far = Math.max(Math.abs(min), Math.abs(max)) > FAR;
            // A cloud that is itself that large is in the wrong unit, and moving it would hide that.
            offset[a] = far && max - min < PLAUSIBLE ? Math.floor(min) : 0;
        }
        return offset;
    }

    private static float[] colours(PointCloud cloud, int[] kept) {
        for (String name : List.of("rgb", "rgba")) {
            Optional<Column> column = cloud.find(name);
            if (column.isPresent() && column.get().width() == 1) {
                return packed(column.get(), kept);
            }
        }
        return triple(cloud, COLOUR_FIELDS, Columns.COLOURS)
                .map(values -> scaled(values, colourType(cloud), kept))
                .orElse(new float[0]);
    }

    private static float[] packed(Column column, int[] kept) {
        float[] colours = new float[3 * kept.length];
        boolean declaredFloat = column.type() == ElementType.FLOAT32;
        float[] floats = declaredFloat ? column.values().floats() : new float[0];
        long[] words = declaredFloat || column.type().isFloating()
                ? new long[0]
                : column.values().longs();
        if (!declaredFloat && column.type().isFloating()) {
            return new float[0];
        }
        for (int i = 0; i < kept.length; i++) {
            long word = declaredFloat ? Float.floatToRawIntBits(floats[kept[i]]) : words[kept[i]];
            colours[3 * i] = (word >> 16) & 0xFF;
            colours[3 * i + 1] = (word >> 8) & 0xFF;
            colours[3 * i + 2] = word & 0xFF;
        }
        return colours;
    }

    private static ElementType colourType(PointCloud cloud) {
        for (List<String> names : COLOUR_FIELDS) {
            if (names.stream().allMatch(name -> cloud.find(name).isPresent())) {
                return cloud.column(names.getFirst()).type();
            }
        }
        return cloud.columns().stream()
                .filter(c -> Columns.COLOURS.contains(c.name().toLowerCase(Locale.ROOT)) && c.width() >= 3)
                .findFirst()
                .map(Column::type)
                .orElse(ElementType.UINT8);
    }

    private static float[] scaled(double[] values, ElementType type, int[] kept) {
        double max = Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
        double factor = 1;
        if (type.isFloating() && max <= 1) {
            factor = 255;
        } else if (max > 255) {
            // Wider integers, as LAS and some PLY files hold them.
            factor = 255.0 / 65535;
        }
        float[] colours = new float[3 * kept.length];
        for (int i = 0; i < kept.length; i++) {
            for (int a = 0; a < 3; a++) {
                double value = values[3 * kept[i] + a] * factor;
                colours[3 * i + a] = Double.isFinite(value) ? (float) Math.clamp(value, 0.0, 255.0) : 0;
            }
        }
        return colours;
    }

    private static float[] normals(PointCloud cloud, int[] kept) {
        return triple(cloud, NORMAL_FIELDS, Columns.NORMALS)
                .map(values -> {
                    float[] normals = new float[3 * kept.length];
                    for (int i = 0; i < kept.length; i++) {
                        for (int a = 0; a < 3; a++) {
                            float value = (float) values[3 * kept[i] + a];
                            normals[3 * i + a] = Float.isFinite(value) ? value : 0;
                        }
                    }
                    return normals;
                })
                .orElse(new float[0]);
    }

    /** Three numbers per point, from three fields or from one field of three. */
    private static Optional<double[]> triple(PointCloud cloud, List<List<String>> fields, Set<String> wideNames) {
        for (List<String> names : fields) {
            if (names.stream()
                    .allMatch(n -> cloud.find(n).filter(c -> c.width() == 1).isPresent())) {
                double[] result = new double[3 * cloud.size()];
                for (int a = 0; a < 3; a++) {
                    double[] values = cloud.column(names.get(a)).values().doubles();
                    for (int i = 0; i < cloud.size(); i++) {
                        result[3 * i + a] = values[i];
                    }
                }
                return Optional.of(result);
            }
        }
        return cloud.columns().stream()
                .filter(c -> wideNames.contains(c.name().toLowerCase(Locale.ROOT)) && c.width() >= 3)
                .findFirst()
                .map(column -> {
                    double[] values = column.values().doubles();
                    double[] result = new double[3 * cloud.size()];
                    for (int i = 0; i < cloud.size(); i++) {
                        System.arraycopy(values, i * column.width(), result, 3 * i, 3);
                    }
                    return result;
                });
    }
}
