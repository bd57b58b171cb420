package org.scenecontexts.io.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;

class PlyTest {

    private static final String XYZ = "property float x\nproperty float y\nproperty float z\n";

    @TempDir
    Path folder;

    @Test
    void facesAndCommentsSurviveReadingAndWriting() throws IOException {
        Path file = ascii(
                "comment made by hand\nelement vertex 3\n" + XYZ
                        + "element face 2\nproperty list uchar int vertex_indices\n",
                "0 0 0\n1 0 0\n0 1 0\n3 0 1 2\n4 0 1 2 0\n");
        PointCloud cloud = CloudFiles.read(file);
        for (CloudEncoding encoding : CloudEncoding.values()) {
            Path copy = folder.resolve("copy.ply");
            CloudFiles.write(copy, cloud, encoding);
            CloudLayout layout = CloudFiles.read(copy).layout();
            assertThat(layout.faceStarts()).containsExactly(0, 3, 7);
            assertThat(layout.faceVertices()).containsExactly(0, 1, 2, 0, 1, 2, 0);
            assertThat(layout.comments()).containsExactly("made by hand");
        }
    }

    @Test
    void listsOfOneLengthAreKeptAsColumns() throws IOException {
        String vertex = "element vertex 2\n" + XYZ + "property list uchar int view\nproperty list uchar float pair\n";
        PointCloud text = CloudFiles.read(ascii(vertex, "0 0 0 1 7 2 0.5 1.5\n1 0 0 1 8 2 2.5 3.5\n"));
        ByteBuffer data = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 2; i++) {
            data.putFloat(i).putFloat(0).putFloat(0).put((byte) 1).putInt(7 + i);
            data.put((byte) 2).putFloat(0.5f + 2 * i).putFloat(1.5f + 2 * i);
        }
        PointCloud bytes =
                CloudFiles.read(binary("ply\nformat binary_little_endian 1.0\n" + vertex + "end_header\n", data));
        for (PointCloud cloud : new PointCloud[] {text, bytes}) {
            assertThat(cloud.names()).containsExactly("x", "y", "z", "view", "pair");
            assertThat(cloud.column("view").values().ints()).containsExactly(7, 8);
            assertThat(cloud.column("pair").values().shape()).containsExactly(2, 2);
            assertThat(cloud.column("pair").values().floats()).containsExactly(0.5f, 1.5f, 2.5f, 3.5f);
            assertThat(cloud.warnings()).isEmpty();
        }
    }

    @Test
    void listsOfSeveralLengthsAreNamedInOneWarning() throws IOException {
        PointCloud cloud = CloudFiles.read(ascii(
                "element vertex 2\n" + XYZ + "property list uchar int view\n"
                        + "property list uchar int tag\n"
                        + "element face 1\n"
                        + "property list uchar int vertex_indices\n"
                        + "property list uchar float texcoord\n",
                "0 0 0 1 7 0\n1 0 0 2 8 9 1 4\n3 0 1 1 2 0.5 0.5\n"));
        assertThat(cloud.names()).containsExactly("x", "y", "z");
        assertThat(cloud.warnings()).singleElement().asString().contains("'view'", "'tag'", "[texcoord] of the faces");
    }

    @Test
    void otherElementsAndListsAreSteppedOver() throws IOException {
        String header = "ply\nformat binary_little_endian 1.0\nelement camera 1\nproperty list uchar short pose\n"
                + "property double focus\nelement vertex 2\n" + XYZ
                + "property list uchar uchar tags\nproperty int label\nelement tail 1\nproperty uchar u\nend_header\n";
        ByteBuffer data = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
        data.put((byte) 2).putShort((short) 1).putShort((short) 2).putDouble(0.5);
        data.putFloat(1)
                .putFloat(2)
                .putFloat(3)
                .put((byte) 3)
                .put(new byte[] {7, 8, 9})
                .putInt(5);
        data.putFloat(4).putFloat(5).putFloat(6).put((byte) 0).putInt(6).put((byte) 1);
        PointCloud cloud = CloudFiles.read(binary(header, data));
        assertThat(cloud.names()).containsExactly("x", "y", "z", "label");
        assertThat(cloud.column("label").values().ints()).containsExactly(5, 6);
        assertThat(cloud.column("y").values().floats()).containsExactly(2, 5);
        assertThat(cloud.warnings())
                .singleElement()
                .asString()
                .contains("list 'tags' of the vertices", "element 'camera' (1 rows)", "element 'tail'");
    }

    @Test
    void windowsLineEndsAreRead() throws IOException {
        Path file = folder.resolve("windows.ply");
        Files.writeString(
                file,
                ("ply\nformat ascii 1.0\nelement vertex 1\n" + XYZ + "end_header\n1 2 3\n").replace("\n", "\r\n"));
        assertThat(CloudFiles.read(file).column("z").values().floats()).containsExactly(3);
    }

    @Test
    void missingPointsAreCounted() throws IOException {
        String header = "ply\nformat binary_little_endian 1.0\nelement vertex 10\n" + XYZ + "end_header\n";
        Path file = binary(header, ByteBuffer.allocate(50).position(50));
        assertThatThrownBy(() -> CloudFiles.read(file))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("promises 10 points of 12 bytes")
                .hasMessageContaining("50 bytes follow")
                .hasMessageContaining("4 points are whole");
    }

    @Test
    void absurdCountsAreRefusedBeforeAnythingIsAllocated() throws IOException {
        for (String format : new String[] {"ascii", "binary_little_endian", "binary_big_endian"}) {
            for (String tail : new String[] {"", "property list uchar int tags\n"}) {
                Path file = folder.resolve("absurd.ply");
                Files.writeString(
                        file,
                        "ply\nformat " + format + " 1.0\nelement vertex 9000000000000000000\n" + XYZ + tail
                                + "end_header\n1 2 3\n");
                assertThatThrownBy(() -> CloudFiles.read(file)).isInstanceOf(CloudException.class);
            }
        }
    }

    @Test
    void aBadNumberIsReportedWithItsLine() throws IOException {
        Path file = ascii("element vertex 2\n" + XYZ, "1 2 3\n4 5,5 6\n");
        assertThatThrownBy(() -> CloudFiles.read(file))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("line 9")
                .hasMessageContaining("'5,5'");
    }

    @Test
    void aLineWithTooFewValuesIsReported() throws IOException {
        Path file = ascii("element vertex 2\n" + XYZ, "1 2 3\n4 5\n  \n       ");
        assertThatThrownBy(() -> CloudFiles.read(file)).hasMessageContaining("has 2 values, the header declares 3");
    }

    @Test
    void unknownTypesAreNamed() throws IOException {
        Path file = ascii("element vertex 1\nproperty float128 x\n", "1\n");
        assertThatThrownBy(() -> CloudFiles.read(file)).hasMessageContaining("'float128' is no PLY type");
    }

    @Test
    void valuesThatDoNotFitTheirTypeAreReported() throws IOException {
        Path file = ascii("element vertex 1\n" + XYZ + "property uchar red\n", "1 2 3 256\n");
        assertThatThrownBy(() -> CloudFiles.read(file))
                .hasMessageContaining("'256'")
                .hasMessageContaining("red");
    }

    @Test
    void noPointsIsAnError() throws IOException {
        Path file = ascii("element vertex 0\n" + XYZ, "");
        assertThatThrownBy(() -> CloudFiles.read(file)).hasMessageContaining("holds no points");
    }

    @Test
    void pointsBeyondTheCountAreWarnedOf() throws IOException {
        Path file = ascii("element vertex 1\n" + XYZ, "1 2 3\n4 5 6\n");
        assertThat(CloudFiles.read(file).warnings()).singleElement().asString().contains("more lines follow");
    }

    @Test
    void facesOfMissingPointsAreLeftOutWithAWarning() throws IOException {
        Path file = ascii(
                "element vertex 1\n" + XYZ + "element face 1\nproperty list uchar int vertex_index\n",
                "1 2 3\n3 0 1 2\n");
        PointCloud cloud = CloudFiles.read(file);
        assertThat(cloud.layout().faces()).isZero();
        assertThat(cloud.warnings()).singleElement().asString().contains("vertex 1");
    }

    private Path ascii(String header, String body) throws IOException {
        return Files.writeString(
                folder.resolve("made.ply"), "ply\nformat ascii 1.0\n" + header + "end_header\n" + body);
    }

    private Path binary(String header, ByteBuffer data) throws IOException {
        byte[] start = header.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer all = ByteBuffer.allocate(start.length + data.position());
        all.put(start).put(data.array(), 0, data.position());
        return Files.write(folder.resolve("made.ply"), all.array());
    }
}
