package org.scenecontexts.io.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.NpArray;

/** Clouds in survey coordinates: a tenth of a millimetre is kept, and exports lie where the input lay. */
class FarCloudsTest {

    private static final int N = 2000;

    /** A tenth of a voxel of 1 mm, which is what is promised where nobody knows the voxel size. */
    private static final double KEPT = 1e-4;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a.ply", "a.pcd", "a.txt", "a.csv", "a.npz", "a.npy"})
    void everyFormatKeepsWhat64BitsSay(String name) {
        double[][] xyz = rooms(500_000, 5_400_000, 200, 1200);
        CloudFiles.write(folder.resolve(name), cloud(xyz), CloudEncoding.BINARY);
        PointCloud cloud = CloudFiles.read(folder.resolve(name));
        CloudScene converted = CloudScenes.convert(cloud, "s");
        expectPlaces(converted.scene(), xyz, 1);
        assertThat(converted.scene().origin().z()).isZero();
        assertThat(converted.warnings()).anyMatch(w -> w.contains("far from zero") && w.contains("0.25 m"));
    }

    @ParameterizedTest
    @CsvSource({
        "3000, 0, 0, 0",
        "-700000, -5400000, 0, 30",
        "12345678, 1, 9000, 500",
        "0, 0, 4000, 900",
        "5e8, 5e8, 0, 50"
    })
    void noPlaceAndNoExtentLosesMoreThanATenthOfAMillimetre(double x, double y, double z, double apart) {
        double[][] xyz = rooms(x, y, z, apart);
        expectPlaces(CloudScenes.convert(cloud(xyz), "s").scene(), xyz, 1);
    }

    @Test
    void placesNearZeroStayAsTheyAre() {
        double[][] xyz = rooms(900, -800, 5, 20);
        CloudScene converted = CloudScenes.convert(cloud(xyz), "s");
        assertThat(converted.scene().origin()).isEqualTo(Origin.ZERO);
        assertThat(converted.scene().positions()[0]).isEqualTo((float) xyz[0][0]);
        assertThat(converted.warnings()).isEmpty();
    }

