package org.scenecontexts.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.scenecontexts.api.workload.Workload.Reference;
import org.scenecontexts.io.array.AtomicFile;

/**
 * Writes a page of results with the reasoning, so that every figure in it comes from one run and none is copied by hand.
 *
 * @since 0.1
 */
public final class PerformancePage {

    private final BenchReport report;
    private final StringBuilder out = new StringBuilder();

    private PerformancePage(BenchReport report) {
        this.report = report;
    }

    /** Writes the page, replacing an older one at once. */
    public static void write(Path file, BenchReport report) {
        byte[] text = text(report).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, stream -> stream.write(text));
    }

    /** The page in Markdown. */
    static String text(BenchReport report) {
        PerformancePage page = new PerformancePage(report);
        page.head();
        page.networks();
        page.scaling();
        page.growth();
        page.references();
        page.section("All rows", BenchTable.markdown(report.rows()));
        return page.out.toString();
    }

    private void head() {
        Machine machine = report.machine();
        out.append("# Performance\n\n");
        out.append("Written by `").append(report.command()).append("` on ").append(machine.date());
        out.append("; the same command writes it again for another machine.\n\n");
        out.append("| | |\n|---|---|\n");
        entry("processor", machine.processor() + ", " + machine.cores() + " cores");
        entry("memory", BenchTable.number(machine.memoryBytes() / 1e9) + " GB");
        entry("Java", machine.java());
        entry("options", "`" + String.join(" ", machine.jvmOptions()) + "`");
        entry("csc", machine.csc() + "; " + machine.engine());
        entry("clouds", report.clouds());
        for (int threads : threads()) {
            List<MeasuredWorkload> rows = report.rows().stream()
                    .filter(row -> row.threads() == threads)
                    .toList();
            double peak =
                    Timer.median(rows.stream().map(MeasuredWorkload::peakFlops).toList());
            entry(
                    "product and copy, " + threads(threads),
                    BenchTable.number(peak / 1e9) + " GFLOP/s (median of the rows), "
                            + BenchTable.number(rows.getFirst().copyBytes() / 1e9) + " GB/s read plus written");
        }
        out.append('\n');
        out.append("""
                How to read it: work is counted, not measured. Operations are two per multiply-add over the pairs of rows that
                exist; bytes are those of every array touched once, so a row that moves data more often shows a low share.
                *Of GEMM* compares with the engine's own product of 1024x1024 matrices on the same threads, timed between the runs
                of that very row. The *floor* of a network is its counted operations at that rate: the time it would take if
                everything but the arithmetic of convolutions and products were free. Times are medians; *best* is the shortest run.
                """);
    }

    private void entry(String what, String value) {
        out.append("| ").append(what).append(" | ").append(value).append(" |\n");
    }

    /** Per whole network: its floor, and what the time above it is made of. */
    private void networks() {
        List<MeasuredWorkload> whole =
                report.rows().stream().filter(row -> !row.parts().isEmpty()).toList();
        if (whole.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder("""
                | network | threads | GFLOP | floor s | time s | of floor | ns per voxel | pool MB | peak MB | heap MB per run |
                |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
                """);
        whole.forEach(row -> text.append(String.format(
                Locale.ROOT,
                "| %s | %d | %.1f | %.3f | %.3f | %.2fx | %.0f | %.0f | %s | %.2f |%n",
                row.name(),
                row.threads(),
                row.work().flops() / 1e9,
                row.floor(),
                row.seconds(),
                row.seconds() / row.floor(),
                row.seconds() * 1e9 / Math.max(1, row.work().rows()),
                row.poolBytes() / 1e6,
                row.residentBytes().isPresent()
                        ? String.format(Locale.ROOT, "%.0f", row.residentBytes().getAsLong() / 1e6)
                        : "",
                row.heapBytes() / 1e6)));
        section("Whole networks against their floor", text.toString());
        section(
                "What the time is made of",
                "From one more run of each network on an engine that times every kernel call; seconds, and share of that"
                        + " run.\n\n" + parts(whole));
    }

    private String parts(List<MeasuredWorkload> whole) {
        Map<String, Double> order = new LinkedHashMap<>();
        whole.forEach(row -> row.parts().forEach((part, time) -> order.merge(part, time, Double::sum)));
        List<String> names = order.keySet().stream()
                .sorted(Comparator.comparing((String part) -> part.equals(Parts.REST))
                        .thenComparing(part -> -order.get(part)))
                .toList();
        StringBuilder text = new StringBuilder("| network | threads |");
        names.forEach(name -> text.append(' ').append(name).append(" |"));
        text.append("\n|---|--:|").append("--:|".repeat(names.size())).append('\n');
        for (MeasuredWorkload row : whole) {
            double sum = row.parts().values().stream().mapToDouble(time -> time).sum();
            text.append("| ")
                    .append(row.name())
                    .append(" | ")
                    .append(row.threads())
                    .append(" |");
            for (String name : names) {
                Double time = row.parts().get(name);
                text.append(
                        time == null ? " |" : String.format(Locale.ROOT, " %.3f (%.0f%%) |", time, 100 * time / sum));
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** What the threads give. */
    private void scaling() {
        TreeSet<Integer> counts = threads();
        if (counts.size() < 2 || counts.first() != 1) {
            return;
        }
        int most = counts.last();
        StringBuilder text = new StringBuilder("| workload | 1 thread ms | " + most + " threads ms | ratio |\n");
        text.append("|---|--:|--:|--:|\n");
        for (MeasuredWorkload one : report.rows()) {
            Optional<MeasuredWorkload> many = MeasuredWorkload.find(report.rows(), one.name(), most);
            if (one.threads() == 1 && many.isPresent()) {
                text.append("| ").append(one.name()).append(" | ");
                text.append(BenchTable.number(one.seconds() * 1e3)).append(" | ");
                text.append(BenchTable.number(many.get().seconds() * 1e3)).append(" | ");
                text.append(BenchTable.times(one.seconds() / many.get().seconds()))
                        .append(" |\n");
            }
        }
        section("One thread and " + most, text.toString());
    }

    /** Time per row of a workload on rooms of several sizes. */
    private void growth() {
        Map<String, List<MeasuredWorkload>> families = new LinkedHashMap<>();
        for (MeasuredWorkload row : report.rows()) {
            int slash = row.name().lastIndexOf('/');
            if (row.work().rows() > 0 && slash > 0 && row.name().endsWith("k")) {
                families.computeIfAbsent(
                                row.name().substring(0, slash) + ", " + threads(row.threads()),
                                key -> new java.util.ArrayList<>())
                        .add(row);
            }
        }
        families.values().removeIf(rows -> rows.size() < 2);
        if (families.isEmpty()) {
            return;
        }
        StringBuilder text =
                new StringBuilder("| workload | rows: ns per row | largest over smallest |\n|---|---|--:|\n");
        families.forEach((name, rows) -> {
            List<MeasuredWorkload> sorted = rows.stream()
                    .sorted(Comparator.comparingLong(row -> row.work().rows()))
                    .toList();
            List<String> cells = sorted.stream()
                    .map(row ->
                            String.format(Locale.ROOT, "%,d: %s", row.work().rows(), BenchTable.number(perRow(row))))
                    .toList();
            text.append("| ")
                    .append(name)
                    .append(" | ")
                    .append(String.join("; ", cells))
                    .append(" | ");
            text.append(BenchTable.times(perRow(sorted.getLast()) / perRow(sorted.getFirst())))
                    .append(" |\n");
        });
        section("Growth with the size of the room", text.toString());
    }

    private static double perRow(MeasuredWorkload row) {
        return row.seconds() * 1e9 / row.work().rows();
    }

    /** Published times of the same work, measured by others on other machines. */
    private void references() {
        StringBuilder text = new StringBuilder();
        for (MeasuredWorkload row : report.rows()) {
            for (Reference reference : row.workload().references()) {
                text.append(String.format(
                        Locale.ROOT,
                        "| %s | %d | %.3f | %s | %.2f | %.2fx |%n",
                        row.name(),
                        row.threads(),
                        row.seconds(),
                        reference.label(),
                        reference.seconds(),
                        reference.seconds() / row.seconds()));
            }
        }
        if (!text.isEmpty()) {
            section(
                    "Other programs on other machines, for orientation only",
                    "These times were not measured in this run nor on this machine; the ratio mixes program and machine.\n\n"
                            + "| workload | threads here | s here | recorded elsewhere | s there | there / here |\n"
                            + "|---|--:|--:|---|--:|--:|\n" + text);
        }
    }

    private void section(String title, String text) {
        out.append("\n## ").append(title).append("\n\n").append(text);
    }

    private TreeSet<Integer> threads() {
        TreeSet<Integer> counts = new TreeSet<>();
        report.rows().forEach(row -> counts.add(row.threads()));
        return counts;
    }

    private static String threads(int count) {
        return count == 1 ? "1 thread" : count + " threads";
    }
}
