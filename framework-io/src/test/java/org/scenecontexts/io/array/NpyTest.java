package org.scenecontexts.io.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.scenecontexts.api.data.CloudException;

class NpyTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = "TEXT", mode = EnumSource.Mode.EXCLUDE)
    void everyNumericTypeComesBackAsWritten(ArrayElement type) {
        NpArray written = NpArray.of(new int[] {0, 1, 1, 0, 1, 0}, 2, 3).as(type);
        NpArray read = roundTrip(written);
        assertThat(read.type()).isEqualTo(type);
        assertThat(read.shape()).containsExactly(2, 3);
        assertThat(read.doubles()).containsExactly(0, 1, 1, 0, 1, 0);
    }

    @Test
    void extremeValuesKeepTheirBits() {
        assertThat(roundTrip(NpArray.of(new long[] {Long.MIN_VALUE, Long.MAX_VALUE, -1}))
                        .longs())
                .containsExactly(Long.MIN_VALUE, Long.MAX_VALUE, -1);
        assertThat(roundTrip(NpArray.of(new double[] {Double.NaN, -0.0, Double.MIN_VALUE, 1e308}))
                        .doubles())
                .containsExactly(Double.NaN, -0.0, Double.MIN_VALUE, 1e308);
        assertThat(roundTrip(NpArray.of(new long[] {0xFFFFFFFFL}).as(ArrayElement.UINT32))
                        .longs())
                .containsExactly(0xFFFFFFFFL);
        assertThat(roundTrip(NpArray.of(new int[] {-128, 127}).as(ArrayElement.INT8))
                        .ints())
                .containsExactly(-128, 127);
        assertThat(roundTrip(NpArray.of(new int[] {255}).as(ArrayElement.UINT8)).ints())
                .containsExactly(255);
    }

    @Test
    void bytesAreTakenForNumbersWithoutASign() {
        NpArray bytes = roundTrip(NpArray.ofBytes(new byte[] {0, 127, -128, -1}, 2, 2));
        assertThat(bytes.type()).isEqualTo(ArrayElement.UINT8);
        assertThat(bytes.ints()).containsExactly(0, 127, 128, 255);
        NpArray kept = NpArray.ofBytes(new byte[] {0, 127, -128, -1});
        assertThat(kept.ints()).containsExactly(0, 127, 128, 255);
        assertThat(kept.longs()).containsExactly(0, 127, 128, 255);
        assertThat(kept.floats()).containsExactly(0, 127, 128, 255);
        assertThat(kept.doubles()).containsExactly(0, 127, 128, 255);
        assertThat(kept.strings()).containsExactly("0", "127", "128", "255");
        assertThat(kept.booleans()).containsExactly(false, true, true, true);
        assertThat(kept.as(ArrayElement.INT32).ints()).containsExactly(0, 127, 128, 255);
        assertThat(NpArray.of(new int[] {0, 255}).as(ArrayElement.UINT8).bytes())
                .containsExactly((byte) 0, (byte) -1);
    }

    @Test
    void scalarsAndEmptyArraysHaveTheirShapes() {
        assertThat(roundTrip(NpArray.scalar(2.5)).scalar()).isEqualTo(2.5);
        assertThat(roundTrip(NpArray.scalar(2.5)).shape()).isEmpty();
        assertThat(roundTrip(NpArray.of(new float[0], 0, 3)).shape()).containsExactly(0, 3);
    }

    @Test
    void textKeepsCharactersBeyondTheBasicPlane() {
        assertThat(roundTrip(NpArray.of(new String[] {"", "wall", "\u00e9\ud83d\ude00"}, 3))
                        .strings())
                .containsExactly("", "wall", "\u00e9\ud83d\ude00");
    }

    @Test
    void arraysLargerThanABlockComeBackAsWritten() {
        float[] values = new float[100_003];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 0.5f;
        }
        assertThat(roundTrip(NpArray.of(values)).floats()).isEqualTo(values);
        String[] texts = new String[5000];
        Arrays.setAll(texts, i -> "number " + i);
        assertThat(roundTrip(NpArray.of(texts)).strings()).isEqualTo(texts);
    }

    @Test
    void bigEndianValuesAreTurned() throws IOException {
        ByteBuffer payload =
                ByteBuffer.allocate(8).order(ByteOrder.BIG_ENDIAN).putInt(7).putInt(-2);
        assertThat(Npy.read(file("{'descr': '>i4', 'fortran_order': False, 'shape': (2,), }", payload.array()))
                        .ints())
                .containsExactly(7, -2);
    }

    @Test
    void columnMajorArraysAreReadAsRowMajor() throws IOException {
        byte[] payload = {1, 4, 2, 5, 3, 6};
        NpArray array = Npy.read(file("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", payload));
        assertThat(array.ints()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void byteTextIsRead() throws IOException {
        byte[] payload = "ab\0cde".getBytes(StandardCharsets.US_ASCII);
        assertThat(Npy.read(file("{'descr': '|S3', 'fortran_order': False, 'shape': (2,), }", payload))
                        .strings())
                .containsExactly("ab", "cde");
    }

    @Test
    void absurdShapesAreRefusedBeforeAnythingIsAllocated() {
        assertRefused("{'descr': '<f8', 'fortran_order': False, 'shape': (2000000000,), }", "2 GiB");
        assertRefused(
                "{'descr': '<f4', 'fortran_order': False, 'shape': (100000, 1000), }", "promises 100000000 elements");
        assertRefused("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "99999999999");
        assertRefused("{'descr': '<U999999999', 'fortran_order': False, 'shape': (), }", "not believable");
    }

    @Test
    void typesThatCannotBeReadAreNamed() {
        assertRefused("{'descr': '<c16', 'fortran_order': False, 'shape': (1,), }", "'c16' cannot be read");
        assertRefused(
                "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
                "Python objects (pickled), which are never unpickled");
        assertRefused("{'descr': '<M8[ns]', 'fortran_order': False, 'shape': (1,), }", "'M8[ns]' cannot be read");
        assertRefused("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,), }", "structured");
    }

    @Test
    void everyFieldOfAStructuredArrayIsAnArray() throws IOException {
        String descr =
                "[('x', '<f4'), ('', '|V2'), (('a title', 'rgb'), '|u1', (3,)), ('label', '>i2', 1), ('name', '<U2')]";
        java.nio.ByteBuffer rows = java.nio.ByteBuffer.allocate(2 * 19).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 2; i++) {
            rows.putFloat(i + 0.5f).putShort((short) 9).put(new byte[] {(byte) (200 + i), 2, 3});
            rows.put((byte) 1).put((byte) i).putInt('h').putInt('i');
        }
        Path file = raw("{'descr': " + descr + ", 'fortran_order': False, 'shape': (2,), }", rows.array());
        java.util.Map<String, NpArray> fields = Npy.readFields(file);
        assertThat(fields.keySet()).containsExactly("x", "rgb", "label", "name");
        assertThat(fields.get("x").floats()).containsExactly(0.5f, 1.5f);
        assertThat(fields.get("rgb").shape()).containsExactly(2, 3);
        assertThat(fields.get("rgb").ints()).containsExactly(200, 2, 3, 201, 2, 3);
        assertThat(fields.get("label").ints()).containsExactly(256, 257);
        assertThat(fields.get("name").strings()).containsExactly("hi", "hi");
        assertThatThrownBy(() -> Npy.read(file)).hasMessageContaining("structured array with the fields");
    }

    @org.junit.jupiter.params.ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {
                "[",
                "[]",
                "[(",
                "[('x'",
                "[('x',)]",
                "[('x', '<f4'",
                "[('x', '<f4', (]",
                "[('x', '<f4'), ('x', '<f4')]",
                "[('', '|V4')]",
                "[('x', '<f4', (99999, 99999, 99999))]",
                "[('x', [('y', '<f4')])]",
                "[('x', '|O')]",
                "[('x', '<f4', (-1,))]"
            })
    void fieldsThatCannotBeReadAreRefused(String descr) throws IOException {
        Path file = raw("{'descr': " + descr + ", 'fortran_order': False, 'shape': (1,), }", new byte[64]);
        assertThatThrownBy(() -> Npy.readFields(file)).isInstanceOf(CloudException.class);
    }

    private Path raw(String header, byte[] payload) throws IOException {
        byte[] text = (header + "\n").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        java.nio.ByteBuffer bytes =
                java.nio.ByteBuffer.allocate(10 + text.length + payload.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) text.length);
        return Files.write(
                folder.resolve("raw.npy"), bytes.put(text).put(payload).array());
    }

    @Test
    void everyTruncationIsACloudException() throws IOException {
        Path file = folder.resolve("whole.npy");
        Npy.write(file, NpArray.of(new float[30], 10, 3));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Path cut = Files.write(folder.resolve("cut.npy"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Npy.read(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(CloudException.class)
                    .hasMessageContaining("cut.npy");
        }
    }

    @Test
    void integersThatDoNotFitAreRefusedNotWrapped() {
        assertThatThrownBy(() -> NpArray.of(new long[] {1L << 40}).ints()).hasMessageContaining("does not fit");
        assertThatThrownBy(() -> NpArray.of(new double[] {3.5}).longs()).hasMessageContaining("no integer");
    }

    private void assertRefused(String header, String message) {
        assertThatThrownBy(() -> Npy.read(file(header, new byte[16])))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining(message);
    }

    private Path file(String header, byte[] payload) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(NpyHeader.MAGIC);
        out.write(new byte[] {1, 0, (byte) (header.length() + 1), 0});
        out.write((header + "\n").getBytes(StandardCharsets.ISO_8859_1));
        out.write(payload);
        return Files.write(folder.resolve("made.npy"), out.toByteArray());
    }

    private NpArray roundTrip(NpArray array) {
        Path file = folder.resolve("array.npy");
        Npy.write(file, array);
        return Npy.read(file);
    }
}