    @Test
    void theUnitOfTheFileCountsNotItsNumbers() {
        double[][] millimetres = rooms(500_000, 400_000, 0, 4000);
        CloudScene converted = CloudScenes.convert(cloud(millimetres), "s", 0.001);
        assertThat(converted.scene().origin()).isEqualTo(Origin.ZERO);
        double[][] far = rooms(5e8, 4e8, 0, 4000);
        expectPlaces(CloudScenes.convert(cloud(far), "s", 0.001).scene(), far, 0.001);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e12, -3e6})
    void strayPointsMoveNothingAndAreNamed(double stray) {
        double[][] xyz = rooms(500_000, 5_400_000, 200, 0);
        for (double[] axis : xyz) {
            axis[17] = stray;
        }
        CloudScene converted = CloudScenes.convert(cloud(xyz), "s");
        assertThat(converted.kept()).hasSize(N - 1).doesNotContain(17);
        expectPlaces(converted, xyz);
        assertThat(converted.warnings()).anyMatch(w -> w.contains("1 of 2000 points lie more than 100 km"));
        assertThat(CloudChecks.units("s", converted.scene().positions())).isEmpty();
    }

    @Test
    void aStrayPointThatIsNearEnoughIsKeptAndNamed() {
        double[][] xyz = rooms(0, 0, 0, 0);
        xyz[1][3] = 2000;
        CloudScene converted = CloudScenes.convert(cloud(xyz), "s");
        assertThat(converted.kept()).hasSize(N);
        assertThat(converted.warnings())
                .singleElement()
                .asString()
                .contains("1 of 2000 points lie more than 200 m from the rest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT32", "FLOAT64"})
    void aFileThatIsItselfTooCoarseIsToldFor(ArrayElement declared) {
        double[][] xyz = rooms(500_000, 5_400_000, 200, 0);
        Column[] columns = new Column[3];
        for (int a = 0; a < 3; a++) {
            NpArray single = NpArray.of(xyz[a], N).as(ArrayElement.FLOAT32);
            columns[a] = new Column(
                    String.valueOf("xyz".charAt(a)),
                    declared == ArrayElement.FLOAT32 ? single : NpArray.of(single.doubles(), N));
        }
        assertThat(CloudScenes.convert(PointCloud.of("tile", columns), "s").warnings())
                .filteredOn(w -> w.contains("32-bit numbers, which are 0.50 m apart"))
                .hasSize(1);
    }

    @Test
    void wholeMetresOnPurposeAreNotCalledCoarse() {
        double[] grid = new double[N];
        Arrays.setAll(grid, i -> 500_000 + 2 * (i % 40));
        CloudScene converted = CloudScenes.convert(
                PointCloud.of("dem", Column.of("x", grid), Column.of("y", grid), Column.of("z", new double[N])), "s");
        assertThat(converted.warnings()).noneMatch(w -> w.contains("32-bit numbers, which are"));
    }

    @Test
    void exportsLieWhereTheInputLay() {
        double[][] xyz = rooms(500_000, 5_400_000, 200, 1200);
        Scene scene = CloudScenes.convert(cloud(xyz), "s").scene();
        Path file = folder.resolve("out.ply");
        CloudFiles.write(file, PointCloud.of("s", CloudScenes.positions(scene).toArray(Column[]::new)));
        PointCloud read = CloudFiles.read(file);
        for (int a = 0; a < 3; a++) {
            Column column = read.columns().get(a);
            assertThat(column.type()).isEqualTo(ArrayElement.FLOAT64);
            double[] found = column.values().doubles();
            for (int i = 0; i < N; i++) {
                assertThat(found[i]).isEqualTo(xyz[a][i], within(KEPT));
            }
        }
        Scene near = scene.withOrigin(Origin.ZERO);
        assertThat(CloudScenes.positions(near).getFirst().type()).isEqualTo(ArrayElement.FLOAT32);
    }

    @Test
    void originsTurnWithTheirScene() {
        double[][] xyz = rooms(500_000, 200, 5_400_000, 0);
        for (Up up : Up.values()) {
            Scene plain = CloudScenes.convert(cloud(xyz), "s").scene();
            Scene turned = up.turned(plain);
            double[] place = place(plain, 5);
            double[] expected = new double[3];
            float[] axes = up.turned(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
            for (int a = 0; a < 3; a++) {
                expected[a] = axes[a] * place[0] + axes[3 + a] * place[1] + axes[6 + a] * place[2];
            }
            assertThat(place(turned, 5)).as(up.name()).containsExactly(expected, within(1e-9));
        }
    }

    @Test
    void cloudsOfOneFrameShareAnOrigin() {
        Origin common = new Origin(500_100, 5_400_000, 0);
        double[][] xyz = rooms(500_000, 5_400_000, 200, 0);
        CloudScene converted = CloudScenes.convert(cloud(xyz), "s", 1, Optional.of(common));
        assertThat(converted.scene().origin()).isEqualTo(common);
        expectPlaces(converted.scene(), xyz, 1);
        assertThat(converted.warnings()).isEmpty();
    }

    private static double[] place(Scene scene, int point) {
        double[] place = new double[3];
        Arrays.setAll(place, a -> scene.origin().at(a) + scene.positions()[3 * point + a]);
        return place;
    }

    private static void expectPlaces(CloudScene converted, double[][] xyz) {
        for (int i = 0; i < converted.kept().length; i++) {
            for (int a = 0; a < 3; a++) {
                assertThat(place(converted.scene(), i)[a])
                        .isEqualTo(xyz[a][converted.kept()[i]], within(KEPT));
            }
        }
    }

    private static void expectPlaces(Scene scene, double[][] xyz, double scale) {
        assertThat(scene.size()).isEqualTo(N);
        for (int i = 0; i < N; i++) {
            double[] place = place(scene, i);
            for (int a = 0; a < 3; a++) {
                assertThat(place[a]).isEqualTo(xyz[a][i] * scale, within(KEPT));
            }
        }
    }

    /** Two rooms of 4 x 4 x 2.5, one beside the other, with places to a tenth of a millimetre. */
    private static double[][] rooms(double x, double y, double z, double apart) {
        SplittableRandom random = new SplittableRandom(3);
        double[][] xyz = new double[3][N];
        for (int i = 0; i < N; i++) {
            xyz[0][i] = x + random.nextInt(40_000) / 1e4;
            xyz[1][i] = y + random.nextInt(40_000) / 1e4 + (i % 2) * apart;
            xyz[2][i] = z + random.nextInt(25_000) / 1e4;
        }
        return xyz;
    }

    private static PointCloud cloud(double[][] xyz) {
        return PointCloud.of("made", Column.of("x", xyz[0]), Column.of("y", xyz[1]), Column.of("z", xyz[2]));
    }
}
