package org.scenecontexts.votenet.box;

import java.util.Comparator;
import org.scenecontexts.api.data.Box;

/**
 * Intersection over union of boxes that are turned about the vertical axis (REFERENCE 8.6), in double precision.
 *
 * <p>In {@code [0, 1]} for all boxes with finite numbers, 1 (to rounding) for a box and itself, the same for both orders of a
 * pair to the last bit. A box without volume shares nothing with any other: its value is 0.
 *
 * @since 0.1
 */
public final class BoxIou {

    /** Which box of a pair is the frame, whichever comes first: rounding must not depend on that. */
    private static final Comparator<Box> ORDER = Comparator.comparingDouble(BoxIou::ground)
            .thenComparingDouble(Box::centreX)
            .thenComparingDouble(Box::centreY)
            .thenComparingDouble(Box::centreZ)
            .thenComparingDouble(Box::sizeX)
            .thenComparingDouble(Box::sizeZ)
            .thenComparingDouble(Box::heading);

    private BoxIou() {}

    /**
     * Of the volumes.
     *
     * @throws IllegalArgumentException when a size is negative or a number is not finite
     */
    public static double of(Box a, Box b) {
        double shared = sharedGround(a, b) * sharedHeight(a, b);
        return share(shared, ground(a) * a.sizeZ(), ground(b) * b.sizeZ());
    }

    /**
     * Of the footprints, seen from above.
     *
     * @throws IllegalArgumentException when a size is negative or a number is not finite
     */
    public static double fromAbove(Box a, Box b) {
        return share(sharedGround(a, b), ground(a), ground(b));
    }

    private static double share(double shared, double first, double second) {
        double all = first + second - shared;
        return shared > 0 && all > 0 ? Math.min(1, shared / all) : 0;
    }

    private static double sharedGround(Box a, Box b) {
        require(a);
        require(b);
        return ORDER.compare(a, b) <= 0 ? Footprint.shared(a, b) : Footprint.shared(b, a);
    }

    private static double sharedHeight(Box a, Box b) {
        double apart = Math.abs(b.centreZ() - a.centreZ());
        double least = Math.min(a.sizeZ(), b.sizeZ());
        return Math.clamp((a.sizeZ() + b.sizeZ()) / 2 - apart, 0, least);
    }

    private static double ground(Box box) {
        return box.sizeX() * box.sizeY();
    }

    private static void require(Box box) {
        double sum =
                box.centreX() + box.centreY() + box.centreZ() + box.sizeX() + box.sizeY() + box.sizeZ() + box.heading();
        if (!Double.isFinite(sum) || box.sizeX() < 0 || box.sizeY() < 0 || box.sizeZ() < 0) {
            throw new IllegalArgumentException(
                    box + ": a box has finite numbers and sizes that are not negative; sizes that a network gives are"
                            + " bounded before they are compared");
        }
    }
}
