package org.scenecontexts.io.cloud;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.scenecontexts.io.array.ArrayElement;

/** Writes PLY files, with faces where there are any. */
final class PlyWriter {

    private PlyWriter() {}

    static void write(OutputStream out, PointCloud cloud, CloudEncoding encoding) throws IOException {
        List<Column> columns = Columns.scalar(cloud, PlyWriter::storable);
        boolean ascii = encoding == CloudEncoding.ASCII;
        boolean big = encoding == CloudEncoding.BINARY_BIG_ENDIAN;
        out.write(header(cloud, columns, ascii ? "ascii" : big ? "binary_big_endian" : "binary_little_endian")
                .getBytes(StandardCharsets.UTF_8));
        CloudLayout layout = cloud.layout();
        if (ascii) {
            Columns.writeText(out, columns, " ");
            StringBuilder line = new StringBuilder();
            for (int f = 0; f < layout.faces(); f++) {
                line.append(layout.faceStarts()[f + 1] - layout.faceStarts()[f]);
                for (int v = layout.faceStarts()[f]; v < layout.faceStarts()[f + 1]; v++) {
                    line.append(' ').append(layout.faceVertices()[v]);
                }
                line.append('\n');
            }
            out.write(line.toString().getBytes(StandardCharsets.UTF_8));
            return;
        }
        ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        Columns.writeInterleaved(out, columns, order);
        writeFaces(out, layout, order);
    }

    private static void writeFaces(OutputStream out, CloudLayout layout, ByteOrder order) throws IOException {
        if (layout.faces() == 0) {
            return;
        }
        boolean wide = wideFaces(layout);
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(
                        Math.toIntExact((wide ? 4L : 1L) * layout.faces() + 4L * layout.faceVertices().length))
                .order(order);
        for (int f = 0; f < layout.faces(); f++) {
            int corners = layout.faceStarts()[f + 1] - layout.faceStarts()[f];
            if (wide) {
                bytes.putInt(corners);
            } else {
                bytes.put((byte) corners);
            }
            for (int v = layout.faceStarts()[f]; v < layout.faceStarts()[f + 1]; v++) {
                bytes.putInt(layout.faceVertices()[v]);
            }
        }
        out.write(bytes.array());
    }

    private static boolean wideFaces(CloudLayout layout) {
        for (int f = 0; f < layout.faces(); f++) {
            if (layout.faceStarts()[f + 1] - layout.faceStarts()[f] > 255) {
                return true;
            }
        }
        return false;
    }

    private static String header(PointCloud cloud, List<Column> columns, String format) {
        StringBuilder text = new StringBuilder("ply\nformat " + format + " 1.0\n");
        for (String comment : cloud.layout().comments()) {
            text.append("comment ").append(comment.replaceAll("\\R", " ")).append('\n');
        }
        text.append("element vertex ").append(cloud.size()).append('\n');
        for (Column column : columns) {
            text.append("property ").append(type(column.type())).append(' ');
            text.append(column.name().replaceAll("\\s+", "_")).append('\n');
        }
        if (cloud.layout().faces() > 0) {
            text.append("element face ").append(cloud.layout().faces()).append('\n');
            text.append("property list ").append(wideFaces(cloud.layout()) ? "uint" : "uchar");
            text.append(" int vertex_indices\n");
        }
        return text.append("end_header\n").toString();
    }

    /** PLY knows no 64-bit integers, half floats or truth values. */
    private static Column storable(Column column) {
        return switch (column.type()) {
            case FLOAT16 -> new Column(column.name(), column.values().as(ArrayElement.FLOAT32));
            case BOOL -> new Column(column.name(), column.values().as(ArrayElement.UINT8));
            case INT64, UINT64 -> {
                boolean narrow = Arrays.stream(column.values().longs()).allMatch(v -> v == (int) v);
                yield new Column(column.name(), column.values().as(narrow ? ArrayElement.INT32 : ArrayElement.FLOAT64));
            }
            default -> column;
        };
    }

    private static String type(ArrayElement type) {
        return switch (type) {
            case INT8 -> "char";
            case UINT8 -> "uchar";
            case INT16 -> "short";
            case UINT16 -> "ushort";
            case INT32 -> "int";
            case UINT32 -> "uint";
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
            default -> throw new IllegalStateException("no PLY type for " + type);
        };
    }
}
