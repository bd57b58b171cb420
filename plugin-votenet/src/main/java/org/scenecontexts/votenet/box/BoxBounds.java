package org.scenecontexts.votenet.box;

import org.scenecontexts.api.data.Box;

/**
 * The axis-aligned box around a turned one, which is what suppression compares (REFERENCE 8.6).
 *
 * @since 0.1
 */
public record BoxBounds(double minX, double minY, double minZ, double maxX, double maxY, double maxZ) {

    /** Around a box. */
    public static BoxBounds of(Box box) {
        double cos = Math.abs(Math.cos(box.heading()));
        double sin = Math.abs(Math.sin(box.heading()));
        double x = (cos * box.sizeX() + sin * box.sizeY()) / 2;
        double y = (sin * box.sizeX() + cos * box.sizeY()) / 2;
        double z = box.sizeZ() / 2;
        return new BoxBounds(
                box.centreX() - x,
                box.centreY() - y,
                box.centreZ() - z,
                box.centreX() + x,
                box.centreY() + y,
                box.centreZ() + z);
    }

    double ground() {
        return (maxX - minX) * (maxY - minY);
    }

    double volume() {
        return ground() * (maxZ - minZ);
    }

    double sharedGround(BoxBounds other) {
        return shared(minX, maxX, other.minX, other.maxX) * shared(minY, maxY, other.minY, other.maxY);
    }

    double sharedVolume(BoxBounds other) {
        return sharedGround(other) * shared(minZ, maxZ, other.minZ, other.maxZ);
    }

    private static double shared(double minA, double maxA, double minB, double maxB) {
        return Math.max(0, Math.min(maxA, maxB) - Math.max(minA, minB));
    }
}
