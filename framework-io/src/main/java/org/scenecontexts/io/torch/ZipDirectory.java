package org.scenecontexts.io.torch;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the entries of a zip archive lie, so that each can be read straight from the file.
 *
 * <p>The JDK's reader does not tell offsets and forgives what a damaged or hostile archive may hold: two entries of one
 * name, entries that overlap, sizes that the file does not have. Here each is an error.
 */
final class ZipDirectory {

    private static final int END = 0x06054b50;
    private static final int END64 = 0x06064b50;
    private static final int LOCATOR64 = 0x07064b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int END_BYTES = 22;
    private static final int CENTRAL_BYTES = 46;
    private static final int LOCAL_BYTES = 30;
    private static final long MAX_DIRECTORY = 64L << 20;
    private static final long MAX_TOTAL_RATIO = 64;
    private static final long SMALL = 64L << 20;

    private record Entry(String name, FileRegion region, long start, long end) {}

    private final Path file;
    private final FileChannel channel;
    private final long length;

    private ZipDirectory(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.length = channel.size();
    }

    /** All files of the archive by name, in the order of its directory. */
    static Map<String, FileRegion> read(Path file, FileChannel channel) throws IOException {
        return new ZipDirectory(file, channel).entries();
    }

    private Map<String, FileRegion> entries() throws IOException {
        ByteBuffer directory = directory();
        List<Entry> entries = new ArrayList<>();
        while (directory.remaining() >= CENTRAL_BYTES) {
            entries.add(entry(directory));
        }
        if (directory.hasRemaining()) {
            throw bad("its directory ends in the middle of an entry");
        }
        checkOverlaps(entries);
        Map<String, FileRegion> byName = new LinkedHashMap<>();
        long total = 0;
        for (Entry entry : entries) {
            total += entry.region().bytes();
            if (byName.put(entry.name(), entry.region()) != null) {
                throw bad("two entries are called '" + entry.name() + "'");
            }
        }
        if (total > SMALL + MAX_TOTAL_RATIO * length) {
            throw bad("its entries would inflate to " + total + " bytes from " + length);
        }
        return byName;
    }

