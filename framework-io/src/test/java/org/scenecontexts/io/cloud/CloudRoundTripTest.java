package org.scenecontexts.io.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.NpArray;

/** Every format must give back what was written, and must survive every damage. */
class CloudRoundTripTest {

    private static final int POINTS = 57;

    @TempDir
    Path folder;

    static Stream<Arguments> formats() {
        return Stream.of(
                Arguments.of("cloud.ply", CloudEncoding.ASCII),
                Arguments.of("cloud.ply", CloudEncoding.BINARY),
                Arguments.of("cloud.ply", CloudEncoding.BINARY_BIG_ENDIAN),
                Arguments.of("cloud.pcd", CloudEncoding.ASCII),
                Arguments.of("cloud.pcd", CloudEncoding.BINARY),
                Arguments.of("cloud.pcd", CloudEncoding.COMPRESSED),
                Arguments.of("cloud.xyz", CloudEncoding.ASCII),
                Arguments.of("cloud.csv", CloudEncoding.ASCII),
                Arguments.of("cloud.npz", CloudEncoding.BINARY),
                Arguments.of("cloud.npz", CloudEncoding.COMPRESSED),
                Arguments.of("cloud.npy", CloudEncoding.BINARY));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyFieldOfEveryPointComesBack(String name, CloudEncoding encoding) {
        PointCloud cloud = cloud(1);
        Path file = folder.resolve(name);
        CloudFiles.write(file, cloud, encoding);
        PointCloud read = CloudFiles.read(file);
        if (!name.endsWith(".npy")) {
            assertThat(read.names()).isEqualTo(cloud.names());
        }
        for (int c = 0; c < cloud.columns().size(); c++) {
            NpArray found = read.columns().get(c).values();
            NpArray expected = cloud.columns().get(c).values();
            if (expected.type() == ArrayElement.FLOAT32) {
                assertThat(found.floats()).as(cloud.names().get(c)).isEqualTo(expected.floats());
            } else {
                assertThat(found.doubles()).as(cloud.names().get(c)).isEqualTo(expected.doubles());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void truncatedFilesNeverGiveAnotherError(String name, CloudEncoding encoding) throws IOException {
        Path file = folder.resolve(name);
        CloudFiles.write(file, cloud(2), encoding);
        byte[] whole = Files.readAllBytes(file);
        boolean counted = encoding != CloudEncoding.ASCII;
        int step = Math.max(1, whole.length / 80);
        for (int length = 0; length < whole.length; length += step) {
            Path cut = Files.write(folder.resolve("cut-" + name), Arrays.copyOf(whole, length));
            String what = length + " of " + whole.length + " bytes";
            if (counted) {
                assertThatThrownBy(() -> CloudFiles.read(cut)).as(what).isInstanceOf(CloudException.class);
            } else {
                assertReadOrRefused(cut, what);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void damagedFilesNeverGiveAnotherErrorNorHang(String name, CloudEncoding encoding) throws IOException {
        Path file = folder.resolve(name);
        CloudFiles.write(file, cloud(3), encoding);
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 80; round++) {
            byte[] damaged = whole.clone();
            int reach = round % 2 == 0 ? Math.min(300, whole.length) : whole.length;
            for (int i = 0; i <= random.nextInt(3); i++) {
                damaged[random.nextInt(reach)] = (byte) "0123456789 \n-.\u00ffa".charAt(random.nextInt(16));
            }
            Path bad = Files.write(folder.resolve("bad-" + name), damaged);
            assertReadOrRefused(bad, "round " + round);
        }
    }

    private static void assertReadOrRefused(Path file, String what) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            try {
                PointCloud cloud = CloudFiles.read(file);
                assertThat(cloud.size()).as(what).isPositive();
            } catch (CloudException e) {
                assertThat(e).as(what).hasMessageContaining(file.getFileName().toString());
            }
        });
    }

    @Test
    void aNewColumnIsWrittenBesideTheOthers() {
        PointCloud cloud = cloud(4);
        int[] predicted = new int[POINTS];
        Arrays.setAll(predicted, i -> i % 3);
        Path file = folder.resolve("labelled.ply");
        CloudFiles.write(file, cloud.with(Column.of("predicted", predicted)));
        PointCloud read = CloudFiles.read(file);
        assertThat(read.names()).containsSequence(cloud.names()).endsWith("predicted");
        assertThat(read.column("predicted").values().ints()).isEqualTo(predicted);
    }

    @Test
    void wideFieldsAreSplitWhereAFormatHasNone() {
        PointCloud cloud = PointCloud.of(
                "made",
                new Column("points", NpArray.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3)),
                new Column(
                        "colors",
                        NpArray.of(new int[] {7, 8, 9, 10, 11, 12}, 2, 3).as(ArrayElement.UINT8)),
                new Column("feature", NpArray.of(new double[] {0.5, 1.5, 2.5, 3.5}, 2, 2)));
        Path file = folder.resolve("wide.ply");
        CloudFiles.write(file, cloud);
        PointCloud read = CloudFiles.read(file);
        assertThat(read.names()).containsExactly("x", "y", "z", "red", "green", "blue", "feature_0", "feature_1");
        assertThat(read.column("green").values().ints()).containsExactly(8, 11);
        assertThat(read.column("feature_1").values().doubles()).containsExactly(1.5, 3.5);
    }

    private static PointCloud cloud(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = random.doubles(POINTS, -3, 3).toArray();
        float[] y = new float[POINTS];
        for (int i = 0; i < POINTS; i++) {
            y[i] = random.nextFloat();
        }
        float[] z = y.clone();
        z[5] = Float.NaN;
        int[] bytes = random.ints(POINTS, 0, 256).toArray();
        int[] shorts = random.ints(POINTS, -32768, 32768).toArray();
        List<Column> columns = List.of(
                new Column("x", NpArray.of(x, POINTS)),
                Column.of("y", y),
                Column.of("z", z),
                new Column("red", NpArray.of(bytes, POINTS).as(ArrayElement.UINT8)),
                new Column("green", NpArray.of(bytes, POINTS).as(ArrayElement.UINT8)),
                new Column("blue", NpArray.of(bytes, POINTS).as(ArrayElement.UINT8)),
                new Column("offset", NpArray.of(shorts, POINTS).as(ArrayElement.INT16)),
                new Column("label", NpArray.of(random.ints(POINTS, -5, 5).toArray(), POINTS)),
                new Column(
                        "stamp",
                        NpArray.of(random.longs(POINTS, 0, 1L << 32).toArray(), POINTS)
                                .as(ArrayElement.UINT32)));
        return new PointCloud("made", columns, CloudLayout.of(POINTS), List.of());
    }
}
