package org.scenecontexts.datasets.scannet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.StandIns;

/**
 * The numbers of ScanNet's free-text labels, from {@code scannetv2-labels.combined.tsv} (REFERENCE 5.1): copies of it differ
 * in line ends and in some rows.
 *
 * @param rows by raw category
 */
record LabelTable(Map<String, Row> rows) {

    static final String FILE = "scannetv2-labels.combined.tsv";

    private static final List<String> NEEDED = List.of("id", "raw_category", "nyu40id");

    /**
     * The numbers of one label.
     *
     * @param id ScanNet's own number, that of ScanNet200
     * @param nyu40 1 to 40, or 0 where the table has none
     */
    record Row(int id, int nyu40) {}

    /** @throws CloudException when the file is missing or another table */
    static LabelTable read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CloudException(file + ": no such label table; '" + FILE
                    + "' comes with ScanNet's release: put it into the source folder, or name it with 'labels'");
        }
        StandIns.refuse(file);
        List<String> lines;
        try {
            // Copies have LF, CR LF or CR CR LF; a reader that takes CR for a line end sees empty lines.
            lines = Arrays.stream(Files.readString(file, StandardCharsets.UTF_8).split("\n"))
                    .map(line -> line.replaceAll("\r+$", ""))
                    .toList();
        } catch (IOException e) {
            throw new CloudException(file + ": cannot be read as text: " + e, e);
        }
        List<String> header = List.of(lines.getFirst().split("\t"));
        NEEDED.stream().filter(name -> !header.contains(name)).findFirst().ifPresent(name -> {
            throw new CloudException(file + ", line 1: has no column '" + name + "', found " + header
                    + "; the table of ScanNet v2 (" + FILE + ") is expected");
        });
        int id = header.indexOf("id");
        int raw = header.indexOf("raw_category");
        int nyu40 = header.indexOf("nyu40id");
        Map<String, Row> rows = new HashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            String place = file + ", line " + (i + 1);
            String[] cells = lines.get(i).split("\t", -1);
            if (cells.length <= Math.max(raw, Math.max(id, nyu40))) {
                throw new CloudException(place + ": expected " + header.size() + " columns, found " + cells.length
                        + "; copy the table again");
            }
            // Doubled rows say the same numbers.
            rows.putIfAbsent(cells[raw], new Row(number(place, cells[id]), number(place, cells[nyu40])));
        }
        return new LabelTable(Map.copyOf(rows));
    }

    private static int number(String place, String cell) {
        try {
            return cell.isBlank() ? 0 : Integer.parseInt(cell.strip());
        } catch (NumberFormatException e) {
            throw new CloudException(place + ": expected a number, found '" + cell + "'; copy the table again", e);
        }
    }

    /** The numbers of a label; empty when the table does not know it. */
    Optional<Row> find(String label) {
        return Optional.ofNullable(rows.get(label));
    }
}
