package org.scenecontexts.datasets.las;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.data.Attribute;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.cloud.CloudAttributes;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.CloudScene;
import org.scenecontexts.io.cloud.CloudScenes;
import org.scenecontexts.io.cloud.PointCloud;

/** Laser scans in survey coordinates are read without losing a millimetre. */
class LasReaderTest {

    private static final double EAST = 500_000;
    private static final double NORTH = 5_400_000;
    private static final int POINTS = 40;
    private static final int HEADER = 227;
    private static final int RECORD = 34;

    @TempDir
    Path folder;

    /** LAS 1.2, point format 3 (time and colours), as the ASPRS specification lays it out; steps of a millimetre. */
    private static byte[] las() {
        ByteBuffer out = ByteBuffer.allocate(HEADER + POINTS * RECORD).order(ByteOrder.LITTLE_ENDIAN);
        out.put("LASF".getBytes(StandardCharsets.US_ASCII));
        out.put(24, (byte) 1).put(25, (byte) 2);
        out.putShort(94, (short) HEADER).putInt(96, HEADER);
        out.put(104, (byte) 3).putShort(105, (short) RECORD).putInt(107, POINTS).putInt(111, POINTS);
        for (int axis = 0; axis < 3; axis++) {
            out.putDouble(131 + 8 * axis, 0.001);
        }
        out.putDouble(155, EAST).putDouble(163, NORTH).putDouble(171, 0);
        double[] bounds = {EAST + 3.9, EAST, NORTH + 0.039, NORTH, 1.039, 1};
        for (int i = 0; i < 6; i++) {
            out.putDouble(179 + 8 * i, bounds[i]);
        }
        out.position(HEADER);
        for (int i = 0; i < POINTS; i++) {
            out.putInt(100 * i).putInt(i).putInt(1000 + i).putShort((short) (60_000 + i));
            out.put((byte) (1 | 1 << 3))
                    .put((byte) (i % 3))
                    .put((byte) 0)
                    .put((byte) 0)
                    .putShort((short) 7);
            out.putDouble(315_964_800.5 + i);
            out.putShort((short) 65_280).putShort((short) 256).putShort((short) (i * 256));
        }
        return out.array();
    }

    private Path written(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static PointCloud read(Path file) {
        return CloudFiles.read(file, List.of(new LasReader()));
    }

    private static void check(PointCloud cloud) {
        assertThat(cloud.names())
                .containsExactly(
                        "x",
                        "y",
                        "z",
                        "intensity",
                        "classification",
                        "return_number",
                        "number_of_returns",
                        "red",
                        "green",
                        "blue",
                        "gps_time");
        assertThat(cloud.size()).isEqualTo(POINTS);
        double[] y = cloud.column("y").values().doubles();
        for (int i = 0; i < POINTS; i++) {
            // Half a step of the file.
            assertThat(y[i]).isCloseTo(NORTH + 0.001 * i, within(0.0005));
        }
        assertThat(cloud.column("intensity").values().ints())
                .startsWith(60_000, 60_001)
                .endsWith(60_039);
        assertThat(cloud.column("classification").values().ints()).startsWith(0, 1, 2, 0);
        assertThat(cloud.column("gps_time").values().doubles()).startsWith(315_964_800.5, 315_964_801.5);
    }

    @Test
    void everyFieldIsRead() throws IOException {
        check(read(written("a.las", las())));
    }

    private static byte[] laz(String name) throws IOException {
        try (var in = LasReaderTest.class.getResourceAsStream("/las/" + name)) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"points-3.laz", "points-7.laz"})
    void whatOthersCompressedIsReadAsTheSamePoints(String name) throws IOException {
        PointCloud expected = read(written("a.las", las()));
        PointCloud compressed = read(written(name, laz(name)));
        check(compressed);
        for (String column : expected.names()) {
            assertThat(compressed.column(column).values().doubles())
                    .as(column)
                    .containsExactly(expected.column(column).values().doubles());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"points-3.laz", "points-7.laz"})
    @Timeout(60)
    void compressedFilesThatAreCutShortAreRefusedOrWhole(String name) throws IOException {
        byte[] whole = laz(name);
        PointCloud expected = read(written("whole.laz", whole));
        for (int length = HEADER; length < whole.length; length++) {
            Path cut = written("cut.laz", Arrays.copyOf(whole, length));
            PointCloud points;
            try {
                points = read(cut);
            } catch (CloudException e) {
                assertThat(e).hasMessageContaining("cut.laz");
                continue;
            }
            // The table of chunks stands behind the points, which can be read without it.
            assertThat(points.column("y").values().doubles())
                    .as("cut after " + length + " bytes")
                    .containsExactly(expected.column("y").values().doubles());
        }
    }

    @Test
    void chunksOfVaryingSizeAreRefusedWithAWayOut() throws IOException {
        byte[] compressed = Arrays.copyOf(laz("points-7.laz"), 500);
        System.arraycopy("copc".getBytes(StandardCharsets.US_ASCII), 0, compressed, 377, 4);
        Path copc = written("a.copc.laz", compressed);
        assertThatThrownBy(() -> read(copc))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("a.copc.laz: is COPC")
                .hasMessageContaining("pdal translate");
    }

    @Test
    void theFirstBytesTellWhateverTheNameIs() throws IOException {
        check(read(written("a.dat", las())));
    }

    @Test
    void aSceneKeepsMillimetresAndTimes() throws IOException {
        PointCloud cloud = read(written("a.las", las()));
        CloudScene converted = CloudScenes.convert(cloud, "tile");
        Scene scene = CloudAttributes.with(
                converted.scene(), cloud, converted.kept(), java.util.Map.of("time", List.of("gps_time")));
        for (int i = 0; i < POINTS; i++) {
            assertThat(scene.origin().y() + scene.positions()[3 * i + 1]).isCloseTo(NORTH + 0.001 * i, within(0.0005));
        }
        Attribute.Floats time = (Attribute.Floats) scene.ofPoints("time");
        assertThat(time.offset() + time.values()[39]).isEqualTo(315_964_839.5);
        assertThat(scene.hasColours()).isTrue();
    }

    @Test
    void aFileThatIsCutShortIsRefusedWithItsCounts() throws IOException {
        byte[] whole = las();
        Path cut = written("cut.las", Arrays.copyOf(whole, whole.length - 3 * RECORD));
        assertThatThrownBy(() -> read(cut))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("cut.las")
                .hasMessageContaining("40 points")
                .hasMessageContaining("enough for 37");
        Path header = written("header.las", Arrays.copyOf(whole, 100));
        assertThatThrownBy(() -> read(header)).hasMessageContaining("no LAS header of at least 227 bytes");
        whole[96] = (byte) 0xFF;
        whole[98] = (byte) 0xFF;
        Path far = written("far.las", whole);
        assertThatThrownBy(() -> read(far)).hasMessageContaining("begin at byte");
    }
}
