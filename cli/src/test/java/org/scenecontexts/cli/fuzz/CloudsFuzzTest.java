package org.scenecontexts.cli.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.cloud.CloudEncoding;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.CloudScenes;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.PointCloud;

/** Point clouds of every format, changed, read and made into scenes. */
class CloudsFuzzTest {

    private static final int POINTS = 24;

    @TempDir
    Path folder;

    private static PointCloud cloud(boolean fields) {
        Random random = new Random(3);
        List<Column> columns = new ArrayList<>();
        for (String name : List.of("x", "y", "z")) {
            columns.add(Column.of(name, floats(random)));
        }
        if (fields) {
            for (String name : List.of("red", "green", "blue", "label")) {
                columns.add(Column.of(name, random.ints(POINTS, 0, 200).toArray()));
            }
            columns.add(Column.of("nx", floats(random)));
        }
        return PointCloud.of("seed", columns.toArray(Column[]::new));
    }

    private static float[] floats(Random random) {
        float[] values = new float[POINTS];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() * 4;
        }
        return values;
    }

    private byte[] written(String extension, CloudEncoding encoding, boolean fields) throws IOException {
        Path file = folder.resolve("seed." + extension);
        CloudFiles.write(file, cloud(fields), encoding);
        return Files.readAllBytes(file);
    }

    private static byte[] text(String... lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private void fuzz(String kind, String extension, List<byte[]> seeds, String... tokens) {
        new Fuzz(kind, folder, "cloud." + extension, CloudsFuzzTest::read, CloudException.class)
                .run(seeds, new Mutations(seeds, List.of(tokens), kind.hashCode())::get);
    }

    private static void read(Path file) {
        PointCloud cloud = CloudFiles.read(file);
        CloudScenes.convert(cloud, file.toString(), 1);
    }

    @Test
    void plyAscii() throws IOException {
        byte[] faces = text(
                "ply",
                "format ascii 1.0",
                "comment made by hand",
                "element vertex 4",
                "property double x",
                "property double y",
                "property double z",
                "property uchar red",
                "property uchar green",
                "property uchar blue",
                "property list uchar float extra",
                "element face 2",
                "property list uchar int vertex_indices",
                "end_header",
                "0 0 0 1 2 3 2 0.5 0.25",
                "1 0 0 1 2 3 0",
                "0 1 0 255 2 3 1 7",
                "1 1 0.5 1 2 3 0",
                "3 0 1 2",
                "3 1 2 3");
        fuzz(
                "PLY ascii",
                "ply",
                List.of(written("ply", CloudEncoding.ASCII, true), faces),
                "property list int int a\n",
                "element vertex 1000000000\n",
                "property float x\n",
                "element e 4294967296\n",
                "format binary_little_endian 1.0\n",
                "nan");
    }

    @Test
    void plyBinary() throws IOException {
        byte[] little = written("ply", CloudEncoding.BINARY, true);
        byte[] big = new String(little, StandardCharsets.ISO_8859_1)
                .replace("binary_little_endian", "binary_big_endian")
                .getBytes(StandardCharsets.ISO_8859_1);
        // Read in the other byte order the numbers are no longer small, but numbers.
        byte[] list = new String(
                        text(
                                "ply",
                                "format binary_little_endian 1.0",
                                "element vertex 1",
                                "property float x",
                                "property float y",
                                "property float z",
                                "element face 1",
                                "property list uchar int vertex_indices",
                                "end_header"),
                        StandardCharsets.ISO_8859_1)
                .concat("\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\0")
                .getBytes(StandardCharsets.ISO_8859_1);
        fuzz(
                "PLY binary",
                "ply",
                List.of(little, big, list),
                "property list int int a\n",
                "element vertex 1000000000\n",
                "property list uchar double d\n");
    }

    @Test
    void pcdAscii() throws IOException {
        fuzz(
                "PCD ascii",
                "pcd",
                List.of(written("pcd", CloudEncoding.ASCII, true), written("pcd", CloudEncoding.ASCII, false)),
                "POINTS 1000000000\n",
                "WIDTH 4294967296\n",
                "COUNT 2147483647 1 1\n",
                "DATA binary\n");
    }

    @Test
    void pcdBinary() throws IOException {
        fuzz(
                "PCD binary",
                "pcd",
                List.of(written("pcd", CloudEncoding.BINARY, true), written("pcd", CloudEncoding.BINARY, false)),
                "POINTS 1000000000\n",
                "SIZE 8 8 8\n",
                "COUNT 2147483647 1 1\n");
    }

    @Test
    void pcdCompressed() throws IOException {
        fuzz(
                "PCD compressed",
                "pcd",
                List.of(
                        written("pcd", CloudEncoding.COMPRESSED, true),
                        written("pcd", CloudEncoding.COMPRESSED, false)),
                "POINTS 1000000000\n",
                "WIDTH 1000000\n");
    }

    @Test
    void text() throws IOException {
        fuzz(
                "text",
                "txt",
                List.of(
                        written("txt", CloudEncoding.ASCII, true),
                        text("# x y z label", "0 0 1 2", "1 0 0 3", "0 4 1 2"),
                        text("3", "0 0 1", "1 0 0", "0 4 1")),
                "nan",
                "//X Y Z\n",
                "\t",
                ";");
    }

    @Test
    void csv() throws IOException {
        fuzz(
                "CSV",
                "csv",
                List.of(
                        written("csv", CloudEncoding.ASCII, true),
                        text("\"x\",\"y\",\"z\"", "0,0,1", "1,0,0", "0,4,1"),
                        text("x;y;z", "0;0;1", "1;0;0")),
                "\"",
                ",,",
                ";");
    }

    @Test
    void numpyClouds() throws IOException {
        fuzz("NPY clouds", "npy", List.of(written("npy", CloudEncoding.BINARY, false)), "(1000000000, 3)", "<f8");
        List<byte[]> seeds =
                List.of(written("npz", CloudEncoding.BINARY, true), written("npz", CloudEncoding.COMPRESSED, false));
        Mutations whole = new Mutations(seeds, List.of(), 5);
        new Fuzz("NPZ clouds", folder, "cloud.npz", CloudsFuzzTest::read, CloudException.class)
                .run(seeds, number -> Archives.mutant(seeds, whole, List.of("(1000000000, 3)", "|O"), 5, number));
    }
}
