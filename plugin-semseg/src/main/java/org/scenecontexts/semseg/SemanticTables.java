package org.scenecontexts.semseg;

import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.metrics.Report;

/** Tables of counted labels, and the counts back from a table. */
final class SemanticTables {

    /** Points of a class that were given none. */
    private static final String NONE = "none";

    private SemanticTables() {}

    /** What follows from the counts at the original points, class by class. */
    static Report.Table classes(List<String> names, ConfusionMatrix points) {
        List<List<Object>> rows = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            rows.add(List.of(names.get(c), points.iou(c), points.recall(c), points.precision(c), points.labelled(c)));
        }
        return new Report.Table("classes", List.of("class", "iou", "accuracy", "precision", "points"), rows);
    }

    /** How often each true class was given each class, or none. */
    static Report.Table confusion(String table, List<String> names, ConfusionMatrix matrix) {
        List<String> header = new ArrayList<>(List.of("truth"));
        header.addAll(names);
        header.add(NONE);
        List<List<Object>> rows = new ArrayList<>();
        for (int truth = 0; truth < names.size(); truth++) {
            List<Object> row = new ArrayList<>(List.of(names.get(truth)));
            for (int predicted = 0; predicted < names.size(); predicted++) {
                row.add(matrix.count(truth, predicted));
            }
            row.add(matrix.missed(truth));
            rows.add(row);
        }
        return new Report.Table(table, header, rows);
    }

    /** The names of the classes of a table of counts. */
    static List<String> names(Report.Table confusion) {
        return confusion.header().subList(1, confusion.header().size() - 1);
    }

    /**
     * Adds the counts of a table.
     *
     * @throws IllegalArgumentException when the table is of other classes
     */
    static void addTo(ConfusionMatrix matrix, Report.Table confusion, List<String> names) {
        if (!names(confusion).equals(names)) {
            throw new IllegalArgumentException(
                    "counts of the classes " + names(confusion) + " cannot be added to those of " + names);
        }
        for (int truth = 0; truth < names.size(); truth++) {
            List<Object> row = confusion.rows().get(truth);
            for (int predicted = 0; predicted <= names.size(); predicted++) {
                long count = ((Number) row.get(1 + predicted)).longValue();
                matrix.add(truth, predicted < names.size() ? predicted : -1, count);
            }
        }
    }
}
