package org.scenecontexts.io.cloud;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.ArrayTypeException;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npy;
import org.scenecontexts.io.array.Npz;

/**
 * Reads and writes point clouds as NumPy files.
 *
 * <p>NPZ: every numeric array of shape [N], [N, W] is a field, and every field of a structured array; positions are an array
 * [N, 3] called {@code points}, {@code positions}, {@code xyz} or {@code coords}, or three called x, y and z. Arrays of another
 * length or of no numbers are no fields of points and are left out with a warning; Python objects are never unpickled. NPY: one
 * array [N, C] with the columns that a text file would have, or a structured one.
 */
final class NumpyClouds {

    private NumpyClouds() {}

    static PointCloud readNpz(Path file) {
        List<String> warnings = new ArrayList<>();
        Map<String, NpArray> arrays = arrays(file, warnings);
        return cloud(file, arrays, points(file, arrays), warnings);
    }

    /** All arrays of numbers, fields of structured ones under their own names. */
    private static Map<String, NpArray> arrays(Path file, List<String> warnings) {
        Map<String, NpArray> arrays = new LinkedHashMap<>();
        try (Npz npz = Npz.open(file)) {
            for (String name : npz.names()) {
                try {
                    npz.fields(name).forEach((field, values) -> {
                        String plain = field.isEmpty() ? name : field;
                        arrays.put(arrays.containsKey(plain) ? name + "_" + field : plain, values);
                    });
                } catch (ArrayTypeException e) {
                    warnings.add(e.getMessage() + "; it is left out");
                }
            }
        }
        return arrays;
    }

    private static int points(Path file, Map<String, NpArray> arrays) {
        for (Map.Entry<String, NpArray> entry : arrays.entrySet()) {
            int[] shape = entry.getValue().shape();
            boolean wide = Columns.POSITIONS.contains(entry.getKey().toLowerCase(Locale.ROOT)) && shape.length == 2;
            if (wide) {
                CloudChecks.upright(file + " (array '" + entry.getKey() + "')", shape[0], shape[1]);
            }
            if (wide && shape[1] >= 3) {
                return shape[0];
            }
        }
        List<String> single = arrays.entrySet().stream()
                .filter(entry -> entry.getValue().shape().length == 1)
                .map(Map.Entry::getKey)
                .toList();
        return FieldNames.find(single, FieldNames.POSITIONS)
                .map(places -> arrays.get(single.get(places.getFirst())).dim(0))
                .orElseThrow(() -> new CloudException(
                        file + ": has no positions: an array of shape [N, 3] called points, positions, xyz or"
                                + " coords (or x, y and z of shape [N]) is expected, found " + shortened(arrays)));
    }

    private static PointCloud cloud(Path file, Map<String, NpArray> arrays, int points, List<String> warnings) {
        CloudFiles.requirePoints(points, file.toString());
        List<Column> columns = new ArrayList<>();
        for (Map.Entry<String, NpArray> entry : arrays.entrySet()) {
            int[] shape = entry.getValue().shape();
            boolean field = (shape.length == 1 || shape.length == 2) && shape[0] == points;
            boolean turned = shape.length == 2 && shape[1] == points && !field;
            if (field && entry.getValue().type() != ArrayElement.TEXT) {
                columns.add(new Column(entry.getKey(), entry.getValue()));
            } else if (turned && shape[0] >= 3 && shape[0] <= 4) {
                throw new CloudException(file + " (array '" + entry.getKey() + "'): its shape is ["
                        + shape[0] + ", " + shape[1] + "]; [" + points + ", " + shape[0]
                        + "] is expected, one row per point: transpose it");
            } else {
                warnings.add(file + ": array '" + entry.getKey() + "' (" + entry.getValue()
                        + ") is left out: it does not hold numbers for each of the " + points + " points"
                        + (turned ? "; transpose it" : ""));
            }
        }
        if (columns.isEmpty()) {
            throw new CloudException(file + ": has no numbers for its points, found " + shortened(arrays));
        }
        return new PointCloud(file.toString(), columns, CloudLayout.of(points), warnings);
    }

    private static String shortened(Map<String, NpArray> arrays) {
        String text = arrays.toString();
        return text.length() <= 300 ? text : text.substring(0, 300) + "...";
    }

    static PointCloud readNpy(Path file) {
        Map<String, NpArray> arrays = Npy.readFields(file);
        if (!arrays.containsKey("")) {
            NpArray first = arrays.values().iterator().next();
            if (first.shape().length == 0) {
                throw new CloudException(file + ": holds one structured value, no list of points; [N] is expected");
            }
            return cloud(file, arrays, first.dim(0), new ArrayList<>());
        }
        NpArray array = arrays.get("");
        if (array.shape().length != 2 || array.dim(1) < 3 || array.type() == ArrayElement.TEXT) {
            throw new CloudException(file + ": a point cloud is an array of numbers of shape [N, 3] or wider, found "
                    + array + (array.shape().length == 2 && array.dim(0) >= 3 ? "; transpose it" : ""));
        }
        int rows = array.dim(0);
        int width = array.dim(1);
        CloudFiles.requirePoints(rows, file.toString());
        CloudChecks.upright(file.toString(), rows, width);
        double[] all = array.doubles();
        double[][] values = new double[width][rows];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < width; c++) {
                values[c][r] = all[r * width + c];
            }
        }
        List<Column> named = new ArrayList<>();
        List<String> names = ColumnGuess.names(values, false);
        for (Column column : TextClouds.columns(values, names)) {
            boolean narrow = array.type() == ArrayElement.FLOAT32 && column.type() == ArrayElement.FLOAT64;
            named.add(narrow ? new Column(column.name(), column.values().as(ArrayElement.FLOAT32)) : column);
        }
        List<String> warnings = width > 3 ? List.of(ColumnGuess.told(file.toString(), names)) : List.of();
        return new PointCloud(file.toString(), named, CloudLayout.of(rows), warnings);
    }

    static void writeNpz(Path file, PointCloud cloud, boolean compressed) {
        Map<String, NpArray> arrays = new LinkedHashMap<>();
        cloud.columns().forEach(column -> arrays.put(column.name(), column.values()));
        if (compressed) {
            Npz.writeCompressed(file, arrays);
        } else {
            Npz.write(file, arrays);
        }
    }

    static void writeNpy(Path file, PointCloud cloud) {
        List<Column> columns = Columns.scalar(cloud, column -> column);
        boolean single = columns.stream()
                .allMatch(c -> c.type() != ArrayElement.FLOAT64
                        && c.type().bytes() <= 4
                        && c.type() != ArrayElement.UINT32
                        && c.type() != ArrayElement.INT32);
        double[] all = new double[Math.multiplyExact(cloud.size(), columns.size())];
        for (int c = 0; c < columns.size(); c++) {
            double[] values = columns.get(c).values().doubles();
            for (int r = 0; r < values.length; r++) {
                all[r * columns.size() + c] = values[r];
            }
        }
        NpArray array = NpArray.of(all, cloud.size(), columns.size());
        Npy.write(file, single ? array.as(ArrayElement.FLOAT32) : array);
    }
}