    private ByteBuffer directory() throws IOException {
        int tailBytes = (int) Math.min(length, END_BYTES + 0xFFFF);
        long tailStart = length - tailBytes;
        ByteBuffer tail = bytes(tailStart, tailBytes);
        for (int at = tailBytes - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == END && at + END_BYTES + u2(tail, at + 20) == tailBytes) {
                return directory(tail, at, tailStart + at);
            }
        }
        throw bad("the end of its directory is missing");
    }

    private ByteBuffer directory(ByteBuffer tail, int at, long endStart) throws IOException {
        long count = u2(tail, at + 10);
        long size = u4(tail, at + 12);
        long start = u4(tail, at + 16);
        long limit = endStart;
        if (endStart >= 20 && (count == 0xFFFF || size == 0xFFFFFFFFL || start == 0xFFFFFFFFL)) {
            ByteBuffer locator = bytes(endStart - 20, 20);
            if (locator.getInt(0) == LOCATOR64) {
                limit = locator.getLong(8);
                ByteBuffer end = bytes(limit, 56);
                if (end.getInt(0) != END64) {
                    throw bad("the end of its directory is missing");
                }
                count = end.getLong(32);
                size = end.getLong(40);
                start = end.getLong(48);
            }
        }
        if (size < 0
                || start < 0
                || size > MAX_DIRECTORY
                || start > limit - size
                || count != 0 && size / count < CENTRAL_BYTES) {
            throw bad("its directory of " + count + " entries is said to lie at byte " + start + ", " + size
                    + " bytes long, of a file of " + length);
        }
        return bytes(start, (int) size);
    }

    private Entry entry(ByteBuffer directory) throws IOException {
        int at = directory.position();
        int flags = u2(directory, at + 8);
        int method = u2(directory, at + 10);
        int nameBytes = u2(directory, at + 28);
        int extraBytes = u2(directory, at + 30);
        int end = at + CENTRAL_BYTES + nameBytes + extraBytes + u2(directory, at + 32);
        if (directory.getInt(at) != CENTRAL || end > directory.limit()) {
            throw bad("its directory is damaged at byte " + at);
        }
        byte[] rawName = new byte[nameBytes];
        directory.get(at + CENTRAL_BYTES, rawName);
        String name = new String(rawName, StandardCharsets.UTF_8);
        long[] sizes = sizes(directory, at, at + CENTRAL_BYTES + nameBytes, extraBytes);
        directory.position(end);
        if ((flags & 1) != 0 || method != 0 && method != 8) {
            throw bad("entry '" + name + "' is encrypted or compressed by method " + method + "; 0 and 8 are known");
        }
        return locate(name, rawName, method == 8, Integer.toUnsignedLong(directory.getInt(at + 16)), sizes);
    }

    /** Inflated bytes, stored bytes, place of the local header; 64-bit numbers are in the extra field. */
    private long[] sizes(ByteBuffer directory, int at, int extra, int extraBytes) {
        long[] sizes = {u4(directory, at + 24), u4(directory, at + 20), u4(directory, at + 42)};
        for (int field = extra; field + 4 <= extra + extraBytes; ) {
            int fieldBytes = u2(directory, field + 2);
            int next = field + 4 + fieldBytes;
            if (u2(directory, field) == 1) {
                int value = field + 4;
                for (int i = 0; i < sizes.length; i++) {
                    if (sizes[i] == 0xFFFFFFFFL) {
                        if (value + 8 > Math.min(next, extra + extraBytes)) {
                            throw bad("its directory is damaged at byte " + at);
                        }
                        sizes[i] = directory.getLong(value);
                        value += 8;
                    }
                }
            }
            field = next;
        }
        return sizes;
    }

    private Entry locate(String name, byte[] rawName, boolean deflated, long crc, long[] sizes) throws IOException {
        long size = sizes[0];
        long stored = sizes[1];
        long header = sizes[2];
        if (size < 0 || stored < 0 || header < 0 || header > length - LOCAL_BYTES) {
            throw absurd(name, sizes);
        }
        ByteBuffer local = bytes(header, LOCAL_BYTES);
        long start = header + LOCAL_BYTES + u2(local, 26) + u2(local, 28);
        if (local.getInt(0) != LOCAL || u2(local, 26) != rawName.length || start > length - stored) {
            throw absurd(name, sizes);
        }
        if (deflated ? size > stored * FileRegion.MAX_DEFLATE_RATIO + 64 : size != stored) {
            throw absurd(name, sizes);
        }
        byte[] localName = new byte[rawName.length];
        bytes(header + LOCAL_BYTES, rawName.length).get(localName);
        if (!java.util.Arrays.equals(rawName, localName)) {
            throw bad("entry '" + name + "' is called differently in its directory");
        }
        // Writers that leave the checksum out write 0.
        FileRegion region =
                new FileRegion(file, "entry '" + name + "'", start, stored, size, deflated, crc == 0 ? -1 : crc);
        return new Entry(name, region, header, start + stored);
    }

    private void checkOverlaps(List<Entry> entries) {
        List<Entry> inOrder = new ArrayList<>(entries);
        inOrder.sort(Comparator.comparingLong(Entry::start));
        for (int i = 1; i < inOrder.size(); i++) {
            if (inOrder.get(i).start() < inOrder.get(i - 1).end()) {
                throw bad("entries '" + inOrder.get(i - 1).name() + "' and '"
                        + inOrder.get(i).name() + "' overlap");
            }
        }
    }

    private ByteBuffer bytes(long at, int count) throws IOException {
        if (at < 0 || at > length - count) {
            throw bad("byte " + at + " is needed, the file has " + length);
        }
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        return buffer.flip();
    }

    private static int u2(ByteBuffer buffer, int at) {
        return Short.toUnsignedInt(buffer.getShort(at));
    }

    private static long u4(ByteBuffer buffer, int at) {
        return Integer.toUnsignedLong(buffer.getInt(at));
    }

    private TorchFormatException absurd(String name, long[] sizes) {
        return bad("entry '" + name + "' is said to lie at byte " + sizes[2] + ", " + sizes[1] + " bytes stored and "
                + sizes[0] + " inflated, which the file of " + length + " bytes does not hold");
    }

    private TorchFormatException bad(String problem) {
        return new TorchFormatException(file, "zip archive", problem, TorchFormatException.DAMAGED);
    }
}
