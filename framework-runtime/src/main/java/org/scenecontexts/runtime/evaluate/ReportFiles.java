package org.scenecontexts.runtime.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.io.array.AtomicFile;
import org.scenecontexts.io.array.FileNames;
import org.scenecontexts.io.table.CsvTables;

/**
 * Writes the tables of benchmarks for programs (CSV, RFC 4180) and for people (Markdown).
 *
 * @since 0.1
 */
public final class ReportFiles {

    private static final String CSV = ".csv";

    private ReportFiles() {}

    /**
     * Writes {@code NAME.csv} and {@code NAME.md} for every table; a name that comes again gets a number.
     *
     * @return the files written
     */
    public static List<Path> write(Path folder, List<Report.Table> tables) {
        List<Path> files = new ArrayList<>();
        FileNames names = new FileNames();
        for (Report.Table table : tables) {
            String name = names.of(table.name());
            files.add(text(folder.resolve(name + CSV), csv(table)));
            files.add(text(folder.resolve(name + ".md"), markdown(table)));
        }
        return files;
    }

    /**
     * Reads tables that {@link #write} wrote, in the order of their names.
     *
     * @return every number is a {@link Double}; empty cells are NaN
     * @throws UncheckedIOException when they cannot be read
     */
    public static List<Report.Table> read(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(CSV))
                    .sorted()
                    .flatMap(file -> CsvTables.read(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": the tables of an evaluation cannot be read: " + e, e);
        }
    }

    private static Path text(Path file, String content) {
        AtomicFile.write(file, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
        return file;
    }

    static String csv(Report.Table table) {
        StringBuilder text = new StringBuilder();
        row(text, table.header(), ReportFiles::quoted);
        table.rows().forEach(row -> row(text, row, cell -> quoted(exact(cell))));
        return text.toString();
    }

    private static <T> void row(StringBuilder text, List<T> cells, Function<T, String> write) {
        text.append(cells.stream().map(write).collect(Collectors.joining(","))).append("\r\n");
    }

    private static String quoted(String cell) {
        return cell.matches("(?s).*[\",\r\n].*") ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
    }

    private static String exact(Object cell) {
        return cell instanceof Double d && d.isNaN() ? "" : String.valueOf(cell);
    }

    /** The table as Markdown, numbers rounded for reading. */
    public static String markdown(Report.Table table) {
        StringBuilder text = new StringBuilder();
        line(text, table.header());
        text.append("|");
        for (int i = 0; i < table.header().size(); i++) {
            text.append(numeric(table, i) ? " ---: |" : " --- |");
        }
        text.append('\n');
        table.rows()
                .forEach(
                        row -> line(text, row.stream().map(ReportFiles::rounded).toList()));
        return text.toString();
    }

    private static boolean numeric(Report.Table table, int column) {
        return !table.rows().isEmpty() && table.rows().stream().allMatch(row -> row.get(column) instanceof Number);
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ")
                .append(cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ")))
                .append(" |\n");
    }

    private static String rounded(Object cell) {
        return switch (cell) {
            case Double d when d.isNaN() -> "-";
            case Double d -> String.format(Locale.ROOT, "%.4f", d);
            case Float f -> String.format(Locale.ROOT, "%.4f", f);
            default -> String.valueOf(cell);
        };
    }
}
