package org.scenecontexts.benchmarks.gpu;

import java.nio.file.Path;
import java.util.Random;
import org.scenecontexts.api.workload.RoomSize;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.PointCloud;

/** Makes a cloud of a recorded room, one point in each voxel, so that a training has the same batch as {@code csc bench}. */
final class RoomCloud {

    /** Field of the labels. */
    static final String LABEL = "label";

    /** Classes that are labelled; other labels are left out, as in {@code csc bench}. */
    static final int CLASSES = 20;

    private RoomCloud() {}

    /**
     * Writes a cloud.
     *
     * @param room {@code room60k.npz} or another: voxels of 2 cm and labels
     */
    static void write(Path room, Path cloud) {
        try (Npz npz = Npz.open(room)) {
            int[] grid = npz.get("coords").ints();
            int[] labels = npz.get("labels").ints();
            int points = labels.length;
            Column[] columns = new Column[7];
            for (int axis = 0; axis < 3; axis++) {
                float[] positions = new float[points];
                for (int i = 0; i < points; i++) {
                    positions[i] = (float) ((grid[4 * i + 1 + axis] + 0.5) * RoomSize.SPACING);
                }
                columns[axis] = Column.of("xyz".substring(axis, axis + 1), positions);
            }
            Random random = new Random(points);
            for (int channel = 0; channel < 3; channel++) {
                int[] colours = random.ints(points, 0, 256).toArray();
                columns[3 + channel] = Column.of(new String[] {"red", "green", "blue"}[channel], colours);
            }
            columns[6] = Column.of(LABEL, labels);
            CloudFiles.write(cloud, PointCloud.of(room.toString(), columns));
        }
    }
}
