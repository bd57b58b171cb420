package org.scenecontexts.datasets.synthetic;

/**
 * A thing in a room, with the box around all of it, seen or not.
 *
 * @param type what it is
 * @param centreX x of the box centre, metres
 * @param centreY y of the box centre, metres
 * @param centreZ z of the box centre, metres
 * @param sizeX width of the box along its own x axis, metres
 * @param sizeY depth of the box along its own y axis, metres
 * @param sizeZ height of the box, metres
 * @param heading rotation about +z, radians, in (-pi, pi]
 * @since 0.1
 */
public record RoomItem(
        RoomClass type,
        double centreX,
        double centreY,
        double centreZ,
        double sizeX,
        double sizeY,
        double sizeZ,
        double heading) {

    /** Whether a place is inside the box, or nearer to it than a margin. */
    boolean contains(double x, double y, double z, double margin) {
        double c = StrictMath.cos(heading);
        double s = StrictMath.sin(heading);
        double dx = x - centreX;
        double dy = y - centreY;
        return Math.abs(c * dx + s * dy) <= sizeX / 2 + margin
                && Math.abs(-s * dx + c * dy) <= sizeY / 2 + margin
                && Math.abs(z - centreZ) <= sizeZ / 2 + margin;
    }
}
