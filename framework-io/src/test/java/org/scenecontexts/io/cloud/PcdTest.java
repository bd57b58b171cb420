package org.scenecontexts.io.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Scene;

class PcdTest {

    @TempDir
    Path folder;

    @Test
    void aColourWordDeclaredAsFloatKeepsAllItsBits() throws IOException {
        // 0xFFD07040 is a signalling NaN when read as a float.
        int word = 0xFFD07040;
        String header = header("x y z rgb", "4 4 4 4", "F F F F", 1, 1, "binary");
        ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        data.putFloat(1).putFloat(2).putFloat(3).putInt(word);
        PointCloud cloud = CloudFiles.read(file(header, data.array()));
        for (CloudEncoding encoding : CloudEncoding.values()) {
            Path copy = folder.resolve("copy.pcd");
            CloudFiles.write(copy, cloud, encoding);
            PointCloud read = CloudFiles.read(copy);
            assertThat(read.column("rgb").values().longs()).containsExactly(word & 0xFFFFFFFFL);
            assertThat(CloudScenes.convert(read, "s").scene().colours()).containsExactly(0xD0, 0x70, 0x40);
        }
    }

    @Test
    void colourWordsPrintedAsFloatsAreUnderstood() throws IOException {
        String header = header("x y z rgb", "4 4 4 4", "F F F F", 2, 1, "ascii");
        Path file = file(header, "0 0 0 4.2108e+06\n1 1 1 2.3418052e-38\n".getBytes(StandardCharsets.US_ASCII));
        float[] colours =
                CloudScenes.convert(CloudFiles.read(file), "s").scene().colours();
        // 2.3418052e-38 has the bits 0xFF0000; 4.2108e+06 is a whole number and thus the word itself.
        assertThat(colours).containsExactly(0x40, 0x40, 0x70, 0xFF, 0x00, 0x00);
    }

    @Test
    void organisedCloudsKeepTheirGridViewpointAndInvalidRows() throws IOException {
        String header = header("x y z", "4 4 4", "F F F", 2, 2, "ascii")
                .replace("VIEWPOINT 0 0 0 1 0 0 0", "VIEWPOINT 0.5 0 0 0 1 0 0");
        Path file = file(header, "nan nan nan\n1 2 3\n4 5 6\nnan nan nan\n".getBytes(StandardCharsets.US_ASCII));
        Path copy = folder.resolve("copy.pcd");
        CloudFiles.write(copy, CloudFiles.read(file), CloudEncoding.COMPRESSED);
        PointCloud cloud = CloudFiles.read(copy);
        assertThat(cloud.layout().width()).isEqualTo(2);
        assertThat(cloud.layout().height()).isEqualTo(2);
        assertThat(cloud.layout().viewpoint()).containsExactly(0.5, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        CloudScene converted = CloudScenes.convert(cloud, "s");
        assertThat(converted.kept()).containsExactly(1, 2);
        assertThat(converted.scene().positions()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void fieldsOfSeveralValuesAndPaddingAreRead() throws IOException {
        String header =
                "# .PCD v0.7\nVERSION 0.7\nFIELDS x y z _ fpfh\nSIZE 4 4 4 1 2\nTYPE F F F U I\nCOUNT 1 1 1 4 2\n"
                        + "WIDTH 2\nHEIGHT 1\nPOINTS 2\nDATA binary\n";
        ByteBuffer data = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 2; i++) {
            data.putFloat(i)
                    .putFloat(i)
                    .putFloat(i)
                    .putInt(99)
                    .putShort((short) -i)
                    .putShort((short) (10 + i));
        }
        PointCloud cloud = CloudFiles.read(file(header, data.array()));
        assertThat(cloud.names()).containsExactly("x", "y", "z", "fpfh");
        assertThat(cloud.column("fpfh").values().shape()).containsExactly(2, 2);
        assertThat(cloud.column("fpfh").values().ints()).containsExactly(0, 10, -1, 11);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POINTS 4 | POINTS 5 | is not POINTS 5",
                "WIDTH 2 | WIDTH 9000000000000000000 | is not POINTS 4",
                "WIDTH 2 | WIDTH -2 | is no count",
                "TYPE F F F | TYPE F F Q | type Q of size 4",
                "SIZE 4 4 4 | SIZE 4 4 | 2 entries for 3 fields",
                "DATA ascii | DATA text | 'text' is no PCD encoding",
                "FIELDS x y z | FELDS x y z | no line FIELDS",
                "COUNT 1 1 1 | COUNT 1 1 2000000000 | not believable",
            })
    void wrongHeadersAreReportedWithTheirLine(String right, String wrong, String message) throws IOException {
        String header = header("x y z", "4 4 4", "F F F", 2, 2, "ascii");
        Path file =
                file(header.replace(right, wrong), "1 2 3\n1 2 3\n1 2 3\n1 2 3\n".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> CloudFiles.read(file))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("made.pcd")
                .hasMessageContaining(message);
    }

    @Test
    void absurdCountsAreRefusedBeforeAnythingIsAllocated() throws IOException {
        for (String data : new String[] {"ascii", "binary", "binary_compressed"}) {
            String header = header("x y z", "4 4 4", "F F F", 2_000_000_000, 1, data);
            assertThatThrownBy(() -> CloudFiles.read(file(header, new byte[64])))
                    .isInstanceOf(CloudException.class);
        }
        String bomb = header("x y z", "4 4 4", "F F F", 100_000_000, 1, "binary_compressed");
        ByteBuffer data = ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, 56)
                .putInt(4, 1_200_000_000);
        assertThatThrownBy(() -> CloudFiles.read(file(bomb, data.array())))
                .hasMessageContaining("more than LZF can hold");
    }

