package org.scenecontexts.runtime.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.scenecontexts.io.array.AtomicFile;

/**
 * A history as a table (CSV, RFC 4180), for spreadsheets. Columns come from the lines: one that brings a new figure widens
 * the table, and the lines before it have nothing there.
 *
 * @since 0.1
 */
public final class CsvLines implements HistoryFile {

    private static final String KEY = "iteration";

    private final Path file;
    private final Set<String> columns = new LinkedHashSet<>();
    private Writer out;

    /**
     * Starts a table, or goes on with one.
     *
     * @param iteration lines of later iterations are dropped, because they will come again
     * @throws UncheckedIOException when the file cannot be written
     */
    public CsvLines(Path file, long iteration) {
        this.file = file;
        columns.add(KEY);
        try {
            List<String> kept = new ArrayList<>();
            List<String> lines = Files.isRegularFile(file) ? whole(file) : List.of();
            if (!lines.isEmpty() && lines.getFirst().startsWith(KEY)) {
                columns.addAll(List.of(lines.getFirst().split(",")));
                lines.stream()
                        .skip(1)
                        .filter(line -> iterationOf(line) <= iteration)
                        .forEach(kept::add);
            }
            rewrite(kept);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Its lines, without one that a kill cut short. */
    private static List<String> whole(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private static double iterationOf(String line) {
        try {
            return Double.parseDouble(line.split(",", 2)[0]);
        } catch (NumberFormatException e) {
            // Not a line of ours.
            return Double.POSITIVE_INFINITY;
        }
    }

    private void rewrite(List<String> lines) throws IOException {
        AtomicFile.write(file, stream -> {
            stream.write((String.join(",", columns) + "\r\n").getBytes(StandardCharsets.UTF_8));
            for (String line : lines) {
                stream.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            }
        });
        out = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }

    @Override
    public void add(Map<String, ?> values) {
        List<String> fresh = values.keySet().stream()
                .map(CsvLines::column)
                .filter(name -> !columns.contains(name))
                .toList();
        try {
            if (!fresh.isEmpty()) {
                widen(fresh);
            }
            out.write(columns.stream().map(name -> cell(values, name)).collect(Collectors.joining(",")) + "\r\n");
            out.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void sync() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(false);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void widen(List<String> fresh) throws IOException {
        out.close();
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        columns.addAll(fresh);
        String more = ",".repeat(fresh.size());
        rewrite(lines.stream().skip(1).map(line -> line + more).toList());
    }

    /** Names of figures are words; what would need quotes is not worth a reader that has to know about them. */
    private static String column(String name) {
        return name.replaceAll("[\",\\s]+", "_");
    }

    private static String cell(Map<String, ?> values, String column) {
        for (Map.Entry<String, ?> entry : values.entrySet()) {
            if (column(entry.getKey()).equals(column)) {
                boolean missing = entry.getValue() instanceof Double number && number.isNaN();
                return missing ? "" : String.valueOf(entry.getValue());
            }
        }
        return "";
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private UncheckedIOException failed(IOException e) {
        return new UncheckedIOException(file + ": cannot be written: " + e, e);
    }
}
