package org.scenecontexts.io.cloud;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.NpArray;

/** What the writers have in common: columns of one number per point, and loops over points. */
final class Columns {

    static final Set<String> POSITIONS = Set.of(
            "points",
            "positions",
            "position",
            "xyz",
            "coords",
            "coord",
            "coordinates",
            "vertices",
            "pos",
            "point_cloud");
    static final Set<String> COLOURS = Set.of("colors", "colours", "color", "colour", "rgbs", "rgb", "rgba");
    static final Set<String> NORMALS = Set.of("normals", "normal");

    private static final int BLOCK_ROWS = 4096;

    private Columns() {}

    /** Names with {@code _2}, {@code _3} and so on where they repeat; in a time that does not grow with the repeats. */
    static List<String> unique(List<String> names) {
        Set<String> taken = new HashSet<>();
        Map<String, Integer> next = new HashMap<>();
        List<String> unique = new ArrayList<>();
        for (String name : names) {
            String free = name;
            while (!taken.add(free)) {
                free = name + "_" + next.merge(name, 2, (before, two) -> before + 1);
            }
            unique.add(free);
        }
        return unique;
    }

    /** Every column as one number per point, for formats that have no wider fields. */
    static List<Column> scalar(PointCloud cloud, UnaryOperator<Column> storable) {
        List<Column> columns = new ArrayList<>();
        for (Column column : cloud.columns()) {
            if (column.width() == 1 && column.values().shape().length == 1) {
                columns.add(storable.apply(column));
                continue;
            }
            List<String> names = partNames(column);
            for (int w = 0; w < column.width(); w++) {
                columns.add(storable.apply(part(column, w, names.get(w))));
            }
        }
        return columns;
    }

    private static List<String> partNames(Column column) {
        String name = column.name().toLowerCase(Locale.ROOT);
        List<String> known = POSITIONS.contains(name)
                ? List.of("x", "y", "z")
                : COLOURS.contains(name)
                        ? List.of("red", "green", "blue", "alpha")
                        : NORMALS.contains(name) ? List.of("nx", "ny", "nz") : List.of();
        List<String> names = new ArrayList<>();
        for (int w = 0; w < column.width(); w++) {
            names.add(w < known.size() ? known.get(w) : column.name() + "_" + w);
        }
        return names;
    }

    /** One of the numbers of a wide column as a column of its own. */
    static Column part(Column column, int w, String name) {
        int rows = column.rows();
        int width = column.width();
        ArrayElement type = column.type();
        NpArray values = column.values();
        if (type.isFloating()) {
            double[] all = values.doubles();
            double[] some = new double[rows];
            for (int r = 0; r < rows; r++) {
                some[r] = all[r * width + w];
            }
            return new Column(name, NpArray.of(some, rows).as(type));
        }
        long[] all = values.longs();
        long[] some = new long[rows];
        for (int r = 0; r < rows; r++) {
            some[r] = all[r * width + w];
        }
        return new Column(name, NpArray.of(some, rows).as(type));
    }

    static void writeInterleaved(OutputStream out, List<Column> columns, ByteOrder order) throws IOException {
        int rows = columns.getFirst().rows();
        int stride =
                columns.stream().mapToInt(c -> c.width() * c.type().bytes()).sum();
        List<RecordCodec.Values> values =
                columns.stream().map(c -> new RecordCodec.Values(c.values())).toList();
        ByteBuffer block = ByteBuffer.allocate(BLOCK_ROWS * stride).order(order);
        for (int from = 0; from < rows; from += BLOCK_ROWS) {
            block.clear();
            for (int r = from; r < Math.min(rows, from + BLOCK_ROWS); r++) {
                for (int c = 0; c < columns.size(); c++) {
                    int width = columns.get(c).width();
                    for (int w = 0; w < width; w++) {
                        RecordCodec.write(block, columns.get(c).type(), values.get(c), r * width + w);
                    }
                }
            }
            out.write(block.array(), 0, block.position());
        }
    }

    static void writeText(OutputStream out, List<Column> columns, String separator) throws IOException {
        int rows = columns.getFirst().rows();
        StringBuilder text = new StringBuilder();
        List<Object> arrays = new ArrayList<>();
        for (Column column : columns) {
            ArrayElement type = column.type();
            arrays.add(
                    type == ArrayElement.FLOAT64
                            ? column.values().doubles()
                            : type.isFloating()
                                    ? column.values().floats()
                                    : column.values().longs());
        }
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns.size(); c++) {
                int width = columns.get(c).width();
                for (int w = 0; w < width; w++) {
                    text.append(c + w == 0 ? "" : separator);
                    append(text, arrays.get(c), columns.get(c).type(), r * width + w);
                }
            }
            text.append('\n');
            if (text.length() > 1 << 16 || r == rows - 1) {
                out.write(text.toString().getBytes(StandardCharsets.UTF_8));
                text.setLength(0);
            }
        }
    }

    private static void append(StringBuilder text, Object values, ArrayElement type, int i) {
        switch (values) {
            case float[] floats -> text.append(number(Float.toString(floats[i])));
            case double[] doubles -> text.append(number(Double.toString(doubles[i])));
            case long[] longs ->
                text.append(type == ArrayElement.UINT64 ? Long.toUnsignedString(longs[i]) : Long.toString(longs[i]));
            default -> throw new IllegalStateException("unknown values");
        }
    }

    private static String number(String text) {
        return switch (text) {
            case "NaN" -> "nan";
            case "Infinity" -> "inf";
            case "-Infinity" -> "-inf";
            default -> text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
        };
    }
}
