package org.scenecontexts.votenet.box;

import org.scenecontexts.api.data.Box;

/**
 * Counts the points that boxes hold.
 *
 * @param positions metres, {@code [N, 3]}
 * @since 0.2
 */
public record BoxPoints(float[] positions) {

    /**
     * How many points lie in a box, its surface included.
     *
     * @param enough where counting may end
     */
    public int inside(Box box, int enough) {
        int count = 0;
        for (int i = 0; i + 2 < positions.length && count < enough; i += 3) {
            if (holds(box, positions[i], positions[i + 1], positions[i + 2])) {
                count++;
            }
        }
        return count;
    }

    /** Whether a place lies in a box, its surface included. */
    public static boolean holds(Box box, double x, double y, double z) {
        double dx = x - box.centreX();
        double dy = y - box.centreY();
        double cos = Math.cos(box.heading());
        double sin = Math.sin(box.heading());
        return Math.abs(2 * (cos * dx + sin * dy)) <= box.sizeX()
                && Math.abs(2 * (cos * dy - sin * dx)) <= box.sizeY()
                && Math.abs(2 * (z - box.centreZ())) <= box.sizeZ();
    }
}
