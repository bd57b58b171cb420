package org.scenecontexts.api.data;

/**
 * A per-point quantity that a network is given, named under {@code inputs:}.
 *
 * @since 0.1
 */
public enum InputFeature {
    /** Colour as c / 255 - 0.5, 3 channels (REFERENCE 5.4); zeros where a scene has none. */
    COLOUR(3),
    /** Unit normal, 3 channels; zeros where a scene has none. */
    NORMAL(3),
    /** Height above the lowest 1% of the points, metres, 1 channel. */
    HEIGHT(1),
    /** The constant 1, 1 channel: for networks that shall see geometry only. */
    ONES(1);

    private final int channels;

    InputFeature(int channels) {
        this.channels = channels;
    }

    public int channels() {
        return channels;
    }
}