    @Test
    void noFinitePointIsAnError() throws IOException {
        Path file = file(
                header("x y z", "4 4 4", "F F F", 1, 1, "ascii"), "nan nan nan\n".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> CloudScenes.convert(CloudFiles.read(file), "s"))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("none of its 1 points has a finite position");
    }

    @Test
    void compressionGivesBackWhatWentIn() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 200; round++) {
            byte[] raw = new byte[random.nextInt(5000)];
            int alphabet = 1 + random.nextInt(256);
            for (int i = 0; i < raw.length; i++) {
                boolean repeat = i > 10 && random.nextInt(4) > 0;
                raw[i] = repeat ? raw[i - 1 - random.nextInt(10)] : (byte) random.nextInt(alphabet);
            }
            byte[] packed = Lzf.compress(raw);
            byte[] back = new byte[raw.length];
            assertThat(Lzf.decompress(packed, 0, packed.length, back)).isEqualTo(raw.length);
            assertThat(back).isEqualTo(raw);
        }
        assertThat(Lzf.compress(new byte[100_000]).length).isLessThan(1500);
    }

    @Test
    void damagedCompressionNeverWritesOutside() {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 2000; round++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            int found = Lzf.decompress(noise, 0, noise.length, new byte[100]);
            assertThat(found).isBetween(-1, 100);
        }
    }

    @Test
    void normalsAndLabelsBecomePartOfTheScene() throws IOException {
        String header =
                header("x y z normal_x normal_y normal_z label", "4 4 4 4 4 4 4", "F F F F F F U", 1, 1, "ascii");
        PointCloud cloud = CloudFiles.read(file(header, "1 2 3 0 0 1 17\n".getBytes(StandardCharsets.US_ASCII)));
        Scene scene = CloudScenes.convert(cloud, "s").scene();
        assertThat(scene.normals()).containsExactly(0, 0, 1);
        assertThat(CloudScenes.labels(cloud, "label", new int[] {0})).containsExactly(17);
        assertThatThrownBy(() -> CloudScenes.labels(cloud, "class", new int[] {0}))
                .hasMessageContaining("no field 'class'")
                .hasMessageContaining("label");
    }

    private static String header(String fields, String sizes, String types, int width, int height, String data) {
        String counts =
                String.join(" ", Arrays.stream(fields.split(" ")).map(f -> "1").toList());
        return "# .PCD v0.7 - Point Cloud Data file format\nVERSION 0.7\nFIELDS " + fields + "\nSIZE " + sizes
                + "\nTYPE "
                + types + "\nCOUNT " + counts + "\nWIDTH " + width + "\nHEIGHT " + height
                + "\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS " + (long) width * height + "\nDATA " + data + "\n";
    }

    private Path file(String header, byte[] data) throws IOException {
        byte[] start = header.getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(start, start.length + data.length);
        System.arraycopy(data, 0, all, start.length, data.length);
        return Files.write(folder.resolve("made.pcd"), all);
    }

    @Test
    void countsWhoseSumDoesNotFitIntoSixtyFourBitsAreRefused() throws IOException {
        String header = header("x y z", "4 4 4", "F F F", 1, 1, "ascii")
                .replace("COUNT 1 1 1", "COUNT 1 9223372036854775807 1");
        assertThat(header).contains("9223372036854775807");

        assertThatThrownBy(() ->
                        CloudFiles.read(file(header, "1 2 3".getBytes(java.nio.charset.StandardCharsets.US_ASCII))))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("COUNT")
                .hasMessageContaining("9223372036854775807");
    }
}
