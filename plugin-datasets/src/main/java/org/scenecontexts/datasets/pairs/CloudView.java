package org.scenecontexts.datasets.pairs;

import java.nio.file.Path;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.CloudScene;
import org.scenecontexts.io.cloud.CloudScenes;
import org.scenecontexts.io.cloud.Up;

/**
 * One cloud of a folder, read when it is needed.
 *
 * @param scale factor to metres
 * @param up the axis of the file that points up
 */
record CloudView(Path file, double scale, Up up) {

    /** Name of the file without its ending. */
    String name() {
        return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    /** The cloud in metres, z up. */
    Scene load() {
        CloudScene converted = CloudScenes.convert(CloudFiles.read(file), name(), scale);
        if (converted.offset().stream().anyMatch(offset -> offset != 0)) {
            throw new CloudException(
                    file + ": lies kilometres from the origin, so that 32-bit positions would be coarser than"
                            + " a millimetre; subtract one offset from all clouds of the folder first");
        }
        return up.turned(converted.scene());
    }

    /** One point per voxel, {@code [M, 3]}. */
    double[] reduced(double voxel) {
        float[] positions = load().positions();
        double[] points = new double[positions.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = positions[i];
        }
        return VoxelAverages.of(points, 3, voxel);
    }
}
