package org.scenecontexts.io.torch;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * A stretch of a file that holds one pickle or one storage, so that bytes are read only when somebody asks for them.
 *
 * <p>The file is opened for each read: nothing has to be closed, and a tree of tensors may be kept as long as one likes.
 *
 * @param place what the stretch is called in messages
 * @param offset first byte in the file
 * @param stored bytes in the file
 * @param bytes bytes after inflating; equal to {@code stored} where the region is not deflated
 * @param deflated whether the bytes are deflated
 * @param crc CRC-32 of the inflated bytes; -1 where none was recorded
 */
record FileRegion(Path file, String place, long offset, long stored, long bytes, boolean deflated, long crc) {

    private static final int BUFFER = 1 << 16;

    /** Deflate cannot shrink by more than this. */
    static final long MAX_DEFLATE_RATIO = 1032;

    static FileRegion plain(Path file, String place, long offset, long bytes) {
        return new FileRegion(file, place, offset, bytes, bytes, false, -1);
    }

    boolean hasCrc() {
        return crc >= 0;
    }

    /** Opens the region; reading never goes past its end. */
    InputStream open() throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            channel.position(offset);
            InputStream limited = new Limited(Channels.newInputStream(channel), stored);
            if (!deflated) {
                return new BufferedInputStream(limited, BUFFER);
            }
            Inflater inflater = new Inflater(true);
            InputStream inflated = new InflaterInputStream(limited, inflater, BUFFER) {
                @Override
                public void close() throws IOException {
                    super.close();
                    inflater.end();
                }
            };
            return new BufferedInputStream(new Limited(inflated, bytes), BUFFER);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Reads everything once and compares the checksum, where there is one. */
    void verify() {
        if (!hasCrc()) {
            return;
        }
        CRC32 sum = new CRC32();
        byte[] buffer = new byte[BUFFER];
        long total = 0;
        try (InputStream in = open()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sum.update(buffer, 0, n);
                total += n;
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        check(sum, total);
    }

    /** Compares a checksum over all bytes with the recorded one. */
    void check(CRC32 sum, long total) {
        if (total != bytes) {
            throw bad("holds " + total + " bytes, but " + bytes + " are declared");
        }
        if (hasCrc() && sum.getValue() != crc) {
            throw bad("has the checksum " + Long.toHexString(sum.getValue()) + ", but " + Long.toHexString(crc)
                    + " is recorded");
        }
    }

    TorchFormatException bad(String problem) {
        return new TorchFormatException(file, place, problem, TorchFormatException.DAMAGED);
    }

    TorchFormatException unreadable(IOException e) {
        return new TorchFormatException(file, place, "cannot be read: " + e, TorchFormatException.DAMAGED, e);
    }

    /** Ends after a number of bytes. */
    private static final class Limited extends FilterInputStream {

        private long left;

        Limited(InputStream in, long limit) {
            super(in);
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            if (left <= 0) {
                return -1;
            }
            int value = super.read();
            left -= value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left <= 0) {
                return -1;
            }
            int n = super.read(to, from, (int) Math.min(length, left));
            left -= Math.max(n, 0);
            return n;
        }

        @Override
        public long skip(long n) throws IOException {
            long skipped = super.skip(Math.min(n, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(left, super.available());
        }
    }
}
