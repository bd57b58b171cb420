package org.scenecontexts.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardWriterTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000L), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void theFileStartsWithTheBytesThatTensorFlowWrites() throws IOException {
        Path file;
        try (TensorBoardWriter writer = new TensorBoardWriter(folder, 0, CLOCK)) {
            file = writer.file();
        }
        byte[] bytes = Files.readAllBytes(file);
        // Length 24; wall time 1.7e9; file_version "brain.Event:2": fields 1 and 3 of tensorflow.Event.
        assertThat(HexFormat.of().formatHex(bytes, 0, 8)).isEqualTo("1800000000000000");
        // The masked CRC32C of that length, as found at the start of every event file of TensorFlow.
        assertThat(HexFormat.of().formatHex(bytes, 8, 12)).isEqualTo("a37f4b22");
        assertThat(HexFormat.of().formatHex(bytes, 12, 36)).isEqualTo("0900000040fc54d9411a0d" + text("brain.Event:2"));
        assertThat(bytes).hasSize(40);
    }

    private static String text(String ascii) {
        return HexFormat.of().formatHex(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void scalarsComeBackWithTagStepAndValue() throws IOException {
        Path file;
        try (TensorBoardWriter writer = new TensorBoardWriter(folder, 0, CLOCK)) {
            writer.scalar("train/loss", 300, 1.25);
            writer.scalar("val/miou", 301, -0.5);
            file = writer.file();
        }
        List<byte[]> records = records(Files.readAllBytes(file));
        assertThat(records).hasSize(3);
        Map<Integer, Object> event = fields(records.get(1));
        assertThat(event.get(1)).isEqualTo(1.7e9);
        assertThat(event.get(2)).isEqualTo(300L);
        Map<Integer, Object> value =
                fields((byte[]) fields((byte[]) event.get(5)).get(1));
        assertThat(new String((byte[]) value.get(1), StandardCharsets.UTF_8)).isEqualTo("train/loss");
        assertThat(value.get(2)).isEqualTo(1.25f);
        assertThat(fields(records.get(2)).get(2)).isEqualTo(301L);
    }

    @Test
    void aFileThatGoesOnMarksWhereASessionStarts() throws IOException {
        Path file;
        try (TensorBoardWriter writer = new TensorBoardWriter(folder, 40, CLOCK)) {
            file = writer.file();
        }
        Map<Integer, Object> event = fields(records(Files.readAllBytes(file)).get(1));
        assertThat(event.get(2)).isEqualTo(40L);
        assertThat(fields((byte[]) event.get(7)).get(1)).isEqualTo(1L);
    }

    /** Takes the frames apart and checks both checksums of each. */
    private static List<byte[]> records(byte[] file) {
        List<byte[]> records = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            byte[] length = new byte[8];
            in.get(length);
            assertThat(unmask(in.getInt())).isEqualTo(crc(length));
            byte[] data = new byte
                    [Math.toIntExact(ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong())];
            in.get(data);
            assertThat(unmask(in.getInt())).isEqualTo(crc(data));
            records.add(data);
        }
        return records;
    }

    private static long crc(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return crc.getValue();
    }

    private static long unmask(int masked) {
        int rotated = masked - 0xA282EAD8;
        return Integer.toUnsignedLong(Integer.rotateLeft(rotated, 15));
    }

    private static Map<Integer, Object> fields(byte[] message) {
        Map<Integer, Object> fields = new TreeMap<>();
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long tag = varint(in);
            int field = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case 0 -> fields.put(field, varint(in));
                case 1 -> fields.put(field, in.getDouble());
                case 2 -> {
                    byte[] bytes = new byte[(int) varint(in)];
                    in.get(bytes);
                    fields.put(field, bytes);
                }
                case 5 -> fields.put(field, in.getFloat());
                default -> throw new IllegalStateException("unexpected wire type in tag " + tag);
            }
        }
        return fields;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = in.get();
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }
}
