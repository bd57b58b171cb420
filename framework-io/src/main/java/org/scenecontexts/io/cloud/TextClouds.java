package org.scenecontexts.io.cloud;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.text.Printable;
import org.scenecontexts.io.array.NpArray;

/**
 * Reads and writes point clouds as lines of numbers: XYZ, TXT, ASC, PTS, CSV.
 *
 * <p>Words are separated by white space, or by the comma or semicolon that the first line of numbers holds; an empty cell of
 * a table is a missing number. A line of names may come first, as a comment too, and is split as the numbers are ({@link
 * TextHeader}); without one the values tell what the columns are ({@link ColumnGuess}). A first line with a single whole
 * number is the number of points.
 */
final class TextClouds {

    private static final int FIRST_CAPACITY = 1024;

    /** As many comments before the numbers are looked at for names, the last first. */
    private static final int COMMENTS = 32;

    private final TextCursor cursor;
    private final String file;
    private char separator = ' ';
    private final List<TextHeader> headers = new ArrayList<>();
    private double[][] values = {};
    private int rows;
    private long promised = -1;
    private long empty;
    private String firstEmpty = "";
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
                // A name may follow the mark, or be missing before the first separator.
                headers.addFirst(new TextHeader(withoutMark(line), true));
                if (headers.size() > COMMENTS) {
                    headers.removeLast();
                }
                continue;
            }
            if (rows == 0 && values.length == 0 && !line.isEmpty()) {
                separator = line.indexOf(';') >= 0 ? ';' : line.indexOf(',') >= 0 ? ',' : ' ';
            }
            cursor.split(separator);
            if (cursor.words() == 0 || cursor.word(0).startsWith("#")) {
                continue;
            }
            if (rows == 0 && values.length == 0 && start(line, cursor.line())) {
                continue;
            }
            takeRow();
        }
        if (promised >= 0 && rows != promised) {
            throw new CloudException(file + ": the first line promises " + promised + " points, found " + rows
                    + "; the file is truncated or the count is wrong: copy it again or correct the line");
        }
    }

    private static String withoutMark(String comment) {
        int at = 0;
        while (at < comment.length() && (comment.charAt(at) == '#' || comment.charAt(at) == '/')) {
            at++;
        }
        while (at < comment.length() && (comment.charAt(at) == ' ' || comment.charAt(at) == '\t')) {
            at++;
        }
        return comment.substring(at);
    }

    /** Looks at the first line that is no comment; true when it holds no point. */
    private boolean start(String line, String whole) {
        if (cursor.words() == 1 && promised < 0 && line.matches("\\d{1,18}")) {
            promised = Long.parseLong(line);
            return true;
        }
        if (headers.stream().allMatch(TextHeader::comment) && TextHeader.is(whole, separator)) {
            headers.addFirst(new TextHeader(whole, false));
            return true;
        }
        int width = cursor.words();
        if (cursor.emptyAtEnd() && headers.stream().anyMatch(header -> header.names(separator) == cursor.words() + 1)) {
            width++;
        }
        if (width < 3) {
            throw cursor.wrong("'" + Printable.excerpt(line) + "' holds " + width
                    + " values; at least x, y and z are expected on each line, separated by spaces, commas or"
                    + " semicolons");
        }
        if (width > Fields.MAX_WIDTH) {
            throw cursor.wrong(width + " values on a line are not believable; this is no point cloud");
        }
        int capacity = Math.max(4, Math.min(FIRST_CAPACITY, (1 << 20) / width));
        values = new double[width][capacity];
        return false;
    }

    private void takeRow() {
        boolean lastEmpty = cursor.words() == values.length - 1 && cursor.emptyAtEnd();
        if (cursor.words() != values.length && !lastEmpty) {
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
            boolean missing = c == cursor.words() || (separator != ' ' && cursor.isEmpty(c));
            values[c][rows] = missing ? Double.NaN : cursor.number(c);
            if (missing && empty++ == 0) {
                firstEmpty = "line " + cursor.lineNumber() + ", column " + (c + 1);
            }
        }
        rows++;
    }

    private PointCloud cloud() {
        for (int c = 0; c < values.length; c++) {
            values[c] = Arrays.copyOf(values[c], rows);
        }
        boolean pts = file.toLowerCase(Locale.ROOT).endsWith(".pts");
        List<String> names = names(pts);
        if (empty > 0) {
            warnings.add(file + ": " + empty + " cells are empty, the first in " + firstEmpty
                    + "; they are read as missing (NaN)");
        }
        return new PointCloud(file, columns(values, names), CloudLayout.of(rows), warnings);
    }

    private List<String> names(boolean pts) {
        boolean index = true;
        for (int r = 0; r < rows && index; r++) {
            index = values[0][r] == Math.rint(values[0][r]) && (r == 0 || values[0][r] > values[0][r - 1]);
        }
        for (TextHeader header : headers) {
            Optional<List<String>> found = header.names(values.length, separator, index);
            if (found.isPresent()) {
                return told(found.get(), pts);
            }
        }
        headers.stream()
                .filter(header -> !header.comment())
                .findFirst()
                .ifPresent(header -> warnings.add(file
                        + ": the header '" + Printable.excerpt(header.line()) + "' names " + header.names(separator)
                        + " columns, the lines have " + values.length
                        + " values; the names are not used: correct the header"));
        CloudChecks.upright(file, rows, values.length);
        List<String> guessed = ColumnGuess.names(values, pts);
        if (values.length > 3) {
            warnings.add(ColumnGuess.told(file, guessed));
        }
        return guessed;
    }

    /** A header of nothing but row numbers and column numbers names nothing: what follows the first column is looked at. */
    private List<String> told(List<String> names, boolean pts) {
        boolean numbered = names.getFirst().equals(TextHeader.INDEX)
                && names.size() > 3
                && names.stream().skip(1).allMatch(name -> name.matches("\\d+"));
        if (!numbered) {
            return names;
        }
        List<String> guessed = new ArrayList<>(ColumnGuess.names(Arrays.copyOfRange(values, 1, values.length), pts));
        guessed.addFirst(TextHeader.INDEX);
        warnings.add(ColumnGuess.told(file, guessed));
        return guessed;
    }

    /** Columns from numbers without types: whole where all values are, else double. */
    static List<Column> columns(double[][] values, List<String> names) {
        List<Column> columns = new ArrayList<>();
        for (int c = 0; c < values.length; c++) {
            double[] column = values[c];
            boolean whole = c > 2 && Arrays.stream(column).allMatch(v -> v == (int) v);
            columns.add(new Column(
                    names.get(c),
                    whole
                            ? NpArray.of(
                                    Arrays.stream(column).mapToInt(v -> (int) v).toArray(), column.length)
                            : NpArray.of(column, column.length)));
        }
        return columns;
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
