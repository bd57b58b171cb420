package org.scenecontexts.io.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;

class TextCloudTest {

    @TempDir
    Path folder;

    @Test
    void columnsWithoutNamesArePositionsColoursAndTheRest() throws IOException {
        PointCloud cloud = read("a.xyz", "1 2 3 10 20 30 7\n-1.5\t2e-3  3 11 21 31 8\n");
        assertThat(cloud.names()).containsExactly("x", "y", "z", "r", "g", "b", "column7");
        assertThat(cloud.column("x").values().doubles()).containsExactly(1, -1.5);
        assertThat(cloud.column("y").values().doubles()).containsExactly(2, 0.002);
        assertThat(cloud.column("column7").values().ints()).containsExactly(7, 8);
    }

    @Test
    void negativeColumnsAfterThePositionsAreNormals() throws IOException {
        assertThat(read("a.xyz", "1 2 3 0 0 -1\n").names()).containsExactly("x", "y", "z", "nx", "ny", "nz");
    }

    @Test
    void headersNameColumnsAndSeparatorsAreFound() throws IOException {
        for (String text : new String[] {
            "x,y,z,label\n1,2,3,4\n",
            "x; y; z; label\n1; 2; 3; 4\n",
            "# x y z label\n1 2 3 4\n",
            "//X Y Z Label\n1 2 3 4\n"
        }) {
            PointCloud cloud = read("a.csv", text);
            assertThat(cloud.column("label").values().ints()).containsExactly(4);
            assertThat(cloud.column("z").values().doubles()).containsExactly(3);
        }
    }

    @Test
    void aLeadingCountIsCheckedNotReadAsAPoint() throws IOException {
        PointCloud cloud = read("a.pts", "2\n1 2 3 -5 9 9 9\n4 5 6 -7 8 8 8\n");
        assertThat(cloud.names()).containsExactly("x", "y", "z", "intensity", "r", "g", "b");
        assertThatThrownBy(() -> read("b.pts", "3\n1 2 3\n4 5 6\n"))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("promises 3 points, found 2");
    }

    @Test
    void badLinesAreReportedWithTheirNumber() {
        assertThatThrownBy(() -> read("a.xyz", "1 2 3\n1 2 x3\n"))
                .hasMessageContaining("a.xyz, line 2")
                .hasMessageContaining("'x3' in column 3 is no number");
        assertThatThrownBy(() -> read("a.xyz", "1 2 3\n\n1 2\n")).hasMessageContaining("line 3");
        assertThatThrownBy(() -> read("a.csv", "1,2,3\n1,3\n")).hasMessageContaining("line 2");
        assertThatThrownBy(() -> read("a.xyz", "1 2 1f\n")).hasMessageContaining("'1f'");
        assertThatThrownBy(() -> read("a.xyz", "1 2\n")).hasMessageContaining("at least x, y and z");
    }

    @Test
    void filesWithoutPointsAreErrors() {
        for (String text : new String[] {"", "# x y z\n", "x y z\n", "\n\n"}) {
            assertThatThrownBy(() -> read("a.xyz", text)).isInstanceOf(CloudException.class);
        }
    }

    @Test
    void numbersAreReadAsJavaWould() throws IOException {
        String[] words = {
            "0.1", "-0.30000000000000004", "123456.789", "1e22", "-0", "4.9e-324", "9007199254740993", ".5", "5."
        };
        for (String word : words) {
            assertThat(read("a.xyz", word + " 0 0\n").column("x").values().doubles()[0])
                    .isEqualTo(Double.parseDouble(word));
        }
        assertThat(read("a.xyz", "NaN -inf 0\n").column("y").values().doubles()[0])
                .isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void unknownKindsOfFilesAreRefused() {
        assertThatThrownBy(() -> read("a.docx", "hello")).hasMessageContaining("no known format");
        assertThatThrownBy(() -> read("a.ply", "hello")).hasMessageContaining("starts with the line 'ply'");
        assertThatThrownBy(() -> CloudFiles.read(folder.resolve("none.ply"))).hasMessageContaining("no such file");
        assertThatThrownBy(() -> CloudFiles.read(folder)).hasMessageContaining("is a folder");
    }

    @Test
    void aWrongExtensionDoesNotHideTheFormat() throws IOException {
        PointCloud cloud = read(
                "a.txt",
                "ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nproperty float z\n"
                        + "end_header\n1 2 3\n");
        assertThat(cloud.names()).containsExactly("x", "y", "z");
    }

    @Test
    void fractionsAsColoursAreBroughtTo255() throws IOException {
        float[] colours = CloudScenes.convert(read("a.xyz", "1 2 3 0.5 1.0 0\n2 3 4 0.25 0 0\n"), "s")
                .scene()
                .colours();
        assertThat(colours).containsExactly(127.5f, 255, 0, 63.75f, 0, 0);
    }

    @Test
    void cloudsFarFromTheOriginKeepTheirMillimetres() throws IOException {
        CloudScene converted =
                CloudScenes.convert(read("a.xyz", "500000.123 5300000.456 1\n500001.124 5300001.456 2\n"), "s");
        float[] p = converted.scene().positions();
        assertThat(p[3] - p[0]).isEqualTo(1.001f, org.assertj.core.api.Assertions.within(1e-5f));
        assertThat(converted.scene().origin()).isEqualTo(new Origin(500000, 5300000, 0));
        assertThat(converted.warnings()).anyMatch(w -> w.contains("subtracted"));
    }

    @Test
    void unitsThatCannotBeMetresAreWarnedOf() throws IOException {
        assertThat(CloudScenes.convert(read("a.xyz", "0 0 0\n3000 10 10\n"), "s")
                        .warnings())
                .singleElement()
                .asString()
                .contains("a.xyz", "3000", "millimetre", "scale: 0.001");
        assertThat(CloudScenes.convert(read("a.xyz", "0 0 0\n0.003 0 0\n"), "s").warnings())
                .singleElement()
                .asString()
                .contains("less than 0.05");
        assertThat(CloudScenes.convert(read("a.xyz", "0 0 0\n3000 10 10\n"), "s", 0.001)
                        .warnings())
                .isEmpty();
    }

    @Test
    void numpyArchivesNeedPositionsAndKeepWhatBelongsToPoints() {
        Path file = folder.resolve("a.npz");
        Npz.write(
                file,
                new java.util.TreeMap<>(Map.of(
                        "xyz", NpArray.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3),
                        "labels", NpArray.of(new long[] {3, 4}),
                        "title", NpArray.of(new String[] {"room"}))));
        PointCloud cloud = CloudFiles.read(file);
        assertThat(cloud.names()).containsExactly("labels", "xyz");
        assertThat(cloud.warnings()).singleElement().asString().contains("'title'");
        assertThat(CloudScenes.convert(cloud, "s").scene().positions()).containsExactly(1, 2, 3, 4, 5, 6);
        Npz.write(file, Map.of("a", NpArray.of(new float[] {1})));
        assertThatThrownBy(() -> CloudFiles.read(file)).hasMessageContaining("has no positions");
    }

    private PointCloud read(String name, String text) throws IOException {
        return CloudFiles.read(Files.writeString(folder.resolve(name), text));
    }
}
