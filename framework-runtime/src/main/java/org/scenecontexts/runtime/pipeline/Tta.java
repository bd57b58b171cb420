package org.scenecontexts.runtime.pipeline;

import java.util.List;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.NotEmpty;

/**
 * How often a scene is seen before it is said what is in it (test-time augmentation): every combination of what is listed here
 * is one view, and what is said about them is averaged.
 *
 * @since 0.2
 */
public record Tta(
        @Doc("Whether scenes are seen mirrored too, once along x and once along y.") @Default("false")
        boolean flips,

        @Doc("Turns about the vertical axis, degrees, counter-clockwise; 0 is the scene as it is.")
        @Default("[0]")
        @NotEmpty
        List<Double> turns,

        @Doc("Factors on the size; 1 is the scene as it is.") @Default("[1]") @NotEmpty
        List<Double> scales) {

    /** @throws IllegalArgumentException when a factor is not positive, or there is but one view, the scene as it is */
    public Tta {
        turns = List.copyOf(turns);
        scales = List.copyOf(scales);
        for (double scale : scales) {
            if (!(scale > 0) || Double.isInfinite(scale)) {
                throw new IllegalArgumentException("'scales' must be greater than 0, found " + scale);
            }
        }
        for (double turn : turns) {
            if (!Double.isFinite(turn)) {
                throw new IllegalArgumentException("'turns' must be degrees, found " + turn);
            }
        }
        if (!flips && turns.equals(List.of(0.0)) && scales.equals(List.of(1.0))) {
            throw new IllegalArgumentException("'tta' names no view beside the scene as it is; give 'flips: true',"
                    + " 'turns: [0, 90, 180, 270]' or 'scales: [0.95, 1, 1.05]', or leave it out");
        }
    }
}
