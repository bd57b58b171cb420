package org.scenecontexts.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes measurements as a table, for a terminal or as Markdown.
 *
 * @since 0.1
 */
public final class BenchTable {

    private static final List<String> HEADINGS = List.of(
            "workload",
            "threads",
            "median ms",
            "best ms",
            "GFLOP/s",
            "of GEMM",
            "GB/s",
            "of copy",
            "ns/row",
            "of floor",
            "pool MB",
            "peak MB",
            "peer");

    private static final double MEGA = 1e6;

    private BenchTable() {}

    /** One measurement in a line, for the time until the table. */
    public static String line(MeasuredWorkload row) {
        String time = number(row.seconds() * 1e3) + " ms";
        if (row.work().flops() > 0) {
            return time + ", " + number(row.flops() / 1e9) + " GFLOP/s (" + percent(row.shareOfPeak()) + ")";
        }
        return time + ", " + number(row.bandwidth() / 1e9) + " GB/s (" + percent(row.shareOfCopy()) + ")";
    }

    /** Columns of equal width, the first to the left and the others to the right. */
    public static String text(List<MeasuredWorkload> rows) {
        List<List<String>> cells = cells(rows);
        int[] widths = new int[HEADINGS.size()];
        cells.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder out = new StringBuilder();
        cells.forEach(row -> {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String pad = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? row.get(i) + pad : "  " + pad + row.get(i));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        });
        return out.toString();
    }

    /** A table that GitHub shows. */
    public static String markdown(List<MeasuredWorkload> rows) {
        StringBuilder out = new StringBuilder();
        List<List<String>> cells = cells(rows);
        for (int i = 0; i < cells.size(); i++) {
            out.append("| ").append(String.join(" | ", cells.get(i))).append(" |\n");
            if (i == 0) {
                out.append("|---|").append("--:|".repeat(HEADINGS.size() - 1)).append('\n');
            }
        }
        return out.toString();
    }

    /** The headings, then a row each; what does not apply is empty. */
    private static List<List<String>> cells(List<MeasuredWorkload> rows) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEADINGS);
        rows.forEach(row -> cells.add(cells(row, rows)));
        return cells;
    }

    private static List<String> cells(MeasuredWorkload row, List<MeasuredWorkload> all) {
        boolean arithmetic = row.work().flops() > 0;
        boolean traffic = row.work().bytes() > 0;
        return List.of(
                row.name(),
                Integer.toString(row.threads()),
                number(row.seconds() * 1e3),
                number(row.best() * 1e3),
                arithmetic ? number(row.flops() / 1e9) : "",
                arithmetic ? percent(row.shareOfPeak()) : "",
                traffic ? number(row.bandwidth() / 1e9) : "",
                traffic ? percent(row.shareOfCopy()) : "",
                row.work().rows() > 0 ? number(row.seconds() * 1e9 / row.work().rows()) : "",
                row.workload().wholeNetwork() && arithmetic ? times(row.seconds() / row.floor()) : "",
                row.poolBytes() > 0 ? whole(row.poolBytes() / MEGA) : "",
                row.residentBytes().isPresent() ? whole(row.residentBytes().getAsLong() / MEGA) : "",
                peer(row, all).map(BenchTable::times).orElse(""));
    }

    /** How many times as long the peer takes. */
    private static Optional<Double> peer(MeasuredWorkload row, List<MeasuredWorkload> all) {
        return row.workload()
                .peerOf()
                .flatMap(other -> MeasuredWorkload.find(all, other, row.threads()))
                .map(ours -> row.seconds() / ours.seconds());
    }

    /** Three digits or so. */
    static String number(double value) {
        int digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f%%", 100 * share);
    }

    static String times(double factor) {
        return String.format(Locale.ROOT, "%.2fx", factor);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }
}
