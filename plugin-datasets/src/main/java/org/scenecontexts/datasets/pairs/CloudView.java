package org.scenecontexts.datasets.pairs;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.scenecontexts.api.data.Origin;
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
 * @param origin what is subtracted from all clouds of the folder, on the axes of the files; of the cloud's own when empty
 * @param warnings told what is odd about the file
 */
record CloudView(Path file, double scale, Up up, Optional<Origin> origin, Consumer<String> warnings) {

    /** The same cloud relative to an origin that others share. */
    CloudView at(Origin common) {
        return new CloudView(file, scale, up, Optional.of(common), warnings);
    }

    /** Name of the file without its ending. */
    String name() {
        return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    /** The origin that suits this cloud, on the axes of the file. */
    Origin ownOrigin() {
        return converted().scene().origin();
    }

    /** The cloud in metres, z up. */
    Scene load() {
        return up.turned(converted().scene());
    }

    private CloudScene converted() {
        CloudScene converted = CloudScenes.convert(CloudFiles.read(file), name(), scale, origin);
        converted.warnings().forEach(warnings);
        return converted;
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
