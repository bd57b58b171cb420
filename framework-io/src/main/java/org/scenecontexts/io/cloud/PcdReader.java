package org.scenecontexts.io.cloud;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.data.CloudException;

/** Reads PCD files: text, binary and compressed binary. */
final class PcdReader {

    private PcdReader() {}

    static PointCloud read(byte[] bytes, String file) {
        PcdHeader header = PcdHeader.read(bytes, file);
        CloudFiles.requirePoints(header.points(), file);
        List<String> warnings = new ArrayList<>();
        List<Column> columns = switch (header.data()) {
            case "ascii" -> text(header, bytes, file, warnings);
            case "binary" -> binary(header, bytes, file, warnings);
            default -> compressed(header, bytes, file);
        };
        if (columns.isEmpty()) {
            throw new CloudException(file + ": the PCD header names no field but padding; x, y and z are expected");
        }
        return new PointCloud(
                file,
                columns,
                new CloudLayout(
                        (int) header.width(),
                        (int) header.height(),
                        header.viewpoint(),
                        header.comments(),
                        new int[0],
                        new int[0]),
                warnings);
    }

    private static List<Column> text(PcdHeader header, byte[] bytes, String file, List<String> warnings) {
        header.fields().checkText(file, header.points(), bytes.length - header.dataStart());
        TextCursor cursor = new TextCursor(bytes, header.dataStart(), header.lines(), file);
        List<Column> columns = header.fields().text(cursor, (int) header.points());
        if (cursor.nextWords(' ')) {
            warnings.add(file + ", line " + cursor.lineNumber() + ": more lines follow than the " + header.points()
                    + " points that the header promises, and are not read; correct WIDTH and POINTS");
        }
        return columns;
    }

    private static List<Column> binary(PcdHeader header, byte[] bytes, String file, List<String> warnings) {
        long available = (long) bytes.length - header.dataStart();
        header.fields().checkPayload(file, header.points(), available);
        long rest = available - header.points() * header.fields().stride();
        if (rest >= Math.max(3, header.fields().stride())) {
            warnings.add(file + ": " + rest + " bytes follow the " + header.points()
                    + " points that the header promises, and are not read; correct WIDTH and POINTS");
        }
        return header.fields()
                .interleaved(
                        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN),
                        (int) header.points(),
                        header.dataStart());
    }

    private static List<Column> compressed(PcdHeader header, byte[] bytes, String file) {
        int start = header.dataStart();
        if (bytes.length - start < 8) {
            throw new CloudException(
                    file + ": the file ends before the compressed points; it is truncated: copy it again");
        }
        ByteBuffer sizes = ByteBuffer.wrap(bytes, start, 8).order(ByteOrder.LITTLE_ENDIAN);
        long packed = Integer.toUnsignedLong(sizes.getInt());
        long unpacked = Integer.toUnsignedLong(sizes.getInt());
        long available = bytes.length - start - 8L;
        if (packed > available) {
            throw new CloudException(file + ": promises " + packed + " compressed bytes for " + header.points()
                    + " points, but " + available
                    + " bytes follow; fields are stored one after the other, so that no point is whole; the file is"
                    + " truncated: copy it again");
        }
        long stride = header.fields().stride();
        boolean counted = header.points() <= unpacked / Math.max(1, stride) && header.points() * stride == unpacked;
        if (!counted || unpacked > Integer.MAX_VALUE - 8) {
            throw new CloudException(file + ": the header promises " + header.points() + " points of " + stride
                    + " bytes, but the compressed data is said to hold " + unpacked
                    + " bytes; the count is wrong or the file is damaged: correct the header or copy it again");
        }
        if (unpacked > Lzf.MAX_RATIO * (packed + 1)) {
            throw new CloudException(file + ": " + unpacked + " bytes from " + packed
                    + " compressed ones are more than LZF can hold; the file is damaged: copy it again");
        }
        byte[] raw = new byte[(int) unpacked];
        int found = Lzf.decompress(bytes, start + 8, (int) (start + 8 + packed), raw);
        if (found != raw.length) {
            throw new CloudException(file + ": the compressed data should hold " + unpacked + " bytes, found "
                    + (found < 0 ? "more" : String.valueOf(found)) + "; the file is damaged: copy it again");
        }
        return header.fields().planar(ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN), (int) header.points());
    }
}
