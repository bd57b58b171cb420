package org.scenecontexts.io.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.data.CloudException;

class SafetensorsTest {

    @TempDir
    Path folder;

    @Test
    void tensorsAndMetadataComeBackAsWritten() {
        Path file = folder.resolve("model.safetensors");
        float[] large = new float[600_001];
        for (int i = 0; i < large.length; i++) {
            large[i] = i * 0.25f;
        }
        new SafetensorsWriter()
                .metadata("note", "line\n\"quoted\" \u00e9")
                .floats("conv.kernel", large, large.length)
                .longs("step", new long[] {Long.MAX_VALUE})
                .ints("perm", new int[] {2, -1, 0}, 3)
                .doubles("loss", new double[] {0.1, 0.2}, 2, 1)
                .floats("empty", new float[0], 0, 4)
                .write(file);
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.metadata()).containsEntry("note", "line\n\"quoted\" \u00e9");
            assertThat(read.floats("conv.kernel")).isEqualTo(large);
            assertThat(read.longs("step")).containsExactly(Long.MAX_VALUE);
            assertThat(read.entry("step").shape()).isEmpty();
            assertThat(read.longs("perm")).containsExactly(2, -1, 0);
            assertThat(read.doubles("loss")).containsExactly(0.1, 0.2);
            assertThat(read.entry("loss").shapeArray()).containsExactly(2, 1);
            assertThat(read.floats("empty")).isEmpty();
            assertThat(read.entries()).allMatch(e -> e.begin() % e.type().bytes() == 0);
        }
    }

    @Test
    void sameTensorsGiveTheSameBytes() {
        for (String name : new String[] {"a", "b"}) {
            new SafetensorsWriter()
                    .floats("w", new float[] {1, 2}, 2)
                    .metadata("y", "2")
                    .metadata("x", "1")
                    .write(folder.resolve(name));
        }
        assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
    }

    @Test
    void halfAndBrainFloatsAreWidened() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        data.putShort(Float.floatToFloat16(1.5f)).putShort(Float.floatToFloat16(-65504f));
        data.putShort((short) (Float.floatToRawIntBits(-2.5f) >> 16)).putShort((short) 0x7F80);
        String header = "{\"h\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[4,8]}}";
        try (SafetensorsFile file = SafetensorsFile.open(made(header, data.array()))) {
            assertThat(file.floats("h")).containsExactly(1.5f, -65504f);
            assertThat(file.floats("b")).containsExactly(-2.5f, Float.POSITIVE_INFINITY);
            assertThatThrownBy(() -> file.longs("h")).hasMessageContaining("integers are expected");
            assertThatThrownBy(() -> file.floats("x")).hasMessageContaining("no tensor 'x'");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,9]}} | which has 8",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}} | bytes 8 to 0",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}} | at least 0",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | does not fill",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}} | does not fill",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}} | no valid JSON",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | leave holes",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | end at byte 4",
                "{\"a\":{\"dtype\":\"F31\",\"shape\":[2],\"data_offsets\":[0,8]}} | 'F31'",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}} | two data_offsets",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}} | START_ARRAY",
                "{\"a\":1} | START_OBJECT",
                "[] | START_OBJECT",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":{}} | Duplicate",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[[[[[[[[[[2]]]]]]]]]],\"data_offsets\":[0,8]}} | wrong",
                "{\"__metadata__\":{\"k\":1}} | VALUE_STRING",
                "{\"a\" | no valid JSON",
            })
    void hostileHeadersAreRefused(String header, String message) throws IOException {
        Path file = made(header, new byte[8]);
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("made.safetensors")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, -1, 100_000_001, 9, 0})
    void absurdHeaderLengthsAreRefusedBeforeAnythingIsAllocated(long length) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
        Path file = Files.write(folder.resolve("absurd"), bytes.array());
        assertThatThrownBy(() -> SafetensorsFile.open(file)).isInstanceOf(CloudException.class);
    }

    @Test
    void everyTruncationIsACloudException() throws IOException {
        Path file = folder.resolve("whole");
        new SafetensorsWriter()
                .floats("w", new float[10], 10)
                .metadata("k", "v")
                .write(file);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SafetensorsFile.open(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(CloudException.class);
        }
    }

    @Test
    void namesAndShapesAreCheckedWhenTensorsAreAdded() {
        SafetensorsWriter writer = new SafetensorsWriter().floats("w", new float[1], 1);
        assertThatThrownBy(() -> writer.floats("w", new float[1], 1)).hasMessageContaining("twice");
        assertThatThrownBy(() -> writer.floats("v", new float[5], 2, 3)).hasMessageContaining("6 values, found 5");
    }

    private Path made(String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json).put(data);
        return Files.write(folder.resolve("made.safetensors"), bytes.array());
    }
}
