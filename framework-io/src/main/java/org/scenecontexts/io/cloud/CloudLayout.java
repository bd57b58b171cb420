package org.scenecontexts.io.cloud;

import java.util.List;

/**
 * What a cloud file says besides its fields, kept so that a written cloud resembles the one that was read.
 *
 * @param width points per row of an organised cloud, or the number of points
 * @param height rows of an organised cloud, or 1
 * @param viewpoint where the sensor was: translation xyz, then rotation quaternion wxyz; 7 numbers
 * @param comments comment lines without their mark
 * @param faceStarts where each face starts in {@code faceVertices}, with one more entry at the end; empty without faces
 * @param faceVertices point indices of the faces, one face after the other
 * @since 0.1
 */
public record CloudLayout(
        int width, int height, List<Double> viewpoint, List<String> comments, int[] faceStarts, int[] faceVertices) {

    private static final List<Double> NO_VIEWPOINT = List.of(0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0);

    public CloudLayout {
        viewpoint = List.copyOf(viewpoint);
        comments = List.copyOf(comments);
    }

    /** An unorganised cloud about which nothing else is known. */
    public static CloudLayout of(int points) {
        return new CloudLayout(points, 1, NO_VIEWPOINT, List.of(), new int[0], new int[0]);
    }

    /** Number of faces. */
    public int faces() {
        return Math.max(0, faceStarts.length - 1);
    }

    /** Whether points form an image-like grid. */
    public boolean organised() {
        return height > 1;
    }
}
