package org.scenecontexts.io.cloud;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.ArrayElement;

/**
 * What the header of a PLY file says.
 *
 * @param order byte order of a binary file; empty for text
 * @param dataStart first byte after the header
 * @param lines number of lines of the header
 */
record PlyHeader(Optional<ByteOrder> order, List<Element> elements, List<String> comments, int dataStart, int lines) {

    private static final int MAX_LINES = 100_000;

    /** @param listCount type of the length of a list; empty for a scalar */
    record Property(String name, ArrayElement type, Optional<ArrayElement> listCount) {}

    record Element(String name, long count, List<Property> properties) {
        boolean hasLists() {
            return properties.stream().anyMatch(p -> p.listCount().isPresent());
        }

        Fields fields() {
            return new Fields(properties.stream()
                    .map(p -> new Fields.Field(p.name(), p.type(), 1, false, false))
                    .toList());
        }
    }

    static PlyHeader read(byte[] bytes, String file) {
        return new Parser(new TextCursor(bytes, 0, 0, file), file).parse();
    }

    private static final class Parser {
        private final TextCursor cursor;
        private final String file;
        private final List<Element> elements = new ArrayList<>();
        private final List<String> comments = new ArrayList<>();
        private final Set<String> elementNames = new HashSet<>();
        private final Set<String> propertyNames = new HashSet<>();
        private Optional<ByteOrder> order = Optional.empty();
        private boolean formatKnown;

        Parser(TextCursor cursor, String file) {
            this.cursor = cursor;
            this.file = file;
        }

        PlyHeader parse() {
            if (!cursor.nextLine() || !cursor.line().strip().equals("ply")) {
                throw new CloudException(
                        file + ": a PLY file starts with the line 'ply'; this is none, or it is damaged");
            }
            while (true) {
                if (!cursor.nextLine() || cursor.lineNumber() > MAX_LINES) {
                    throw cursor.wrong(
                            "the PLY header does not end with 'end_header'; the file is truncated or damaged");
                }
                cursor.split(' ');
                if (cursor.words() == 0) {
                    continue;
                }
                switch (cursor.word(0)) {
                    case "comment" ->
                        comments.add(cursor.line()
                                .strip()
                                .substring("comment".length())
                                .strip());
                    case "obj_info" -> {}
                    case "format" -> format();
                    case "element" -> element();
                    case "property" -> property();
                    case "end_header" -> {
                        if (!formatKnown) {
                            throw cursor.wrong("the PLY header names no format; 'format binary_little_endian 1.0' or"
                                    + " another is expected");
                        }
                        return new PlyHeader(order, elements, comments, cursor.position(), cursor.lineNumber());
                    }
                    default ->
                        throw cursor.wrong("'" + cursor.word(0) + "' is no word of a PLY header; format, comment,"
                                + " element, property or end_header is expected");
                }
            }
        }

        private void format() {
            String format = cursor.words() > 1 ? cursor.word(1) : "";
            order = switch (format) {
                case "ascii" -> Optional.empty();
                case "binary_little_endian" -> Optional.of(ByteOrder.LITTLE_ENDIAN);
                case "binary_big_endian" -> Optional.of(ByteOrder.BIG_ENDIAN);
                default ->
                    throw cursor.wrong("'" + format
                            + "' is no PLY format; ascii, binary_little_endian or binary_big_endian is expected");
            };
            formatKnown = true;
        }

        private void element() {
            if (cursor.words() != 3) {
                throw cursor.wrong("'element NAME COUNT' is expected, found '"
                        + cursor.line().strip() + "'");
            }
            String name = cursor.word(1);
            propertyNames.clear();
            if (!elementNames.add(name)) {
                throw cursor.wrong("element '" + name + "' is declared twice; each is expected once");
            }
            elements.add(new Element(name, count(cursor, 2), new ArrayList<>()));
        }

        private void property() {
            if (elements.isEmpty()) {
                throw cursor.wrong("a property must follow the element that it belongs to");
            }
            List<Property> properties = elements.getLast().properties();
            if (properties.size() >= Fields.MAX_WIDTH) {
                throw cursor.wrong("more than " + Fields.MAX_WIDTH + " properties are not believable");
            }
            boolean list = cursor.words() == 5 && cursor.word(1).equals("list");
            if (!list && cursor.words() != 3) {
                throw cursor.wrong("'property TYPE NAME' or 'property list TYPE TYPE NAME' is expected, found '"
                        + cursor.line().strip() + "'");
            }
            properties.add(
                    list
                            ? new Property(cursor.word(4), type(cursor.word(3)), Optional.of(type(cursor.word(2))))
                            : new Property(cursor.word(2), type(cursor.word(1)), Optional.empty()));
            if (!propertyNames.add(properties.getLast().name())) {
                throw cursor.wrong("property '" + properties.getLast().name() + "' is declared twice; rename one");
            }
        }

        private ArrayElement type(String name) {
            return switch (name) {
                case "char", "int8" -> ArrayElement.INT8;
                case "uchar", "uint8" -> ArrayElement.UINT8;
                case "short", "int16" -> ArrayElement.INT16;
                case "ushort", "uint16" -> ArrayElement.UINT16;
                case "int", "int32" -> ArrayElement.INT32;
                case "uint", "uint32" -> ArrayElement.UINT32;
                case "long", "int64" -> ArrayElement.INT64;
                case "ulong", "uint64" -> ArrayElement.UINT64;
                case "float", "float32" -> ArrayElement.FLOAT32;
                case "double", "float64" -> ArrayElement.FLOAT64;
                default ->
                    throw cursor.wrong("'" + name + "' is no PLY type; char, uchar, short, ushort, int, uint, float or"
                            + " double is expected");
            };
        }
    }

    /** A count of a header. */
    static long count(TextCursor cursor, int word) {
        try {
            long count = Long.parseLong(cursor.word(word));
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Reported below, like a negative count.
        }
        throw cursor.wrong("'" + cursor.word(word) + "' is no count; a whole number of at least 0 is expected");
    }
}
