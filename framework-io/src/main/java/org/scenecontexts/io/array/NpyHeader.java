package org.scenecontexts.io.array;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.text.Printable;

/**
 * What the header of a {@code .npy} file says.
 *
 * @param fields of a structured array, whose type is that of single bytes; empty for an array of plain values
 */
record NpyHeader(
        ArrayElement type,
        boolean bytesText,
        int elementBytes,
        ByteOrder order,
        boolean fortran,
        int[] shape,
        int headerBytes,
        List<NpyFields.Field> fields) {

    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    private static final Pattern DESCR = Pattern.compile("['\"]descr['\"]\\s*:\\s*(?:u?['\"]([^'\"]*)['\"]|(\\[))");
    private static final Pattern FORTRAN = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([0-9, L]*)\\)");

    static NpyHeader read(InputStream in, String place, int maxHeader) throws IOException {
        byte[] magic = in.readNBytes(MAGIC.length);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new CloudException(
                    place + ": not a NumPy array: it must start with \\x93NUMPY; write it with numpy.save");
        }
        int major = next(in);
        next(in);
        if (major < 1 || major > 3) {
            throw new CloudException(
                    place + ": version " + major + " of the .npy format is unknown; 1 to 3 can be read");
        }
        long length = next(in) | next(in) << 8;
        int before = 10;
        if (major > 1) {
            length |= (long) next(in) << 16 | (long) next(in) << 24;
            before = 12;
        }
        if (length > maxHeader) {
            throw new CloudException(place + ": a .npy header of " + length + " bytes is not believable (limit "
                    + maxHeader + "); the file is damaged: write it again");
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException("header of " + length + " bytes, found " + bytes.length);
        }
        String text = new String(bytes, major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        return parse(text, before + bytes.length, place);
    }

    private static int next(InputStream in) throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new EOFException("header");
        }
        return value;
    }

    private static NpyHeader parse(String text, int headerBytes, String place) {
        Matcher descr = DESCR.matcher(text);
        Matcher fortran = FORTRAN.matcher(text);
        Matcher shape = SHAPE.matcher(text);
        if (!descr.find() || !fortran.find() || !shape.find()) {
            throw new CloudException(place + ": the .npy header lacks descr, fortran_order or shape: "
                    + Printable.excerpt(text.strip()) + "; write it with numpy.save");
        }
        int[] sides = shape(shape.group(1), place);
        boolean columnMajor = fortran.group(1).equals("True");
        NpyHeader header;
        if (descr.group(2) != null) {
            List<NpyFields.Field> fields = NpyFields.parse(text, descr.start(2), place);
            long bytes = fields.stream().mapToLong(NpyFields.Field::bytes).sum();
            header = new NpyHeader(
                    ArrayElement.UINT8,
                    false,
                    Math.toIntExact(bytes),
                    ByteOrder.LITTLE_ENDIAN,
                    columnMajor && sides.length > 1,
                    sides,
                    headerBytes,
                    fields);
        } else {
            NpyType type = NpyType.parse(descr.group(1), place);
            header = of(type, columnMajor, sides, headerBytes);
        }
        if (header.count() < 0 || header.payloadBytes() > Integer.MAX_VALUE - 8) {
            throw new CloudException(place + ": an array of shape " + Arrays.toString(sides)
                    + " is larger than 2 GiB, which is more than one array can hold; split it");
        }
        return header;
    }

    /** The header of an array of plain values. */
    static NpyHeader of(NpyType type, boolean fortran, int[] shape, int headerBytes) {
        return new NpyHeader(
                type.type(), type.bytesText(), type.bytes(), type.order(), fortran, shape, headerBytes, List.of());
    }

    private static int[] shape(String text, String place) {
        return Arrays.stream(text.replace("L", "").split(","))
                .map(String::strip)
                .filter(side -> !side.isEmpty())
                .mapToInt(side -> number(side, place))
                .toArray();
    }

    static int number(String digits, String place) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new CloudException(
                    place + ": '" + digits + "' in the .npy header is no size that an array can have", e);
        }
    }

    /** Number of elements; -1 when no array can hold them. */
    long count() {
        return NpArray.count(shape);
    }

    long payloadBytes() {
        return count() * elementBytes;
    }
}
