package org.scenecontexts.io.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Three numbers per point, whether a cloud has them as three fields or as one of three. */
record Triples(double[] values, List<Column> columns) {

    /**
     * @param kind names of three fields, such as {@link FieldNames#COLOURS}
     * @param wide names of fields of three numbers or more
     */
    static Optional<Triples> find(PointCloud cloud, List<List<String>> kind, Set<String> wide) {
        List<Column> single =
                cloud.columns().stream().filter(c -> c.width() == 1).toList();
        Optional<Triples> three = FieldNames.find(
                        single.stream().map(Column::name).toList(), kind)
                .map(places -> of(cloud.size(), places.stream().map(single::get).toList()));
        return three.or(() -> cloud.columns().stream()
                .filter(c -> wide.contains(c.name().toLowerCase(Locale.ROOT)) && c.width() >= 3)
                .findFirst()
                .map(column -> of(cloud.size(), column)));
    }

    private static Triples of(int points, List<Column> columns) {
        double[] result = new double[3 * points];
        for (int a = 0; a < 3; a++) {
            double[] values = columns.get(a).values().doubles();
            for (int i = 0; i < points; i++) {
                result[3 * i + a] = values[i];
            }
        }
        return new Triples(result, new ArrayList<>(columns));
    }

    private static Triples of(int points, Column column) {
        double[] values = column.values().doubles();
        double[] result = new double[3 * points];
        for (int i = 0; i < points; i++) {
            System.arraycopy(values, i * column.width(), result, 3 * i, 3);
        }
        return new Triples(result, List.of(column));
    }

    /** The fields, for messages. */
    String names() {
        return String.join(", ", columns.stream().map(Column::name).toList());
    }
}
