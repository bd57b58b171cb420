package org.scenecontexts.runtime.log;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.zip.CRC32C;

/**
 * Writes figures over time as a TensorBoard event file: TFRecord frames around {@code tensorflow.Event} messages.
 *
 * <p>Only scalars, so the few protocol-buffer fields needed are written by hand. A file that goes on after an interruption
 * starts with a session mark, at which TensorBoard forgets older points of later steps.
 *
 * @since 0.1
 */
public final class TensorBoardWriter implements AutoCloseable {

    private static final int EVENT_WALL_TIME = 1;
    private static final int EVENT_STEP = 2;
    private static final int EVENT_FILE_VERSION = 3;
    private static final int EVENT_SUMMARY = 5;
    private static final int EVENT_SESSION_LOG = 7;
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE = 2;
    private static final int SESSION_STATUS = 1;
    private static final int SESSION_START = 1;
    private static final long CRC_MASK = 0xA282EAD8L;

    private final OutputStream out;
    private final Clock clock;
    private final Path file;

    /**
     * Starts a new file.
     *
     * @param folder made when missing
     * @param firstStep step at which this file starts; above 0 when going on after an interruption
     * @throws UncheckedIOException when the file cannot be written
     */
    public TensorBoardWriter(Path folder, long firstStep, Clock clock) {
        this.clock = clock;
        try {
            Files.createDirectories(folder);
            file = freeName(folder);
            out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
            record(event(0, message -> string(message, EVENT_FILE_VERSION, "brain.Event:2")));
            if (firstStep > 0) {
                record(event(firstStep, message -> {
                    ByteArrayOutputStream session = new ByteArrayOutputStream();
                    tag(session, SESSION_STATUS, 0);
                    varint(session, SESSION_START);
                    bytes(message, EVENT_SESSION_LOG, session.toByteArray());
                }));
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": the TensorBoard events cannot be written: " + e, e);
        }
    }

    private Path freeName(Path folder) {
        long seconds = clock.millis() / 1000;
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "localhost";
        }
        for (int i = 0; ; i++) {
            Path name = folder.resolve("events.out.tfevents.%010d.%s.%d".formatted(seconds, host, i));
            if (!Files.exists(name)) {
                return name;
            }
        }
    }

    /** Where the events go. */
    public Path file() {
        return file;
    }

    /**
     * Adds a point to a curve; TensorBoard sees it at once.
     *
     * @param name of the curve, e.g. {@code train/loss}
     * @param step the x axis, e.g. the iteration
     * @throws UncheckedIOException when the file cannot be written
     */
    public void scalar(String name, long step, double value) {
        try {
            record(event(step, message -> {
                ByteArrayOutputStream point = new ByteArrayOutputStream();
                string(point, VALUE_TAG, name);
                tag(point, VALUE_SIMPLE, 5);
                fixed32(point, Float.floatToIntBits((float) value));
                ByteArrayOutputStream summary = new ByteArrayOutputStream();
                bytes(summary, SUMMARY_VALUE, point.toByteArray());
                bytes(message, EVENT_SUMMARY, summary.toByteArray());
            }));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + e, e);
        }
    }

    private interface Fields {
        void write(ByteArrayOutputStream message);
    }

    private byte[] event(long step, Fields fields) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        tag(message, EVENT_WALL_TIME, 1);
        fixed64(message, Double.doubleToLongBits(clock.millis() / 1000.0));
        if (step != 0) {
            tag(message, EVENT_STEP, 0);
            varint(message, step);
        }
        fields.write(message);
        return message.toByteArray();
    }

    private void record(byte[] data) throws IOException {
        byte[] length = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0, data.length)
                .array();
        out.write(length);
        out.write(crc(length));
        out.write(data);
        out.write(crc(data));
    }

    private static byte[] crc(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        long value = crc.getValue();
        long masked = ((value >>> 15 | value << 17) + CRC_MASK) & 0xFFFFFFFFL;
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, (int) masked)
                .array();
    }

    private static void tag(ByteArrayOutputStream out, int field, int wireType) {
        varint(out, (long) field << 3 | wireType);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long left = value;
        while ((left & ~0x7FL) != 0) {
            out.write((int) (left & 0x7F | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }

    private static void fixed32(ByteArrayOutputStream out, int value) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, value)
                .array());
    }

    private static void fixed64(ByteArrayOutputStream out, long value) {
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0, value)
                .array());
    }

    private static void string(ByteArrayOutputStream out, int field, String text) {
        bytes(out, field, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void bytes(ByteArrayOutputStream out, int field, byte[] content) {
        tag(out, field, 2);
        varint(out, content.length);
        out.writeBytes(content);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + e, e);
        }
    }
}
