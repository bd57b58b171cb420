package org.scenecontexts.io.cloud;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.ElementType;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npy;
import org.scenecontexts.io.array.Npz;

/**
 * Reads and writes point clouds as NumPy files.
 *
 * <p>NPZ: every numeric array of shape [N], [N, W] is a field; positions are an array [N, 3] called {@code points},
 * {@code positions}, {@code xyz} or {@code coords}, or three called x, y and z. Arrays of another length are no fields of
 * points and are left out with a warning. NPY: one array [N, C] with the columns that a text file would have.
 */
final class NumpyClouds {

    private NumpyClouds() {}

    static PointCloud readNpz(Path file) {
        Map<String, NpArray> arrays = Npz.readAll(file);
        int points = -1;
        for (Map.Entry<String, NpArray> entry : arrays.entrySet()) {
            int[] shape = entry.getValue().shape();
            boolean positions = Columns.POSITIONS.contains(entry.getKey().toLowerCase(Locale.ROOT))
                    && shape.length == 2
                    && shape[1] >= 3;
            if (points < 0 && (positions || (entry.getKey().equalsIgnoreCase("x") && shape.length == 1))) {
                points = shape[0];
            }
        }
        if (points < 0) {
            throw new CloudException(
                    file + ": has no positions: an array of shape [N, 3] called points, positions, xyz or"
                            + " coords (or x, y and z of shape [N]) is expected, found " + shortened(arrays));
        }
        CloudFiles.requirePoints(points, file.toString());
        List<Column> columns = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (Map.Entry<String, NpArray> entry : arrays.entrySet()) {
            int[] shape = entry.getValue().shape();
            boolean field = (shape.length == 1 || shape.length == 2) && shape[0] == points;
            if (field && entry.getValue().type() != ElementType.TEXT) {
                columns.add(new Column(entry.getKey(), entry.getValue()));
            } else {
                warnings.add(file + ": array '" + entry.getKey() + "' (" + entry.getValue()
                        + ") is left out: it does not hold" + " numbers for each of the " + points + " points");
            }
        }
        return new PointCloud(file.toString(), columns, CloudLayout.of(points), warnings);
    }

    private static String shortened(Map<String, NpArray> arrays) {
        String text = arrays.toString();
        return text.length() <= 300 ? text : text.substring(0, 300) + "...";
    }

    static PointCloud readNpy(Path file) {
        NpArray array = Npy.read(file);
        if (array.shape().length != 2 || array.dim(1) < 3 || array.type() == ElementType.TEXT) {
            throw new CloudException(
                    file + ": a point cloud is an array of numbers of shape [N, 3] or wider, found " + array);
        }
        int rows = array.dim(0);
        int width = array.dim(1);
        CloudFiles.requirePoints(rows, file.toString());
        double[] all = array.doubles();
        double[][] values = new double[width][rows];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < width; c++) {
                values[c][r] = all[r * width + c];
            }
        }
        List<Column> named = new ArrayList<>();
        for (Column column : TextClouds.columns(values, List.of(), false)) {
            boolean narrow = array.type() == ElementType.FLOAT32 && column.type() == ElementType.FLOAT64;
            named.add(narrow ? new Column(column.name(), column.values().as(ElementType.FLOAT32)) : column);
        }
        return new PointCloud(file.toString(), named, CloudLayout.of(rows), List.of());
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
                .allMatch(c -> c.type() != ElementType.FLOAT64
                        && c.type().bytes() <= 4
                        && c.type() != ElementType.UINT32
                        && c.type() != ElementType.INT32);
        double[] all = new double[Math.multiplyExact(cloud.size(), columns.size())];
        for (int c = 0; c < columns.size(); c++) {
            double[] values = columns.get(c).values().doubles();
            for (int r = 0; r < values.length; r++) {
                all[r * columns.size() + c] = values[r];
            }
        }
        NpArray array = NpArray.of(all, cloud.size(), columns.size());
        Npy.write(file, single ? array.as(ElementType.FLOAT32) : array);
    }
}
