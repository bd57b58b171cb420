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
        double cos = Math.cos(box.heading());
        double sin = Math.sin(box.heading());
        int count = 0;
        for (int i = 0; i + 2 < positions.length && count < enough; i += 3) {
            double dx = positions[i] - box.centreX();
            double dy = positions[i + 1] - box.centreY();
            double dz = positions[i + 2] - box.centreZ();
            if (Math.abs(2 * (cos * dx + sin * dy)) <= box.sizeX()
                    && Math.abs(2 * (cos * dy - sin * dx)) <= box.sizeY()
                    && Math.abs(2 * dz) <= box.sizeZ()) {
                count++;
            }
        }
        return count;
    }
}
