package org.scenecontexts.api.select;

/**
 * Features of a backbone at every original point of a scene.
 *
 * @param values {@code [N, C]}, row-major; zeros where the network saw nothing of a point
 * @param channels C; 0 when there is no network
 * @since 0.1
 */
public record PointFeatures(float[] values, int channels) {

    /** No network. */
    public static PointFeatures none() {
        return new PointFeatures(new float[0], 0);
    }

    public boolean present() {
        return channels > 0;
    }
}
