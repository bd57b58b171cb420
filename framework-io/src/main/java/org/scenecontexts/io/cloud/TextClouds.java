package org.scenecontexts.io.cloud;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.NpArray;

/**
 * Reads and writes point clouds as lines of numbers: XYZ, TXT, ASC, PTS, CSV.
 *
 * <p>Words are separated by white space, or by the comma or semicolon that the first line of numbers holds. A line of names
 * may come first, as a comment too. Without one, columns are x y z, then r g b (or nx ny nz where values are negative), then
 * {@code column7} and so on. A first line with a single whole number is the number of points.
 */
final class TextClouds {

    private static final int FIRST_CAPACITY = 1024;

    private final TextCursor cursor;
    private final String file;
    private char separator = ' ';
    private List<String> names = List.of();
    private double[][] values = {};
    private int rows;
    private long promised = -1;
    private final List<String> warnings = new ArrayList<>();

    private TextClouds(byte[] bytes, String file) {
        this.cursor = new TextCursor(bytes, bytes.length > 2 && (bytes[0] & 0xFF) == 0xEF ? 3 : 0, 0, file);
        this.file = file;
    }

    static PointCloud read(byte[] bytes, String file) {
        TextClouds reader = new TextClouds(bytes, file);
        reader.readRows();
        CloudFiles.requirePoints(reader.rows, file);
        return reader.cloud();
    }

    private void readRows() {
        while (cursor.nextLine()) {
            String line = rows == 0 ? cursor.line().strip() : "";
            if (rows == 0 && (line.startsWith("#") || line.startsWith("//"))) {
                takeNames(line.replaceFirst("^(#+|//+)", "").strip());
                continue;
            }
            if (rows == 0 && !line.isEmpty()) {
                separator = line.indexOf(';') >= 0 ? ';' : line.indexOf(',') >= 0 ? ',' : ' ';
            }
            cursor.split(separator);
            if (cursor.words() == 0 || cursor.word(0).startsWith("#")) {
                continue;
            }
            if (rows == 0 && values.length == 0 && start(line)) {
                continue;
            }
            takeRow();
        }
        if (promised >= 0 && rows != promised) {
            throw new CloudException(file + ": the first line promises " + promised + " points, found " + rows
                    + "; the file is truncated or the count is wrong: copy it again or correct the line");
        }
    }

    /** Looks at the first line that is no comment; true when it holds no point. */
    private boolean start(String line) {
        if (cursor.words() == 1 && promised < 0 && line.matches("\\d{1,18}")) {
            promised = Long.parseLong(line);
            return true;
        }
        boolean named = names.isEmpty() && isName(cursor.word(0));
        if (named) {
            takeNames(line);
            return !names.isEmpty();
        }
        if (cursor.words() < 3) {
            throw cursor.wrong(
                    "'" + cut(line) + "' holds " + cursor.words()
                            + " values; at least x, y and z are expected on each line, separated by spaces, commas or semicolons");
        }
        if (cursor.words() > Fields.MAX_WIDTH) {
            throw cursor.wrong(cursor.words() + " values on a line are not believable; this is no point cloud");
        }
        int capacity = Math.max(4, Math.min(FIRST_CAPACITY, (1 << 20) / cursor.words()));
        values = new double[cursor.words()][capacity];
        return false;
    }

    private static boolean isName(String word) {
        String plain = word.replace("\"", "");
        return !plain.isEmpty() && Character.isLetter(plain.charAt(0)) && !plain.matches("(?i)nan|inf(inity)?");
    }

    private void takeNames(String line) {
        String[] words = Arrays.stream(line.split("[\\s,;]+"))
                .map(word -> word.replace("\"", ""))
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
        Set<String> distinct = new HashSet<>(List.of(words));
        boolean coordinates = Arrays.stream(words).anyMatch(w -> w.equalsIgnoreCase("x"))
                && Arrays.stream(words).anyMatch(w -> w.equalsIgnoreCase("y"));
        if (coordinates && distinct.size() == words.length) {
            names = List.of(words);
        } else if (!line.startsWith("#") && coordinates) {
            throw cursor.wrong("a name occurs twice in '" + cut(line) + "'; names must be unique");
        }
    }

    private void takeRow() {
        if (cursor.words() != values.length) {
            throw cursor.wrong("found " + cursor.words() + " values, the lines before have " + values.length
                    + "; correct or remove the line");
        }
        if (rows == values[0].length) {
            if ((long) rows * values.length > Integer.MAX_VALUE / 8) {
                throw cursor.wrong("more than " + rows + " points of " + values.length + " values; split the file");
            }
            for (int c = 0; c < values.length; c++) {
                values[c] = Arrays.copyOf(values[c], 2 * rows);
            }
        }
        for (int c = 0; c < values.length; c++) {
            values[c][rows] = cursor.number(c);
        }
        rows++;
    }

    private PointCloud cloud() {
        for (int c = 0; c < values.length; c++) {
            values[c] = Arrays.copyOf(values[c], rows);
        }
        if (!names.isEmpty() && names.size() != values.length) {
            warnings.add(file + ": the header names " + names.size() + " columns, the lines have " + values.length
                    + " values; the names are not used: correct the header");
            names = List.of();
        }
        return new PointCloud(file, columns(values, names, file.endsWith(".pts")), CloudLayout.of(rows), warnings);
    }

    /** Columns from numbers without types: whole where all values are, else double. */
    static List<Column> columns(double[][] values, List<String> names, boolean pts) {
        List<String> chosen = names.isEmpty() ? guessNames(values, pts) : names;
        List<Column> columns = new ArrayList<>();
        for (int c = 0; c < values.length; c++) {
            double[] column = values[c];
            boolean whole = c > 2 && Arrays.stream(column).allMatch(v -> v == (int) v);
            columns.add(new Column(
                    chosen.get(c),
                    whole
                            ? NpArray.of(
                                    Arrays.stream(column).mapToInt(v -> (int) v).toArray(), column.length)
                            : NpArray.of(column, column.length)));
        }
        return columns;
    }

    private static List<String> guessNames(double[][] values, boolean pts) {
        List<String> names = new ArrayList<>(List.of("x", "y", "z"));
        int colour = pts && values.length >= 7 ? 4 : 3;
        if (colour == 4) {
            names.add("intensity");
        }
        if (values.length >= colour + 3) {
            boolean negative = false;
            for (int c = colour; c < colour + 3; c++) {
                negative |= Arrays.stream(values[c]).anyMatch(v -> v < 0);
            }
            names.addAll(negative ? List.of("nx", "ny", "nz") : List.of("r", "g", "b"));
        }
        while (names.size() < values.length) {
            names.add("column" + (names.size() + 1));
        }
        return names;
    }

    private static String cut(String line) {
        return line.length() <= 60 ? line : line.substring(0, 60) + "...";
    }

    static void write(OutputStream out, PointCloud cloud, boolean csv) throws IOException {
        List<Column> columns = Columns.scalar(cloud, column -> column);
        String separator = csv ? "," : " ";
        StringBuilder header = new StringBuilder(csv ? "" : "# ");
        for (int c = 0; c < columns.size(); c++) {
            header.append(c == 0 ? "" : separator).append(columns.get(c).name().replaceAll("[\\s,;]+", "_"));
        }
        out.write(header.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        Columns.writeText(out, columns, separator);
    }
}
