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
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw bad("text of " + length + " bytes is no valid UTF-8", TorchFormatException.DAMAGED);
        }
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
