package org.scenecontexts.io.cloud;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.ArrayElement;

/** The fields that a header declares for each point, and the ways in which their values follow. */
record Fields(List<Field> list) {

    /** The largest number of values that one point may have: more is a damaged header. */
    static final int MAX_WIDTH = 1 << 16;

    /**
     * One declared field.
     *
     * @param padding to be stepped over
     * @param packed a colour word whose four bytes must be kept whatever type is declared
     */
    record Field(String name, ArrayElement type, int width, boolean padding, boolean packed) {
        int bytes() {
            return type.bytes() * width;
        }
    }

    Fields {
        list = List.copyOf(list);
    }

    /** Bytes of one point. */
    long stride() {
        return list.stream().mapToLong(Field::bytes).sum();
    }

    /** Values of one point. */
    long values() {
        return list.stream().mapToLong(Field::width).sum();
    }

    /** Values one point after the other, from {@code base} on. */
    List<Column> interleaved(ByteBuffer bytes, int points, int base) {
        List<Column> columns = new ArrayList<>();
        int offset = base;
        int stride = (int) stride();
        for (Field field : list) {
            if (!field.padding()) {
                columns.add(new Column(
                        field.name(), RecordCodec.read(bytes, field.type(), points, field.width(), offset, stride)));
            }
            offset += field.bytes();
        }
        return unique(columns);
    }

    /** Values one field after the other. */
    List<Column> planar(ByteBuffer bytes, int points) {
        List<Column> columns = new ArrayList<>();
        long offset = 0;
        for (Field field : list) {
            if (!field.padding()) {
                columns.add(new Column(
                        field.name(),
                        RecordCodec.read(bytes, field.type(), points, field.width(), offset, field.bytes())));
            }
            offset += (long) field.bytes() * points;
        }
        return unique(columns);
    }

    /** Values as words, one line per point. */
    List<Column> text(TextCursor cursor, int points) {
        List<RecordCodec.Builder> builders = new ArrayList<>();
        for (Field field : list) {
            builders.add(new RecordCodec.Builder(field.type(), field.padding() ? 0 : points, field.width()));
        }
        for (int row = 0; row < points; row++) {
            if (!cursor.nextWords(' ')) {
                throw cursor.wrong("the header promises " + points + " points, but the file ends after " + row
                        + "; it is truncated or the count is wrong: copy it again or correct the header");
            }
            if (cursor.words() != values()) {
                throw cursor.wrong("point " + row + " has " + cursor.words() + " values, the header declares "
                        + values() + "; correct the line or the header");
            }
            int word = 0;
            for (int f = 0; f < list.size(); f++) {
                Field field = list.get(f);
                for (int w = 0; w < field.width(); w++, word++) {
                    if (!field.padding()) {
                        put(builders.get(f), field, row * field.width() + w, cursor, word);
                    }
                }
            }
        }
        List<Column> columns = new ArrayList<>();
        for (int f = 0; f < list.size(); f++) {
            if (!list.get(f).padding()) {
                columns.add(new Column(list.get(f).name(), builders.get(f).array()));
            }
        }
        return unique(columns);
    }

    private static void put(RecordCodec.Builder builder, Field field, int index, TextCursor cursor, int word) {
        double value = cursor.number(word);
        if (field.packed() && value != Math.rint(value)) {
            // Old writers print the colour word as the float of the same bits.
            value = Integer.toUnsignedLong(Float.floatToRawIntBits((float) value));
        }
        if (!builder.put(index, value)) {
            throw cursor.wrong("'" + cursor.word(word) + "' of field '" + field.name() + "' does not fit its type "
                    + field.type() + "; correct the line or the header");
        }
    }

    private static List<Column> unique(List<Column> columns) {
        List<String> names = Columns.unique(columns.stream().map(Column::name).toList());
        List<Column> renamed = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            renamed.add(columns.get(c).named(names.get(c)));
        }
        return renamed;
    }

    /**
     * Compares what a header promises with what there is, before anything is allocated.
     *
     * @param available bytes that follow the header
     * @throws CloudException when points are missing, or too many to be held
     */
    void checkPayload(String file, long points, long available) {
        long stride = Math.max(1, stride());
        if (points > available / stride) {
            throw new CloudException(file + ": the header promises " + points + " points of " + stride + " bytes, but "
                    + available + " bytes follow it: " + available / stride
                    + " points are whole; the file is truncated or"
                    + " the count is wrong: copy it again or correct the header");
        }
        if (points * Math.max(stride, values()) > Integer.MAX_VALUE - 8) {
            throw new CloudException(file + ": " + points + " points of " + stride
                    + " bytes are more than 2 GiB, the most that can be read at once; split the file");
        }
    }

    /** The same for text, where each value takes a digit and a separator at least. */
    void checkText(String file, long points, long available) {
        long least = Math.max(1, 2 * values());
        if (points > (available + 1) / least) {
            throw new CloudException(
                    file + ": the header promises " + points + " points of " + values() + " values, but only "
                            + available
                            + " bytes of text follow it; the file is truncated or the count is wrong: copy it again or"
                            + " correct the header");
        }
    }
}
