package org.scenecontexts.api.data;

/**
 * A labelled box around one object, turned about the vertical axis.
 *
 * @param centreX x of the box centre, metres
 * @param centreY y of the box centre, metres
 * @param centreZ z of the box centre, metres
 * @param sizeX full length along the box's own x axis, metres
 * @param sizeY full length along the box's own y axis, metres
 * @param sizeZ full height, metres
 * @param heading rotation about +z, counter-clockwise, radians, in (-pi, pi]; 0 for axis-aligned boxes
 * @param label class, {@code 0 .. K-1}
 * @param instance instance id of the points inside, or {@link Labels#NO_INSTANCE}
 * @since 0.1
 */
public record Box(
        double centreX,
        double centreY,
        double centreZ,
        double sizeX,
        double sizeY,
        double sizeZ,
        double heading,
        int label,
        int instance) {

    /**
     * The same box with another class.
     *
     * @since 0.2
     */
    public Box withLabel(int newLabel) {
        return new Box(centreX, centreY, centreZ, sizeX, sizeY, sizeZ, heading, newLabel, instance);
    }
}
