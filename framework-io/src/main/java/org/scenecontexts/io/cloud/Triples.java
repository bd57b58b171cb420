package org.scenecontexts.io.cloud;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.scenecontexts.io.array.NpArray;

/**
 * Three numbers per point, whether a cloud has them as three fields or as one of three. They stay where the cloud has them: a
 * copy of positions and colours in double precision would be the largest thing in memory.
 */
record Triples(int points, List<Column> columns) {

    /**
     * @param kind names of three fields, such as {@link FieldNames#COLOURS}
     * @param wide names of fields of three numbers or more
     */
    static Optional<Triples> find(PointCloud cloud, List<List<String>> kind, Set<String> wide) {
        List<Column> single =
                cloud.columns().stream().filter(c -> c.width() == 1).toList();
        Optional<Triples> three = FieldNames.find(
                        single.stream().map(Column::name).toList(), kind)
                .map(places -> new Triples(
                        cloud.size(), places.stream().map(single::get).toList()));
        return three.or(() -> cloud.columns().stream()
                .filter(c -> wide.contains(c.name().toLowerCase(Locale.ROOT)) && c.width() >= 3)
                .findFirst()
                .map(column -> new Triples(cloud.size(), List.of(column))));
    }

    /** The numbers, {@code [N, 3]}; an index is three times that of the point, and 0, 1 or 2. */
    IntToDoubleFunction values() {
        if (columns.size() == 1) {
            NpArray all = columns.getFirst().values();
            int width = columns.getFirst().width();
            return width == 3 ? all::doubleAt : index -> all.doubleAt(index / 3 * width + index % 3);
        }
        NpArray first = columns.get(0).values();
        NpArray second = columns.get(1).values();
        NpArray third = columns.get(2).values();
        return index -> switch (index % 3) {
            case 0 -> first.doubleAt(index / 3);
            case 1 -> second.doubleAt(index / 3);
            default -> third.doubleAt(index / 3);
        };
    }

    /** The fields, for messages. */
    String names() {
        return String.join(", ", columns.stream().map(Column::name).toList());
    }
}
