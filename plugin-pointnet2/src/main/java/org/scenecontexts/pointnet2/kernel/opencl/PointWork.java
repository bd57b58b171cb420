package org.scenecontexts.pointnet2.kernel.opencl;

import org.scenecontexts.opencl.DeviceWork;
import org.scenecontexts.pointnet2.kernel.PointSets;

/** Counts the work of a call: distances for searches, numbers for what moves rows about. */
final class PointWork {

    private PointWork() {}

    static DeviceWork farthest(PointSets points, int picks) {
        return new DeviceWork(
                (double) points.rows() * picks, 4.0 * (6.0 * points.rows() + (double) points.scenes() * picks));
    }

    /** @param results numbers written per query */
    static DeviceWork search(PointSets points, PointSets queries, int results) {
        double distances = 0;
        for (int b = 0; b < points.scenes(); b++) {
            distances += (double) points.size(b) * queries.size(b);
        }
        return new DeviceWork(distances, 4.0 * (3.0 * points.rows() + (5.0 + results) * queries.rows()));
    }

    /** @param rows rows of {@code columns} numbers on the longer side, with their indices; {@code known} on the shorter */
    static DeviceWork rows(double rows, double columns, double known) {
        return new DeviceWork(rows * columns, 4 * (rows * (columns + 3) + known * columns));
    }
}
