package org.scenecontexts.io.torch;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of one or more pickles, with the place of each for messages.
 *
 * <p>A length that the file states is compared with the bytes that are left before anything is allocated for it.
 */
final class PickleInput implements AutoCloseable {

    private static final int BLOCK = 1 << 12;
    private static final int MAX_LINE = 512;
    private static final int MAX_BIG_INTEGER = 1024;

    private final FileRegion region;
    private final InputStream in;
    private long position;

    PickleInput(FileRegion region) {
        this.region = region;
        try {
            this.in = region.open();
        } catch (IOException e) {
            throw region.unreadable(e);
        }
    }

    FileRegion region() {
        return region;
    }

    /** Bytes read so far. */
    long position() {
        return position;
    }

    long remaining() {
        return region.bytes() - position;
    }

    int u1() {
        try {
            int value = in.read();
            if (value < 0) {
                throw bad("the pickle ends in the middle", TorchFormatException.DAMAGED);
            }
            position++;
            return value;
        } catch (IOException e) {
            throw region.unreadable(e);
        }
    }

    int u2() {
        return u1() | u1() << 8;
    }

    int i4() {
        return u2() | u2() << 16;
    }

    long i8() {
        return Integer.toUnsignedLong(i4()) | (long) i4() << 32;
    }

    double f8() {
        long bits = 0;
        for (int i = 0; i < Double.BYTES; i++) {
            bits = bits << 8 | u1();
        }
        return Double.longBitsToDouble(bits);
    }

    byte[] bytes(long length) {
        if (length < 0 || length > remaining() || length > Integer.MAX_VALUE - 8) {
            throw bad(
                    Long.toUnsignedString(length) + " bytes should follow, but only " + remaining() + " are left",
                    TorchFormatException.DAMAGED);
        }
        try {
            byte[] bytes = in.readNBytes((int) length);
            position += bytes.length;
            if (bytes.length < length) {
                throw bad("the pickle ends in the middle", TorchFormatException.DAMAGED);
            }
            return bytes;
        } catch (IOException e) {
            throw region.unreadable(e);
        }
    }

    String utf8(long length) {
        byte[] bytes = bytes(length);
        int characters = narrow(bytes);
        if (characters >= 0) {
            return new String(bytes, 0, characters, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw bad("text of " + length + " bytes is no valid UTF-8", TorchFormatException.DAMAGED);
        }
    }

    /**
     * Puts the characters of a text in place of its UTF-8 bytes, one byte each. Arrays are written as such text, so that this
     * is most of what there is to read.
     *
     * @return how many there are; -1, and nothing is changed, where a character is above 255 or the bytes are no UTF-8
     */
    private static int narrow(byte[] utf8) {
        int state = 0;
        for (int from = 0; from < utf8.length; from += BLOCK) {
            state = check(utf8, from, Math.min(utf8.length, from + BLOCK), state);
        }
        if (state != 0) {
            return -1;
        }
        long at = 0;
        for (int from = 0; from < utf8.length; from += BLOCK) {
            at = narrow(utf8, from, Math.min(utf8.length, from + BLOCK), at);
        }
        return (int) at;
    }

    /**
     * Whether bytes are pairs C2 80 to C3 BF and single bytes below 80. Without branches, which the bits of numbers would let
     * no processor foresee.
     *
     * @param state 1 where the second byte of a pair is expected, 2 and more where something was wrong
     */
    private static int check(byte[] utf8, int from, int end, int state) {
        int wrong = state & ~1;
        int expected = state & 1;
        for (int i = from; i < end; i++) {
            int u = utf8[i] & 0xFF;
            int second = u >>> 7 & ~(u >>> 6);
            int first = ((u ^ 0xC2) & 0xFE) - 1 >>> 31;
            wrong |= (expected ^ second | u >>> 7 & ~(second | first)) << 1;
            expected = first;
        }
        return wrong | expected;
    }

    /** @param state where the next character goes, and 2^32 more where the pair under way begins with C3 */
    private static long narrow(byte[] utf8, int from, int end, long state) {
        int to = (int) state;
        int above = (int) (state >>> 32) << 6;
        for (int i = from; i < end; i++) {
            int u = utf8[i] & 0xFF;
            int first = u >>> 7 & u >>> 6;
            // The first byte of a pair lands where the character of the second will.
            utf8[to] = (byte) (u | above);
            above = (first & u) << 6;
            to += 1 - first;
        }
        return to | (long) above << 26;
    }

    /** Python 2's byte strings: names and NumPy payloads alike. */
    String latin1(long length) {
        return new String(bytes(length), StandardCharsets.ISO_8859_1);
    }

    /** Little-endian two's complement. */
    TorchValue integer(long length) {
        if (length < 0 || length > MAX_BIG_INTEGER) {
            throw bad(
                    "an integer of " + length + " bytes; at most " + MAX_BIG_INTEGER + " are expected",
                    TorchFormatException.DAMAGED);
        }
        byte[] little = bytes(length);
        byte[] big = new byte[little.length + 1];
        for (int i = 0; i < little.length; i++) {
            big[big.length - 1 - i] = little[i];
        }
        big[0] = (byte) (little.length > 0 && little[little.length - 1] < 0 ? -1 : 0);
        BigInteger value = new BigInteger(big);
        return value.bitLength() < Long.SIZE ? new TorchValue.Int(value.longValue()) : new TorchValue.BigInt(value);
    }

    /** The rest of the line. */
    String line() {
        StringBuilder line = new StringBuilder();
        for (int c = u1(); c != '\n'; c = u1()) {
            if (line.length() == MAX_LINE) {
                throw bad("a name of more than " + MAX_LINE + " characters", TorchFormatException.DAMAGED);
            }
            line.append((char) c);
        }
        return line.toString();
    }

    TorchFormatException bad(String problem, String remedy) {
        return new TorchFormatException(
                region.file(), region.place() + ", byte " + position + " of the pickle", problem, remedy);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw region.unreadable(e);
        }
    }
}
