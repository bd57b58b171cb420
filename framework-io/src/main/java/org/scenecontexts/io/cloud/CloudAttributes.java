package org.scenecontexts.io.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.data.Attribute;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.array.ArrayElement;

/**
 * Makes attributes of points of the fields of a cloud.
 *
 * @since 0.2
 */
public final class CloudAttributes {

    /** A spacing of 32-bit numbers above this share of their range is too coarse. */
    private static final double COARSE = 1e-6;

    private CloudAttributes() {}

    /**
     * The scene with attributes read from fields. Whole numbers of up to 32 bits stay whole; 64-bit numbers that 32 bits would
     * make coarse, such as times, are kept relative to the first of them ({@link Attribute.Floats#offset}).
     *
     * @param kept the rows of the cloud that the scene has, as {@link CloudScene#kept()} gives them
     * @param fields for each attribute the fields that hold it, one per number, or one field of several numbers
     * @throws CloudException when there is no such field, or attributes mix whole numbers and others; the message names the
     *     fields that exist
     */
    public static Scene with(Scene scene, PointCloud cloud, int[] kept, Map<String, List<String>> fields) {
        Scene changed = scene;
        for (Map.Entry<String, List<String>> entry : fields.entrySet()) {
            List<Column> columns = entry.getValue().stream().map(cloud::column).toList();
            changed = changed.withPoints(attribute(cloud.source(), entry.getKey(), columns, kept));
        }
        return changed;
    }

    /**
     * The fields that hold an attribute by its own name: one of that name, or {@code NAME_0}, {@code NAME_1}, ... as they are
     * written for several numbers per point. Empty when the cloud has none of the width.
     */
    public static Optional<List<String>> named(PointCloud cloud, String name, int width) {
        Optional<Column> whole = cloud.find(name).filter(column -> column.width() == width);
        if (whole.isPresent()) {
            return Optional.of(List.of(whole.get().name()));
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            cloud.find(name + "_" + i)
                    .filter(column -> column.width() == 1)
                    .ifPresent(column -> parts.add(column.name()));
        }
        return parts.size() == width ? Optional.of(parts) : Optional.empty();
    }

    private static Attribute attribute(String source, String name, List<Column> columns, int[] kept) {
        int width = columns.stream().mapToInt(Column::width).sum();
        boolean whole = columns.stream().allMatch(column -> isInt(column.type()));
        try {
            return whole ? ints(name, columns, kept, width) : floats(name, columns, kept, width);
        } catch (IllegalArgumentException e) {
            throw new CloudException(source + ": " + e.getMessage(), e);
        }
    }

    private static boolean isInt(ArrayElement type) {
        return !type.isFloating()
                && !List.of("INT64", "UINT64", "UINT32").contains(type.name().toUpperCase(Locale.ROOT));
    }

    private static Attribute ints(String name, List<Column> columns, int[] kept, int width) {
        int[] values = new int[Math.multiplyExact(kept.length, width)];
        int at = 0;
        for (Column column : columns) {
            int[] from = column.values().ints();
            for (int i = 0; i < kept.length; i++) {
                System.arraycopy(from, kept[i] * column.width(), values, i * width + at, column.width());
            }
            at += column.width();
        }
        return new Attribute.Ints(name, width, values);
    }

    private static Attribute floats(String name, List<Column> columns, int[] kept, int width) {
        double[] exact = new double[Math.multiplyExact(kept.length, width)];
        int at = 0;
        boolean wide = false;
        for (Column column : columns) {
            double[] from = column.values().doubles();
            wide |= column.type() != ArrayElement.FLOAT32;
            for (int i = 0; i < kept.length; i++) {
                System.arraycopy(from, kept[i] * column.width(), exact, i * width + at, column.width());
            }
            at += column.width();
        }
        double offset = wide ? offset(exact) : 0;
        float[] values = new float[exact.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (exact[i] - offset);
        }
        return new Attribute.Floats(name, width, values, offset);
    }

    /** The first finite value where 32 bits would be coarse for the range of the values; else 0. */
    private static double offset(double[] values) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double first = Double.NaN;
        for (double value : values) {
            if (Double.isFinite(value)) {
                first = Double.isNaN(first) ? value : first;
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        double largest = Math.max(Math.abs(least), Math.abs(most));
        return most > least && Math.ulp((float) largest) > COARSE * (most - least) ? first : 0;
    }

    /** The columns of an attribute, to be written: whole numbers, or 64-bit ones where there is an offset. */
    public static List<Column> columns(Attribute attribute) {
        List<Column> columns = new ArrayList<>();
        int rows = attribute.rows();
        for (int w = 0; w < attribute.width(); w++) {
            String name = attribute.width() == 1 ? attribute.name() : attribute.name() + "_" + w;
            int column = w;
            columns.add(
                    switch (attribute) {
                        case Attribute.Ints whole -> {
                            int[] values = new int[rows];
                            java.util.Arrays.setAll(values, i -> whole.values()[i * whole.width() + column]);
                            yield Column.of(name, values);
                        }
                        case Attribute.Floats floats
                        when floats.offset() != 0 -> {
                            double[] values = new double[rows];
                            java.util.Arrays.setAll(
                                    values, i -> floats.offset() + floats.values()[i * floats.width() + column]);
                            yield Column.of(name, values);
                        }
                        case Attribute.Floats floats -> {
                            float[] values = new float[rows];
                            for (int i = 0; i < rows; i++) {
                                values[i] = floats.values()[i * floats.width() + column];
                            }
                            yield Column.of(name, values);
                        }
                    });
        }
        return columns;
    }
}
