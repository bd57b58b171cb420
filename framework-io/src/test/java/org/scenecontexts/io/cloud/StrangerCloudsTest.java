package org.scenecontexts.io.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npy;
import org.scenecontexts.io.array.Npz;

/** Colours, normals, headers, words and arrays as strangers' programs write them. */
class StrangerCloudsTest {

    private static final int N = 400;

    @TempDir
    Path folder;

    // Colours: which range a file uses.

    @ParameterizedTest
    @CsvSource({"1, 1.0001", "1, 1.2", "1, 255", "255, 255.2", "255, 300", "65535, 70000"})
    void oneValueOutsideItsRangeDoesNotChangeTheColours(double top, double stray) {
        double[] red = ramp(top);
        red[7] = stray;
        CloudScene converted = coloured(red, ramp(top), ramp(top), ArrayElement.FLOAT32);
        float[] colours = converted.scene().colours();
        for (int i = 0; i < N; i++) {
            assertThat(colours[3 * i + 1]).isEqualTo(255f * i / (N - 1), within(0.01f));
        }
        assertThat(colours[21]).isEqualTo(255);
        assertThat(converted.warnings()).singleElement().asString().contains("1 of 1200 colour values", "clamped");
    }

    @Test
    void aConstantChannelIsReadLikeTheOthers() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < N; i++) {
            text.append(i % 20).append(' ').append(i / 20).append(" 0.5 0 0.5 1\n");
        }
        CloudScene converted = convert(write("a.txt", text.toString()));
        assertThat(converted.scene().colours()).startsWith(0, 127.5f, 255, 0, 127.5f, 255);
    }

    @Test
    void darkBytesAreNotTakenForFractions() {
        double[] dark = new double[N];
        dark[3] = 1;
        dark[5] = 200;
        CloudScene converted = coloured(dark, new double[N], new double[N], ArrayElement.FLOAT32);
        assertThat(converted.scene().colours()[9]).isEqualTo(1);
        assertThat(converted.scene().colours()[15]).isEqualTo(200);
    }

    @Test
    void sixteenBitColoursAndBlackOnesAreTold() {
        double[] wide = ramp(65535);
        java.util.Arrays.setAll(wide, i -> Math.rint(wide[i]));
        assertThat(coloured(wide, wide, wide, ArrayElement.UINT16).scene().colours()[3 * (N - 1)])
                .isEqualTo(255);
        double[] none = new double[N];
        assertThat(coloured(none, none, none, ArrayElement.UINT8).warnings())
                .singleElement()
                .asString()
                .contains("are black");
    }

    @Test
    void coloursThatAreNoNumbersAreSaid() {
        double[] red = ramp(1);
        red[0] = Double.NaN;
        CloudScene converted = coloured(red, ramp(1), ramp(1), ArrayElement.FLOAT32);
        assertThat(converted.warnings()).singleElement().asString().contains("1 of 1200 colour values", "NaN");
        assertThat(converted.scene().colours()[3 * (N - 1)]).isEqualTo(255);
    }

    private static double[] ramp(double top) {
        double[] values = new double[N];
        for (int i = 0; i < N; i++) {
            values[i] = top * i / (N - 1);
        }
        return values;
    }

    private static CloudScene coloured(double[] red, double[] green, double[] blue, ArrayElement type) {
        double[] place = ramp(5);
        return CloudScenes.convert(
                PointCloud.of(
                        "made",
                        Column.of("x", place),
                        Column.of("y", place),
                        Column.of("z", place),
                        new Column("red", NpArray.of(red, N).as(type)),
                        new Column("green", NpArray.of(green, N).as(type)),
                        new Column("blue", NpArray.of(blue, N).as(type))),
                "s");
    }

    // Normals and columns without names.

    @Test
    void anIntensityBeforeTheColoursIsNoNormal() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < N; i++) {
            text.append("%d %d 0.5 %d %d 100 50\n".formatted(i % 20, i / 20, -1500 + 10 * i, i % 256));
        }
        PointCloud cloud = CloudFiles.read(write("a.txt", text.toString()));
        assertThat(cloud.names()).containsExactly("x", "y", "z", "intensity", "r", "g", "b");
        assertThat(cloud.warnings()).singleElement().asString().contains("x, y, z, intensity, r, g, b");
        Scene scene = CloudScenes.convert(cloud, "s").scene();
        assertThat(scene.hasNormals()).isFalse();
        assertThat(scene.colours()[3]).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'1 2 3 10 20 30 0 0 -1', 'x y z r g b nx ny nz'",
        "'1 2 3 0 0 -1 10 20 30', 'x y z nx ny nz r g b'",
        "'1 2 3 -7 3 -900', 'x y z column4 column5 column6'",
        "'1 2 3 0.1 0.2 0.3 4', 'x y z r g b column7'",
        "'1 2 3 -40', 'x y z column4'"
    })
    void valuesTellWhatColumnsAre(String line, String names) throws IOException {
        PointCloud cloud = CloudFiles.read(write("a.txt", line + "\n"));
        assertThat(String.join(" ", cloud.names())).isEqualTo(names);
        assertThat(cloud.warnings()).singleElement().asString().contains(names.replace(" ", ", "));
    }

    @Test
    void namedNormalsOutsideTheUnitBallAreNotUsedAndSaid() throws IOException {
        CloudScene converted = convert(write("a.csv", "x,y,z,nx,ny,nz\n0,0,0,-127,0,0\n1,1,1,0,127,0\n"));
        assertThat(converted.scene().hasNormals()).isFalse();
        assertThat(converted.warnings()).singleElement().asString().contains("nx, ny, nz", "outside [-1, 1]");
    }

    // Headers.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//X,Y,Z,R,G,B,Label,Original cloud index\n1,2,3,10,20,30,4,0\n",
                ",x,y,z,r,g,b,label\n0,1,2,3,10,20,30,4\n",
                "\"Points:0\",\"Points:1\",\"Points:2\",\"RGB:0\",\"RGB:1\",\"RGB:2\",\"label\"\n1,2,3,10,20,30,4\n",
                "Points_0;Points_1;Points_2;RGB_0;RGB_1;RGB_2;label\n1;2;3;10;20;30;4\n",
                "\"\",\"x\",\"y\",\"z\",\"red\",\"green\",\"blue\",\"label\"\n\"1\",1,2,3,10,20,30,4\n",
                "\"x\" \"y\" \"z\" \"r\" \"g\" \"b\" \"label\"\n\"1\" 1 2 3 10 20 30 4\n",
                "POINT_X,POINT_Y,POINT_Z,Color_R,Color_G,Color_B,label,\n1,2,3,10,20,30,4,\n",
                "x [m]\ty [m]\tz [m]\tR\tG\tB\tlabel\n1\t2\t3\t10\t20\t30\t4\n",
                "# made by a scanner on a Monday\n# x y z r g b label\n1 2 3 10 20 30 4\n",
                "label,B,G,R,z,y,x\n4,30,20,10,3,2,1\n",
                "easting,northing,elevation,red,green,blue,label\n1,2,3,10,20,30,4\n",
                "x,y,z,red,green,blue,label,0,1\n1,2,3,10,20,30,4,7,8\n"
            })
    void headersOfManyProgramsNameTheColumns(String text) throws IOException {
        PointCloud cloud = CloudFiles.read(write("a.csv", text));
        CloudScene converted = CloudScenes.convert(cloud, "s");
        assertThat(converted.scene().positions()).containsExactly(1, 2, 3);
        assertThat(converted.scene().colours()).containsExactly(10, 20, 30);
        assertThat(CloudScenes.labels(cloud, "label", converted.kept())).containsExactly(4);
        assertThat(converted.warnings()).isEmpty();
    }

    @Test
    void cloudComparesFractionsAndCoordinatesAreFound() throws IOException {
        CloudScene converted = convert(write("a.txt", "//X Y Z Rf Gf Bf Nx Ny Nz\n1 2 3 0.5 0 1 0 0 1\n"));
        assertThat(converted.scene().colours()).containsExactly(127.5f, 0, 255);
        assertThat(converted.scene().normals()).containsExactly(0, 0, 1);
    }

    @Test
    void aTableOfNumbersWithRowNumbersLosesTheNumbersOnly() throws IOException {
        PointCloud cloud = CloudFiles.read(write("a.csv", ",0,1,2\n0,5,6,7\n1,8,9,10\n"));
        assertThat(cloud.names()).containsExactly("index", "x", "y", "z");
        assertThat(convert(folder.resolve("a.csv")).scene().positions()).containsExactly(5, 6, 7, 8, 9, 10);
    }

    @Test
    void namesThatFitNoLineAreToldAndRepeatedOnesNumbered() throws IOException {
        PointCloud cloud = CloudFiles.read(write("a.csv", "x,y,z,label\n1,2,3\n"));
        assertThat(cloud.warnings()).anyMatch(w -> w.contains("names 4 columns, the lines have 3 values"));
        assertThat(CloudFiles.read(write("b.csv", "x,y,z,s,s\n1,2,3,4,5\n")).names())
                .containsExactly("x", "y", "z", "s", "s_2");
    }

    @Test
    void headersOfAnEnemyCostNoMoreThanTheirLength() throws IOException {
        String numbers = "1 2 3" + " 4".repeat(60_000) + "\n";
        Path names = write("a.txt", "# x y z" + " s".repeat(60_000) + "\n" + numbers);
        Path comments = write("b.txt", "# x y\n".repeat(300_000) + "1 2 3\n");
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertThat(CloudFiles.read(names).names()).hasSize(60_003).endsWith("s_60000");
            assertThat(CloudFiles.read(comments).names()).containsExactly("x", "y", "z");
        });
    }

    // Words and empty cells.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nan",
                "-nan",
                "NaN",
                "qnan",
                "sNaN",
                "nan(ind)",
                "-nan(snan)",
                "nan(0x8000000000000)",
                "NaNQ",
                "1.#QNAN",
                "-1.#IND",
                "1.#IND00",
                "1.#QNAN0",
                "1.#SNAN",
                "1.#R",
                "NA",
                "N/A",
                "null",
                "<NA>",
                "None"
            })
    void wordsForMissingNumbersAreNaN(String word) throws IOException {
        for (String name : new String[] {"a.txt", "a.pcd", "a.ply"}) {
            assertThat(values(name, word)[0]).as(name).isNaN();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inf", "+INF", "Infinity", "1.#INF", "1.#INF00", "1.#J"})
    void wordsForInfinityAreInfinite(String word) throws IOException {
        assertThat(values("a.txt", word)[0]).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(values("a.pcd", "-" + word.replace("+", ""))[0]).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"banana", "nano", "1.#", "infinite", "1.#QNANx", "--1", "0x10", "1,5"})
    void otherWordsAreNoNumbers(String word) {
        assertThatThrownBy(() -> values("a.ply", word))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("is no number");
    }

    private double[] values(String name, String word) throws IOException {
        String xyz = "property float x\nproperty float y\nproperty float z\n";
        String start = name.endsWith("ply")
                ? "ply\nformat ascii 1.0\nelement vertex 2\n" + xyz + "end_header\n"
                : name.endsWith("pcd")
                        ? "VERSION .7\n"
                                + "FIELDS x y z\n"
                                + "SIZE 4 4 4\n"
                                + "TYPE F F F\n"
                                + "COUNT 1 1 1\n"
                                + "WIDTH 2\n"
                                + "HEIGHT 1\n"
                                + "POINTS 2\n"
                                + "DATA ascii\n"
                        : "# x y z\n";
        PointCloud cloud = CloudFiles.read(write(name, start + word + " 0 1\n1 2 3\n"));
        return cloud.column("x").values().doubles();
    }

    @Test
    void emptyCellsAreMissingNumbersAndSaid() throws IOException {
        PointCloud cloud = CloudFiles.read(write("a.csv", "x,y,z,label,score\n1,2,3,,\n4,5,6,7,8\n"));
        assertThat(cloud.column("label").values().doubles()).containsExactly(Double.NaN, 7);
        assertThat(cloud.column("score").values().doubles()).containsExactly(Double.NaN, 8);
        assertThat(cloud.warnings()).singleElement().asString().contains("2 cells are empty", "line 2, column 4");
    }

    @Test
    void pointsWithoutPositionAreCounted() throws IOException {
        CloudScene converted = convert(write("a.txt", "nan 0 0\n1 2 3\n2 3 4\n"));
        assertThat(converted.kept()).containsExactly(1, 2);
        assertThat(converted.warnings()).singleElement().asString().contains("1 of 3 points have no finite position");
    }

    @Test
    void aLabelThatIsNotANumberIsNone() throws IOException {
        PointCloud cloud = CloudFiles.read(write("a.csv", "x,y,z,label\n0,0,0,nan\n1,1,1,2\n"));
        assertThat(CloudScenes.labels(cloud, "label", new int[] {0, 1})).containsExactly(CloudScenes.NO_LABEL, 2);
        PointCloud broken = CloudFiles.read(write("b.csv", "x,y,z,label\n0,0,0,nan\n1,1,1,2.5\n"));
        assertThatThrownBy(() -> CloudScenes.labels(broken, "label", new int[] {0, 1}))
                .hasMessageContaining("point 1: field 'label' is 2.5");
    }

    @Test
    void controlCharactersOfFilesAreShownAsEscapes() throws IOException {
        assertThatThrownBy(() -> CloudFiles.read(write("a.txt", "0 0 0 \u001b[31mRED\u001b[2J\n")))
                .hasMessageContaining("'\\x1b[31mRED\\x1b[2J'")
                .message()
                .doesNotContain("\u001b");
        assertThatThrownBy(() -> CloudFiles.read(write("b.txt", "0 0 0 1 185\u0010187 2\n")))
                .hasMessageContaining("'185\\x10187' in column 5");
        PointCloud cloud = CloudFiles.read(write("c.csv", "x,y,z,\u001b[2J\n1,2,3\n"));
        assertThat(cloud.warnings()).isNotEmpty().noneMatch(w -> w.contains("\u001b"));
    }

    // Arrays.

    @Test
    void tablesThatLieOnTheirSideAreRefusedWithTheirShape() throws IOException {
        Npy.write(folder.resolve("a.npy"), NpArray.of(new double[7 * N], 7, N));
        assertThatThrownBy(() -> CloudFiles.read(folder.resolve("a.npy")))
                .hasMessageContaining("[7, 400]")
                .hasMessageContaining("[N, 3]")
                .hasMessageContaining("transpose it");
        Npz.write(folder.resolve("a.npz"), Map.of("points", NpArray.of(new double[3 * N], 3, N)));
        assertThatThrownBy(() -> CloudFiles.read(folder.resolve("a.npz")))
                .hasMessageContaining("'points'")
                .hasMessageContaining("[3, 400]")
                .hasMessageContaining("transpose it");
        Map<String, NpArray> colours = new LinkedHashMap<>();
        colours.put("points", NpArray.of(new double[3 * N], N, 3));
        colours.put("colors", NpArray.of(new int[3 * N], 3, N));
        Npz.write(folder.resolve("b.npz"), colours);
        assertThatThrownBy(() -> CloudFiles.read(folder.resolve("b.npz")))
                .hasMessageContaining("'colors'")
                .hasMessageContaining("[3, 400]; [400, 3] is expected")
                .hasMessageContaining("transpose it");
        String line = "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17\n";
        assertThatThrownBy(() -> CloudFiles.read(write("a.txt", line + line + line)))
                .hasMessageContaining("[3, 17]")
                .hasMessageContaining("transpose it");
    }

    /** Points and a pickled dictionary, as numpy.savez writes {@code meta={'a': 1}}. */
    @Test
    void pickledObjectsBesideArraysAreLeftOutUnread() throws IOException {
        Path file = folder.resolve("a.npz");
        byte[] points = npy("'<f4'", "2, 3", new byte[24]);
        byte[] meta = npy("'|O'", "", "cos\nsystem\n(S'true'\ntR.".getBytes(StandardCharsets.US_ASCII));
        zip(file, Map.of("points.npy", points, "meta.npy", meta));
        PointCloud cloud = CloudFiles.read(file);
        assertThat(cloud.names()).containsExactly("points");
        assertThat(cloud.warnings()).singleElement().asString().contains("array 'meta'", "never unpickled", "left out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.npz", "a.npy"})
    void fieldsOfStructuredArraysAreColumns(String name) throws IOException {
        ByteBuffer rows = ByteBuffer.allocate(2 * 19).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 2; i++) {
            rows.putFloat(i)
                    .putFloat(2)
                    .putFloat(3)
                    .put(new byte[] {10, 20, 30})
                    .putInt(5 + i);
        }
        byte[] array = npy(
                "[('x', '<f4'), ('y', '<f4'), ('z', '<f4'), ('red', '|u1'), ('green', '|u1'), ('blue', '|u1'),"
                        + " ('label', '<i4')]",
                "2,",
                rows.array());
        if (name.endsWith("npz")) {
            zip(folder.resolve(name), Map.of("points.npy", array));
        } else {
            Files.write(folder.resolve(name), array);
        }
        PointCloud cloud = CloudFiles.read(folder.resolve(name));
        CloudScene converted = CloudScenes.convert(cloud, "s");
        assertThat(converted.scene().positions()).containsExactly(0, 2, 3, 1, 2, 3);
        assertThat(converted.scene().colours()).containsExactly(10, 20, 30, 10, 20, 30);
        assertThat(CloudScenes.labels(cloud, "label", converted.kept())).containsExactly(5, 6);
        assertThat(cloud.warnings()).isEmpty();
    }

    private static byte[] npy(String descr, String shape, byte[] payload) {
        byte[] header = ("{'descr': " + descr + ", 'fortran_order': False, 'shape': (" + shape + "), }\n")
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(10 + header.length + payload.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length)
                .put(header)
                .put(payload)
                .array();
    }

    private static void zip(Path file, Map<String, byte[]> entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
    }

    @Test
    void smallCloudsAreNoTablesOnTheirSide() {
        Npy.write(folder.resolve("a.npy"), NpArray.of(new double[21], 3, 7));
        assertThat(CloudFiles.read(folder.resolve("a.npy")).size()).isEqualTo(3);
    }

    private CloudScene convert(Path file) {
        return CloudScenes.convert(CloudFiles.read(file), "s");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
