package org.scenecontexts.datasets.las;

import com.github.mreutegg.laszip4j.LASHeader;
import com.github.mreutegg.laszip4j.LASPoint;
import com.github.mreutegg.laszip4j.LASReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.pf4j.Extension;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.cloud.CloudReader;
import org.scenecontexts.io.cloud.PointCloud;

/**
 * Reads LAS and its compressed form, LAZ (with laszip4j): positions in 64 bits, as exact as the file has them, with intensity,
 * classification and what else the point format has. COPC, LAZ in chunks of varying size, is refused: the library reads no such
 * chunks.
 *
 * @since 0.2
 */
@Extension
public final class LasReader implements CloudReader {

    private static final int HEADER_BYTES = 227;
    private static final int LENGTH_FIELD_AT = 105;
    private static final int OFFSET_FIELD_AT = 96;
    /** Bit of the point format that marks compressed points. */
    private static final int COMPRESSED = 0x80;
    /** Where COPC has its mark: the name of the first record after the header of LAS 1.4. */
    private static final int COPC_AT = 377;

    @Override
    public String name() {
        return "LAS";
    }

    @Override
    public String summary() {
        return "LAS and LAZ files of laser scanners: x, y, z, intensity, classification, returns, gps_time and colours.";
    }

    @Override
    public List<String> extensions() {
        return List.of("las", "laz");
    }

    @Override
    public boolean recognises(byte[] start) {
        return start.length >= 4 && new String(start, 0, 4, StandardCharsets.US_ASCII).equals("LASF");
    }

    @Override
    public PointCloud read(Path file) throws IOException {
        checkStart(file);
        LASHeader header;
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            header = LASReader.getHeader(in);
        }
        long count = Math.max(
                header.getNumberOfPointRecords(), Integer.toUnsignedLong(header.getLegacyNumberOfPointRecords()));
        if (count > Integer.MAX_VALUE / 2) {
            throw new CloudException(
                    file + ": has " + count + " points, more than can be read at once; split it into tiles");
        }
        LasColumns columns = new LasColumns(header);
        int read = 0;
        // Through a stream: of a file the library looks at the ending, not at what is in it.
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            for (LASPoint point : LASReader.getPoints(in)) {
                if (read == count) {
                    break;
                }
                columns.add(point);
                read++;
            }
        } catch (RuntimeException e) {
            throw damaged(file, count, read, e.toString(), e);
        }
        if (read != count) {
            throw damaged(file, count, read, "the points end early", new IllegalStateException("too few points"));
        }
        return columns.cloud(file.toString());
    }

    private static CloudException damaged(Path file, long count, int read, String reason, RuntimeException cause) {
        return new CloudException(
                file + ": " + reason + " after " + read + " of the " + count + " points that its header tells of;"
                        + " it is damaged or cut short: copy it again",
                cause);
    }

    /** What would make the library read beyond the file, or allocate for points that are not there. */
    private static void checkStart(Path file) throws IOException {
        byte[] start;
        try (var in = Files.newInputStream(file)) {
            start = in.readNBytes(COPC_AT + 4);
        }
        if (start.length < HEADER_BYTES || !Arrays.equals(Arrays.copyOf(start, 4), new byte[] {'L', 'A', 'S', 'F'})) {
            throw new CloudException(file + ": has no LAS header of at least " + HEADER_BYTES
                    + " bytes that begins with LASF; it is no LAS file, or cut short");
        }
        var bytes = java.nio.ByteBuffer.wrap(start).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        long offset = Integer.toUnsignedLong(bytes.getInt(OFFSET_FIELD_AT));
        long size = Files.size(file);
        int length = Short.toUnsignedInt(bytes.getShort(LENGTH_FIELD_AT));
        if (offset > size || length < 20) {
            throw new CloudException(file + ": its header says that points of " + length + " bytes begin at byte "
                    + offset + " of " + size + "; it is damaged or cut short: copy it again");
        }
        if ((start[LENGTH_FIELD_AT - 1] & COMPRESSED) != 0) {
            checkCompressed(file, start);
            return;
        }
        long legacy = Integer.toUnsignedLong(bytes.getInt(LENGTH_FIELD_AT + 2));
        if (legacy > (size - offset) / length) {
            throw new CloudException(file + ": its header tells of " + legacy + " points of " + length
                    + " bytes, but after byte " + offset + " there are " + (size - offset) + " bytes, enough for "
                    + (size - offset) / length + "; it is damaged or cut short: copy it again");
        }
    }

    private static void checkCompressed(Path file, byte[] start) {
        if (start.length == COPC_AT + 4 && new String(start, COPC_AT, 4, StandardCharsets.US_ASCII).equals("copc")) {
            throw new CloudException(
                    file + ": is COPC (LAZ in chunks of varying size), which is not read; write it as LAZ or LAS first,"
                            + " for example with 'pdal translate IN.copc.laz OUT.laz'");
        }
    }
}
