package org.scenecontexts.io.array;

import java.nio.ByteOrder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scenecontexts.api.data.CloudException;

/** The type of one value of a {@code .npy} file, as its header writes it: {@code <f4}, {@code |u1}, {@code <U12}. */
record NpyType(ArrayElement type, boolean bytesText, int bytes, ByteOrder order) {

    private static final Pattern CODE = Pattern.compile("([<>|=]?)([a-zA-Z?])(\\d*)");

    static NpyType parse(String code, String place) {
        Matcher matcher = CODE.matcher(code);
        if (code.matches("[|<>=]?O\\d*")) {
            throw new ArrayTypeException(
                    place + ": holds Python objects (pickled), which are never unpickled; save it as an"
                            + " array of numbers");
        }
        if (!matcher.matches()) {
            throw unknown(code, place);
        }
        ByteOrder order = matcher.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        int width = matcher.group(3).isEmpty() ? 0 : NpyHeader.number(matcher.group(3), place);
        char kind = matcher.group(2).charAt(0);
        if (kind == 'U' || kind == 'S' || kind == 'a') {
            boolean bytesText = kind != 'U';
            long bytes = bytesText ? width : 4L * width;
            if (bytes > Integer.MAX_VALUE) {
                throw new CloudException(place + ": text of " + width + " characters per element is not believable");
            }
            return new NpyType(ArrayElement.TEXT, bytesText, (int) bytes, order);
        }
        String known = kind == '?' || (kind == 'b' && width == 1) ? "b1" : "" + kind + width;
        for (ArrayElement type : ArrayElement.values()) {
            if (type != ArrayElement.TEXT && type.code().equals(known)) {
                return new NpyType(type, false, type.bytes(), order);
            }
        }
        throw unknown(code, place);
    }

    private static ArrayTypeException unknown(String code, String place) {
        return new ArrayTypeException(place + ": element type '" + code.replaceFirst("^[<>|=]", "")
                + "' cannot be read; expected b1, i1 to i8, u1 to u8, f2, f4, f8, U or S: convert it with astype");
    }
}
