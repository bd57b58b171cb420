package org.scenecontexts.io.cloud;

import java.util.Arrays;

/**
 * The LZF compression of PCD files: runs of literal bytes and references to what came up to 8192 bytes before.
 *
 * <p>A control byte below 32 announces that many literals and one more. Any other is a reference: the upper three bits are
 * the length less 2 (7: a further byte adds to it), the lower five and the next byte the distance less 1.
 */
final class Lzf {

    /** Three bytes can stand for 264 at most. */
    static final int MAX_RATIO = 88;

    private static final int MAX_LITERALS = 32;
    private static final int MAX_DISTANCE = 1 << 13;
    private static final int MAX_LENGTH = 264;
    private static final int HASH_BITS = 14;

    private Lzf() {}

    /** @return number of bytes written, which is short of {@code to.length} where the input is damaged; -1 where it is too long */
    static int decompress(byte[] from, int start, int end, byte[] to) {
        int in = start;
        int out = 0;
        while (in < end) {
            int control = from[in++] & 0xFF;
            if (control < MAX_LITERALS) {
                int count = control + 1;
                if (count > end - in) {
                    return out;
                }
                if (count > to.length - out) {
                    return -1;
                }
                System.arraycopy(from, in, to, out, count);
                in += count;
                out += count;
                continue;
            }
            int length = control >> 5;
            if (length == 7) {
                if (in >= end) {
                    return out;
                }
                length += from[in++] & 0xFF;
            }
            length += 2;
            if (in >= end) {
                return out;
            }
            int source = out - (((control & 0x1F) << 8) | (from[in++] & 0xFF)) - 1;
            if (source < 0) {
                return out;
            }
            if (length > to.length - out) {
                return -1;
            }
            // One byte at a time: a reference may overlap what it produces.
            for (int i = 0; i < length; i++) {
                to[out++] = to[source++];
            }
        }
        return out;
    }

    /** Always succeeds: bytes that do not repeat grow by one in 32. */
    static byte[] compress(byte[] from) {
        byte[] to = new byte[from.length + from.length / MAX_LITERALS + 2];
        int[] last = new int[1 << HASH_BITS];
        Arrays.fill(last, -1);
        int out = 0;
        int literalStart = 0;
        int in = 0;
        while (in < from.length) {
            int length = 0;
            int distance = 0;
            if (in + 2 < from.length) {
                int hash = hash(from, in);
                int candidate = last[hash];
                last[hash] = in;
                if (candidate >= 0 && in - candidate <= MAX_DISTANCE) {
                    distance = in - candidate;
                    length = matching(from, candidate, in);
                }
            }
            if (length < 3) {
                in++;
                continue;
            }
            out = literals(from, literalStart, in, to, out);
            int code = length - 2;
            to[out++] = (byte) ((Math.min(code, 7) << 5) | ((distance - 1) >> 8));
            if (code >= 7) {
                to[out++] = (byte) (code - 7);
            }
            to[out++] = (byte) (distance - 1);
            in += length;
            literalStart = in;
        }
        return Arrays.copyOf(to, literals(from, literalStart, in, to, out));
    }

    private static int hash(byte[] from, int at) {
        int word = (from[at] & 0xFF) << 16 | (from[at + 1] & 0xFF) << 8 | (from[at + 2] & 0xFF);
        return (word * 0x9E3779B1) >>> (32 - HASH_BITS);
    }

    private static int matching(byte[] from, int a, int b) {
        int limit = Math.min(MAX_LENGTH, from.length - b);
        int length = 0;
        while (length < limit && from[a + length] == from[b + length]) {
            length++;
        }
        return length;
    }

    private static int literals(byte[] from, int start, int end, byte[] to, int at) {
        int out = at;
        for (int s = start; s < end; s += MAX_LITERALS) {
            int count = Math.min(MAX_LITERALS, end - s);
            to[out++] = (byte) (count - 1);
            System.arraycopy(from, s, to, out, count);
            out += count;
        }
        return out;
    }
}
