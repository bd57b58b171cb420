package org.scenecontexts.datasets.s3dis;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.StandIns;

/**
 * Reads the Stanford texts, {@code x y z r g b} a line, with their known damage: control characters inside numbers.
 *
 * <p>A damaged line is mended by this rule: where blanks in place of the strange characters give six numbers, that is what it
 * says ({@code 185<0>187} were two numbers); else the characters are taken out ({@code 103.0<16>0000} is 103.00000). What then is
 * no line of six numbers, with colours of 0 to 255, is left out. Every damaged line is reported.
 */
final class RawPoints {

    private static final int FIELDS = 6;
    private static final int REPORTED = 20;

    /** Powers of ten that are exact in double precision. */
    private static final double[] TENS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final long EXACT = 1L << 53;

    private final boolean legacy;
    private final Consumer<String> warn;
    private final double[] fields = new double[FIELDS];
    private float[] positions = new float[3 << 12];
    private byte[] colours = new byte[3 << 12];
    private int size;
    private int mended;
    private int dropped;

    /**
     * @param legacy whether damaged lines are left out instead of mended, as published
     * @param warn told about every damaged line
     */
    RawPoints(boolean legacy, Consumer<String> warn) {
        this.legacy = legacy;
        this.warn = warn;
    }

    /** Points so far. */
    int size() {
        return size;
    }

    /** Lines that were mended. */
    int mended() {
        return mended;
    }

    /** Lines that were left out. */
    int dropped() {
        return dropped;
    }

    /** Metres, {@code [N, 3]} and perhaps more room. */
    float[] positions() {
        return positions;
    }

    /** Red, green, blue of a point, each 0 to 255. */
    int colour(int point, int channel) {
        return colours[3 * point + channel] & 0xff;
    }

    /**
     * Adds the points of a file.
     *
     * @throws CloudException when it cannot be read or ends in the middle of a line
     */
    void add(Path file) {
        StandIns.refuse(file);
        byte[] line = new byte[256];
        int length = 0;
        long number = 0;
        int before = size;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 18)) {
            byte[] block = new byte[1 << 16];
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                for (int i = 0; i < n; i++) {
                    if (block[i] == '\n') {
                        line(file, ++number, line, length);
                        length = 0;
                    } else {
                        if (length == line.length) {
                            line = Arrays.copyOf(line, 2 * length);
                            tooLong(file, number + 1, length);
                        }
                        line[length++] = block[i];
                    }
                }
            }
        } catch (IOException e) {
            throw new CloudException(file + ": cannot be read: " + e, e);
        }
        if (length > 0) {
            last(file, number + 1, line, length);
        }
        if (size == before) {
            throw new CloudException(file + ": holds no points; download it again");
        }
    }

    private static void tooLong(Path file, long number, int length) {
        if (length > 1 << 16) {
            throw new CloudException(file + ", line " + number + ": is longer than " + length
                    + " characters; this is no text of points, download it again");
        }
    }

    /** A file that was cut ends without a line end and with too few numbers. */
    private void last(Path file, long number, byte[] line, int length) {
        String text = new String(line, 0, length, StandardCharsets.ISO_8859_1).strip();
        if (!text.isEmpty() && text.split("\\s+").length < FIELDS) {
            throw new CloudException(file + ", line " + number + ": the file ends in the middle of the line '" + text
                    + "'; it is incomplete, download it again");
        }
        line(file, number, line, length);
    }

    private void line(Path file, long number, byte[] line, int length) {
        int found = parse(line, length);
        if (found == 0) {
            return;
        }
        if (found == FIELDS && plausible()) {
            put();
            return;
        }
        String text = new String(line, 0, length, StandardCharsets.ISO_8859_1);
        String shown = text.replaceAll("[^\\x20-\\x7e]", "?").strip();
        boolean whole = !legacy && mend(text);
        mended += whole ? 1 : 0;
        dropped += whole ? 0 : 1;
        if (mended + dropped <= REPORTED) {
            warn.accept(file + ", line " + number + ": '" + shown + "' is damaged; "
                    + (whole ? "it was read as " + Arrays.toString(fields) : "it is left out"));
        } else if (mended + dropped == REPORTED + 1) {
            warn.accept(file + ": further damaged lines of this room are counted, not shown");
        }
        if (whole) {
            put();
        }
    }

    private boolean mend(String text) {
        String blanks = text.replaceAll("[^\\x20-\\x7e\\t\\r]", " ");
        String without = text.replaceAll("[^\\x20-\\x7e\\t\\r]", "");
        for (String attempt : new String[] {blanks, without}) {
            byte[] bytes = attempt.getBytes(StandardCharsets.ISO_8859_1);
            if (parse(bytes, bytes.length) == FIELDS && plausible()) {
                return true;
            }
        }
        return false;
    }

    private boolean plausible() {
        for (int i = 0; i < FIELDS; i++) {
            boolean good = i < 3 ? Math.abs(fields[i]) < 1e7 : Math.rint(fields[i]) >= 0 && Math.rint(fields[i]) <= 255;
            if (!good) {
                return false;
            }
        }
        return true;
    }

    private void put() {
        if (3 * size == positions.length) {
            positions = Arrays.copyOf(positions, 2 * positions.length);
            colours = Arrays.copyOf(colours, 2 * colours.length);
        }
        for (int c = 0; c < 3; c++) {
            positions[3 * size + c] = (float) fields[c];
            colours[3 * size + c] = (byte) Math.rint(fields[3 + c]);
        }
        size++;
    }

    /** Puts the numbers of a line into the fields; returns how many there are, or -1 where a word is no number. */
    private int parse(byte[] line, int length) {
        int count = 0;
        int at = 0;
        while (true) {
            while (at < length && (line[at] == ' ' || line[at] == '\t' || line[at] == '\r')) {
                at++;
            }
            if (at == length) {
                return count;
            }
            int from = at;
            while (at < length && line[at] != ' ' && line[at] != '\t' && line[at] != '\r') {
                at++;
            }
            double value = number(line, from, at);
            if (Double.isNaN(value)) {
                return -1;
            }
            if (count < FIELDS) {
                fields[count] = value;
            }
            count++;
        }
    }

    /** A decimal number, rounded as {@link Double#parseDouble} does; NaN for anything else. */
    private static double number(byte[] line, int from, int to) {
        int at = from;
        boolean negative = line[at] == '-';
        if (negative || line[at] == '+') {
            at++;
        }
        long digits = 0;
        int decimals = 0;
        boolean point = false;
        boolean any = false;
        for (; at < to; at++) {
            int c = line[at];
            if (c == '.' && !point) {
                point = true;
            } else if (c >= '0' && c <= '9' && digits < EXACT / 10) {
                digits = 10 * digits + c - '0';
                decimals += point ? 1 : 0;
                any = true;
            } else {
                return slow(line, from, to);
            }
        }
        if (!any) {
            return Double.NaN;
        }
        double value = decimals < TENS.length ? digits / TENS[decimals] : slow(line, from, to);
        return negative ? -Math.abs(value) : value;
    }

    private static double slow(byte[] line, int from, int to) {
        for (int i = from; i < to; i++) {
            // Java reads more than numbers: '1d', '0x1p3', 'NaN'.
            if ("0123456789+-.eE".indexOf(line[i]) < 0) {
                return Double.NaN;
            }
        }
        try {
            return Double.parseDouble(new String(line, from, to - from, StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
