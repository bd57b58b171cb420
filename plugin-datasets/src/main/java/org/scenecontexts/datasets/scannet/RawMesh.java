package org.scenecontexts.datasets.scannet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.PointCloud;

/**
 * The vertices of a scan in the order of its file, which all labels count by.
 *
 * @param positions metres in the frame of the scan, {@code [N, 3]}
 * @param colours 0 to 255, {@code [N, 3]}
 */
record RawMesh(float[] positions, float[] colours) {

    private static final List<String> COLUMNS = List.of("x", "y", "z", "red", "green", "blue");

    /** @throws CloudException when the file is damaged, or no coloured mesh */
    static RawMesh read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CloudException(file + ": no such file; download the scan again");
        }
        PointCloud cloud = CloudFiles.read(file);
        float[][] read = new float[COLUMNS.size()][];
        for (int c = 0; c < read.length; c++) {
            String name = COLUMNS.get(c);
            read[c] = cloud.find(name)
                    .orElseThrow(() -> new CloudException(file + ": its vertices have no '" + name + "', found "
                            + cloud.names() + "; the mesh of ScanNet's release has x, y, z, red, green, blue"))
                    .values()
                    .floats();
        }
        return new RawMesh(interleave(read, 0), interleave(read, 3));
    }

    private static float[] interleave(float[][] columns, int first) {
        int n = columns[first].length;
        float[] table = new float[3 * n];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < 3; c++) {
                table[3 * i + c] = columns[first + c][i];
            }
        }
        return table;
    }

    int size() {
        return positions.length / 3;
    }
}
