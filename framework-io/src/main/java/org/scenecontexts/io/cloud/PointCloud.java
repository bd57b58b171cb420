package org.scenecontexts.io.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.text.Printable;

/**
 * A point cloud as its file has it: every field of every point, in order, in its own type, so that results can be written
 * back beside what was there. {@link CloudScenes} makes a scene of it.
 *
 * <p>Rows whose position is not finite are kept. Arrays are shared, not copied: treat as immutable.
 *
 * @param source where it comes from, for messages
 * @param columns the fields, in the order of the file; all of the same length, names unique
 * @param layout what else the file says
 * @param warnings what was odd about the file but could be read all the same
 * @since 0.1
 */
public record PointCloud(String source, List<Column> columns, CloudLayout layout, List<String> warnings) {

    /** @throws IllegalArgumentException when columns differ in length or share a name */
    public PointCloud {
        columns = List.copyOf(columns);
        warnings = warnings.stream().map(Printable::text).toList();
        if (columns.isEmpty()) {
            throw new IllegalArgumentException(source + ": a point cloud needs at least one column, found none");
        }
        for (Column column : columns) {
            if (column.rows() != columns.getFirst().rows()) {
                throw new IllegalArgumentException(source + ": column '" + column.name() + "' has " + column.rows()
                        + " values, but '" + columns.getFirst().name() + "' has "
                        + columns.getFirst().rows());
            }
        }
        long distinct = columns.stream().map(Column::name).distinct().count();
        if (distinct != columns.size()) {
            throw new IllegalArgumentException(source + ": column names must be unique, found " + names(columns));
        }
    }

    /** A cloud that was not read from a file. */
    public static PointCloud of(String source, Column... columns) {
        return new PointCloud(
                source, List.of(columns), CloudLayout.of(columns.length == 0 ? 0 : columns[0].rows()), List.of());
    }

    /** Number of points, N. */
    public int size() {
        return columns.getFirst().rows();
    }

    /** Names of the columns, in order. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** A column by name; where there is none of exactly that name, upper and lower case count as the same. */
    public Optional<Column> find(String name) {
        return columns.stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .or(() -> columns.stream()
                        .filter(c -> c.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                        .findFirst());
    }

    /**
     * A column by name.
     *
     * @throws CloudException when there is none; the message lists what there is
     */
    public Column column(String name) {
        return find(name)
                .orElseThrow(() -> new CloudException(
                        source + ": has no field '" + name + "'; it has " + names(columns) + "; name one of these"));
    }

    /** The cloud with a column added at the end, or replaced where its name is taken. */
    public PointCloud with(Column column) {
        List<Column> changed = new ArrayList<>(columns);
        int at = names().indexOf(column.name());
        if (at >= 0) {
            changed.set(at, column);
        } else {
            changed.add(column);
        }
        return new PointCloud(source, changed, layout, warnings);
    }

    /** The cloud with only the columns named, in the order given. */
    public PointCloud only(List<String> wanted) {
        return new PointCloud(source, wanted.stream().map(this::column).toList(), layout, warnings);
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public String toString() {
        return source + ": " + size() + " points, " + names(columns);
    }
}
