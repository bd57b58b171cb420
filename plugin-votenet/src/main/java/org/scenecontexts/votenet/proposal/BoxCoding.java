package org.scenecontexts.votenet.proposal;

import java.util.Arrays;
import java.util.List;
import org.scenecontexts.api.data.Box;

/**
 * Turns boxes into the numbers that the network learns, and back: one of several directions and typical sizes, and what is
 * left to the box's own (REFERENCE 8.1, 8.5, 8.6).
 *
 * <p>The published angle turns the other way round than {@link Box#heading()}, which is counter-clockwise seen from above:
 * their sum is 0.
 *
 * @param headings number of directions; 1 where all boxes are axis-aligned
 * @param meanSizes typical size of each kind of box, metres, {@code [S][3]}
 * @since 0.2
 */
public record BoxCoding(int headings, double[][] meanSizes) {

    private static final double TURN = 2 * Math.PI;

    /** @throws IllegalArgumentException when there is no direction, no size, or a size without three positive numbers */
    public BoxCoding {
        if (headings < 1 || meanSizes.length == 0) {
            throw new IllegalArgumentException("boxes are coded by at least one direction and one size, found "
                    + headings + " and " + meanSizes.length);
        }
        for (double[] size : meanSizes) {
            if (size.length != 3 || Arrays.stream(size).anyMatch(length -> !(length > 0))) {
                throw new IllegalArgumentException(
                        "a typical size is three positive lengths in metres, found " + Arrays.toString(size));
            }
        }
        meanSizes = Arrays.stream(meanSizes).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * A direction as the network learns it.
     *
     * @param bin index of the direction
     * @param residual what is left, radians, at most half a bin either way
     */
    public record Heading(int bin, double residual) {}

    /** The direction nearest to a heading. */
    public Heading heading(Box box) {
        if (headings == 1) {
            return new Heading(0, 0);
        }
        double perBin = TURN / headings;
        // Not one turn more and one less: rounding would move angles on a border to another bin.
        double angle = -box.heading() % TURN;
        if (angle < 0) {
            angle += TURN;
        }
        double shifted = (angle + perBin / 2) % TURN;
        // Rounding can put an angle just below a full turn into a bin that does not exist.
        int bin = Math.min((int) (shifted / perBin), headings - 1);
        return new Heading(bin, shifted - (bin * perBin + perBin / 2));
    }

    /** The heading of a direction and what is left, radians in {@code (-pi, pi]}. */
    public double heading(int bin, double residual) {
        if (headings == 1) {
            return 0;
        }
        double angle = bin * (TURN / headings) + residual;
        double heading = angle > Math.PI ? TURN - angle : -angle;
        return heading == 0 ? 0 : heading;
    }

    /** A length of the box with a typical size and what is left, metres. */
    double length(int size, int axis, double residual) {
        return meanSizes[size][axis] + residual;
    }

    /** What is left of a box's length beside a typical size, metres. */
    public double residual(Box box, int size, int axis) {
        double length = List.of(box.sizeX(), box.sizeY(), box.sizeZ()).get(axis);
        return length - meanSizes[size][axis];
    }
}
