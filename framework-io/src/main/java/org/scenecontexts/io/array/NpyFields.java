package org.scenecontexts.io.array;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.scenecontexts.api.data.CloudException;

/**
 * Reads the list of fields in the header of a structured array: {@code [('x', '<f4'), ('rgb', '|u1', (3,))]}.
 *
 * <p>Fields of fields are refused; what has no name is padding.
 */
final class NpyFields {

    private static final int MOST = 1 << 12;

    /**
     * One field.
     *
     * @param shape values of one element; empty for a single one
     * @param offset bytes before it in each element
     */
    record Field(String name, NpyType type, int[] shape, long offset) {
        long bytes() {
            return Math.max(0, NpArray.count(shape)) * type.bytes();
        }
    }

    private final String text;
    private final String place;
    private int at;

    private NpyFields(String text, int at, String place) {
        this.text = text;
        this.at = at;
        this.place = place;
    }

    /**
     * The fields, padding included.
     *
     * @param at where the opening bracket stands
     */
    static List<Field> parse(String text, int at, String place) {
        return new NpyFields(text, at, place).list();
    }

    private List<Field> list() {
        List<Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        long offset = 0;
        expect('[');
        while (!next(']')) {
            Field field = field(offset);
            if (!field.name().isEmpty() && !names.add(field.name())) {
                throw wrong("the field '" + field.name() + "' occurs twice");
            }
            offset += field.bytes();
            if (fields.size() >= MOST || NpArray.count(field.shape()) < 0 || offset > Integer.MAX_VALUE) {
                throw wrong("more than " + MOST + " fields or 2 GiB per element are not believable");
            }
            fields.add(field);
            if (!next(',')) {
                expect(']');
                break;
            }
        }
        if (names.isEmpty()) {
            throw wrong("there is no field with a name");
        }
        return fields;
    }

    private Field field(long offset) {
        expect('(');
        String name = name();
        expect(',');
        if (peek() == '[') {
            throw new ArrayTypeException(
                    place + ": its field '" + name + "' has fields of its own; save each as an array of its own");
        }
        String code = string();
        int[] shape = next(',') && peek() != ')' ? shape() : new int[0];
        expect(')');
        boolean padding = name.isEmpty() && code.matches("[|<>=]?V\\d+");
        NpyType type = padding
                ? new NpyType(ArrayElement.UINT8, false, NpyHeader.number(code.replaceAll("\\D", ""), place), null)
                : NpyType.parse(code, place + ", field '" + name + "'");
        return new Field(name, type, shape, offset);
    }

    /** A name, or a title and a name. */
    private String name() {
        if (!next('(')) {
            return string();
        }
        string();
        expect(',');
        String name = string();
        expect(')');
        return name;
    }

    private int[] shape() {
        if (!next('(')) {
            return new int[] {integer()};
        }
        List<Integer> sides = new ArrayList<>();
        while (!next(')')) {
            sides.add(integer());
            if (!next(',')) {
                expect(')');
                break;
            }
        }
        return sides.stream().mapToInt(Integer::intValue).toArray();
    }

    private int integer() {
        peek();
        int start = at;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        int number = NpyHeader.number(text.substring(start, at), place);
        if (at < text.length() && text.charAt(at) == 'L') {
            at++;
        }
        return number;
    }

    private String string() {
        if (peek() == 'u' || peek() == 'b') {
            at++;
        }
        char quote = peek();
        int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
        if (end < 0) {
            throw wrong("a name or type in quotes is expected at character " + at);
        }
        String found = text.substring(at + 1, end);
        at = end + 1;
        return found;
    }

    private char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean next(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char wanted) {
        if (!next(wanted)) {
            throw wrong("'" + wanted + "' is expected at character " + at);
        }
    }

    private CloudException wrong(String what) {
        return new CloudException(place + ": the fields of the .npy header cannot be read: " + what
                + "; the file is damaged: write it with numpy.save");
    }
}
