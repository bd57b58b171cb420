package org.scenecontexts.io.cloud;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.scenecontexts.io.array.ArrayElement;

/** Writes PCD files, version 0.7. */
final class PcdWriter {

    private PcdWriter() {}

    static void write(OutputStream out, PointCloud cloud, CloudEncoding encoding) throws IOException {
        List<Column> columns = cloud.columns().stream().map(PcdWriter::storable).toList();
        boolean ascii = encoding == CloudEncoding.ASCII;
        boolean compressed = encoding == CloudEncoding.COMPRESSED;
        out.write(header(cloud, columns, ascii ? "ascii" : compressed ? "binary_compressed" : "binary", ascii)
                .getBytes(StandardCharsets.UTF_8));
        if (ascii) {
            Columns.writeText(out, columns, " ");
        } else if (!compressed) {
            Columns.writeInterleaved(out, columns, ByteOrder.LITTLE_ENDIAN);
        } else {
            ByteArrayOutputStream raw = new ByteArrayOutputStream();
            for (Column column : columns) {
                Columns.writeInterleaved(raw, List.of(column), ByteOrder.LITTLE_ENDIAN);
            }
            byte[] packed = Lzf.compress(raw.toByteArray());
            ByteBuffer sizes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            out.write(sizes.putInt(packed.length).putInt(raw.size()).array());
            out.write(packed);
        }
    }

    private static Column storable(Column column) {
        return switch (column.type()) {
            case FLOAT16 -> new Column(column.name(), column.values().as(ArrayElement.FLOAT32));
            case BOOL -> new Column(column.name(), column.values().as(ArrayElement.UINT8));
            default -> column;
        };
    }

    private static String header(PointCloud cloud, List<Column> columns, String data, boolean ascii) {
        CloudLayout layout = cloud.layout();
        boolean organised = (long) layout.width() * layout.height() == cloud.size();
        StringBuilder text = new StringBuilder("# .PCD v0.7 - Point Cloud Data file format\n");
        for (String comment : layout.comments()) {
            text.append("# ").append(comment.replaceAll("\\R", " ")).append('\n');
        }
        line(text.append("VERSION 0.7\n"), "FIELDS", columns, c -> c.name().replaceAll("\\s+", "_"));
        line(text, "SIZE", columns, c -> c.type().bytes());
        line(text, "TYPE", columns, c -> type(c, ascii));
        line(text, "COUNT", columns, Column::width);
        text.append("WIDTH ").append(organised ? layout.width() : cloud.size()).append('\n');
        text.append("HEIGHT ").append(organised ? layout.height() : 1).append('\n');
        text.append("VIEWPOINT");
        layout.viewpoint().forEach(v -> text.append(' ').append(v == Math.rint(v) ? "" + v.longValue() : "" + v));
        text.append("\nPOINTS ")
                .append(cloud.size())
                .append("\nDATA ")
                .append(data)
                .append('\n');
        return text.toString();
    }

    private static void line(StringBuilder text, String key, List<Column> columns, Function<Column, Object> value) {
        text.append(key).append(' ');
        text.append(columns.stream().map(value).map(String::valueOf).collect(Collectors.joining(" ")))
                .append('\n');
    }

    private static String type(Column column, boolean ascii) {
        if (column.name().equals("rgb") && column.type() == ArrayElement.UINT32 && !ascii) {
            // The Point Cloud Library expects the word to be declared as a float, although it is none.
            return "F";
        }
        return switch (column.type()) {
            case FLOAT32, FLOAT64 -> "F";
            case INT8, INT16, INT32, INT64 -> "I";
            default -> "U";
        };
    }
}
