package org.scenecontexts.io.cloud;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.ArrayElement;

/**
 * What the header of a PCD file says.
 *
 * @param data {@code ascii}, {@code binary} or {@code binary_compressed}
 * @param dataStart first byte after the header
 * @param lines number of lines of the header
 */
record PcdHeader(
        Fields fields,
        long points,
        long width,
        long height,
        List<Double> viewpoint,
        String data,
        List<String> comments,
        int dataStart,
        int lines) {

    private static final int MAX_LINES = 10_000;

    static PcdHeader read(byte[] bytes, String file) {
        TextCursor cursor = new TextCursor(bytes, 0, 0, file);
        Map<String, List<String>> entries = new HashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        List<String> comments = new ArrayList<>();
        while (!entries.containsKey("DATA")) {
            if (cursor.lineNumber() >= MAX_LINES || !cursor.nextLine()) {
                throw new CloudException(file + ", line " + cursor.lineNumber()
                        + ": the PCD header has no line 'DATA ascii', 'DATA binary' or 'DATA binary_compressed'; this is no"
                        + " PCD file, or it is truncated");
            }
            String line = cursor.line().strip();
            if (line.startsWith("#")) {
                comments.add(line.substring(1).strip());
                continue;
            }
            cursor.split(' ');
            if (cursor.words() == 0) {
                continue;
            }
            List<String> words = new ArrayList<>();
            for (int w = 1; w < cursor.words(); w++) {
                words.add(cursor.word(w));
            }
            String key = cursor.word(0).toUpperCase(Locale.ROOT);
            entries.put(key.equals("COLUMNS") ? "FIELDS" : key, words);
            lines.put(key.equals("COLUMNS") ? "FIELDS" : key, cursor.lineNumber());
        }
        return new Parser(file, entries, lines).parse(comments, cursor);
    }

    private record Parser(String file, Map<String, List<String>> entries, Map<String, Integer> lines) {

        PcdHeader parse(List<String> comments, TextCursor cursor) {
            Fields fields = fields();
            long points = entries.containsKey("POINTS") ? number("POINTS", 0) : -1;
            long width = entries.containsKey("WIDTH") ? number("WIDTH", 0) : points;
            long height = entries.containsKey("HEIGHT") ? number("HEIGHT", 0) : 1;
            if (width < 0) {
                throw new CloudException(file + ": the PCD header gives neither WIDTH nor POINTS; it is damaged");
            }
            if (points < 0) {
                points = product(width, height);
            }
            if (product(width, height) != points) {
                throw wrong(
                        "HEIGHT",
                        "WIDTH " + width + " x HEIGHT " + height + " is not POINTS " + points + "; correct the header");
            }
            return new PcdHeader(
                    fields,
                    points,
                    width,
                    height,
                    viewpoint(),
                    data(),
                    // The first comment is the format's own mark.
                    comments.stream().filter(c -> !c.startsWith(".PCD")).toList(),
                    cursor.position(),
                    cursor.lineNumber());
        }

        private String data() {
            String data = entries.get("DATA").isEmpty()
                    ? ""
                    : entries.get("DATA").getFirst().toLowerCase(Locale.ROOT);
            if (!List.of("ascii", "binary", "binary_compressed").contains(data)) {
                throw wrong(
                        "DATA", "'" + data + "' is no PCD encoding; ascii, binary or binary_compressed is expected");
            }
            return data;
        }

        private Fields fields() {
            List<String> names = required("FIELDS");
            List<String> sizes = required("SIZE");
            List<String> types = required("TYPE");
            List<String> counts =
                    entries.getOrDefault("COUNT", names.stream().map(n -> "1").toList());
            if (names.isEmpty() || names.size() > Fields.MAX_WIDTH) {
                throw wrong("FIELDS", "it names " + names.size() + " fields; at least x, y and z are expected");
            }
            same("SIZE", sizes, names);
            same("TYPE", types, names);
            same("COUNT", counts, names);
            List<Fields.Field> fields = new ArrayList<>();
            long values = 0;
            for (int f = 0; f < names.size(); f++) {
                long width = entries.containsKey("COUNT") ? number("COUNT", f) : 1;
                // Each alone first: their sum may not fit into 64 bits.
                values += Math.clamp(width, 0, Fields.MAX_WIDTH + 1);
                if (width < 0 || values > Fields.MAX_WIDTH) {
                    throw wrong(
                            "COUNT",
                            width + " values per point in field '" + names.get(f)
                                    + "' are not believable; the header is damaged");
                }
                String name = names.get(f);
                boolean packed = (name.equals("rgb") || name.equals("rgba"))
                        && width == 1
                        && sizes.get(f).equals("4");
                ArrayElement type = packed ? ArrayElement.UINT32 : type(types.get(f), sizes.get(f), name);
                fields.add(new Fields.Field(name, type, (int) width, name.equals("_") || width == 0, packed));
            }
            return new Fields(fields);
        }

        private ArrayElement type(String kind, String size, String field) {
            return switch (kind.toUpperCase(Locale.ROOT) + size) {
                case "I1" -> ArrayElement.INT8;
                case "U1" -> ArrayElement.UINT8;
                case "I2" -> ArrayElement.INT16;
                case "U2" -> ArrayElement.UINT16;
                case "I4" -> ArrayElement.INT32;
                case "U4" -> ArrayElement.UINT32;
                case "I8" -> ArrayElement.INT64;
                case "U8" -> ArrayElement.UINT64;
                case "F4" -> ArrayElement.FLOAT32;
                case "F8" -> ArrayElement.FLOAT64;
                default ->
                    throw wrong(
                            "TYPE",
                            "type " + kind + " of size " + size + " of field '" + field
                                    + "' is unknown; I or U of size 1, 2, 4, 8, or F of size 4, 8 is expected");
            };
        }

        private List<Double> viewpoint() {
            List<String> words = entries.getOrDefault("VIEWPOINT", List.of());
            if (words.size() != 7) {
                return CloudLayout.of(0).viewpoint();
            }
            List<Double> numbers = new ArrayList<>();
            for (String word : words) {
                try {
                    numbers.add(Double.valueOf(word));
                } catch (NumberFormatException e) {
                    throw wrong("VIEWPOINT", "'" + word + "' is no number; 7 numbers are expected");
                }
            }
            return numbers;
        }

        private static long product(long a, long b) {
            return a != 0 && b > Long.MAX_VALUE / a ? Long.MAX_VALUE : a * b;
        }

        private List<String> required(String key) {
            List<String> words = entries.get(key);
            if (words == null) {
                throw new CloudException(file + ": the PCD header has no line " + key
                        + "; FIELDS, SIZE, TYPE, WIDTH and DATA are expected");
            }
            return words;
        }

        private void same(String key, List<String> words, List<String> names) {
            if (words.size() != names.size()) {
                throw wrong(
                        key,
                        "it has " + words.size() + " entries for " + names.size() + " fields; one each is expected");
            }
        }

        private long number(String key, int index) {
            List<String> words = entries.get(key);
            String word = index < words.size() ? words.get(index) : "";
            try {
                long number = Long.parseLong(word);
                if (number >= 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Reported below, like a negative count.
            }
            throw wrong(key, "'" + word + "' is no count; a whole number of at least 0 is expected");
        }

        private CloudException wrong(String key, String what) {
            return new CloudException(file + ", line " + lines.getOrDefault(key, 0) + " (" + key + "): " + what);
        }
    }
}
