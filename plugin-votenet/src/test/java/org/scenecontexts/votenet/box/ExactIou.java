package org.scenecontexts.votenet.box;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.data.Box;

/**
 * The overlap of boxes by decimals of 60 digits, from corners to area: what is compared with. Only sine and cosine are those of
 * double precision.
 */
final class ExactIou {

    private static final MathContext DIGITS = new MathContext(60);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private record Point(BigDecimal x, BigDecimal y) {
        Point minus(Point other) {
            return new Point(x.subtract(other.x), y.subtract(other.y));
        }

        BigDecimal cross(Point other) {
            return x.multiply(other.y, DIGITS).subtract(y.multiply(other.x, DIGITS), DIGITS);
        }
    }

    private ExactIou() {}

    static double of(Box a, Box b) {
        List<Point> polygon = corners(a);
        List<Point> by = corners(b);
        for (int i = 0; i < by.size(); i++) {
            polygon = clip(polygon, by.get(i), by.get((i + 1) % by.size()));
        }
        BigDecimal apart = number(a.centreZ()).subtract(number(b.centreZ())).abs();
        BigDecimal height = number(a.sizeZ())
                .add(number(b.sizeZ()))
                .divide(TWO, DIGITS)
                .subtract(apart)
                .min(number(a.sizeZ()))
                .min(number(b.sizeZ()))
                .max(BigDecimal.ZERO);
        BigDecimal shared = area(polygon).multiply(height, DIGITS);
        BigDecimal all = area(corners(a))
                .multiply(number(a.sizeZ()), DIGITS)
                .add(area(corners(b)).multiply(number(b.sizeZ()), DIGITS))
                .subtract(shared);
        return all.signum() == 0 ? 0 : shared.divide(all, DIGITS).doubleValue();
    }

    private static BigDecimal number(double value) {
        return new BigDecimal(value);
    }

    private static List<Point> corners(Box box) {
        BigDecimal cos = number(Math.cos(box.heading()));
        BigDecimal sin = number(Math.sin(box.heading()));
        List<Point> corners = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            BigDecimal u = number((i == 0 || i == 3 ? 1 : -1) * box.sizeX()).divide(TWO, DIGITS);
            BigDecimal v = number((i < 2 ? 1 : -1) * box.sizeY()).divide(TWO, DIGITS);
            corners.add(new Point(
                    number(box.centreX()).add(cos.multiply(u)).subtract(sin.multiply(v)),
                    number(box.centreY()).add(sin.multiply(u)).add(cos.multiply(v))));
        }
        return corners;
    }

    /** Keeps what lies to the left of a directed line. */
    private static List<Point> clip(List<Point> polygon, Point from, Point to) {
        List<Point> kept = new ArrayList<>();
        Point line = to.minus(from);
        for (int i = 0; i < polygon.size(); i++) {
            Point start = polygon.get(i);
            Point end = polygon.get((i + 1) % polygon.size());
            BigDecimal left = line.cross(start.minus(from));
            BigDecimal next = line.cross(end.minus(from));
            if (left.signum() >= 0) {
                kept.add(start);
            }
            if (left.signum() * next.signum() < 0) {
                BigDecimal share = left.divide(left.subtract(next), DIGITS);
                Point step = end.minus(start);
                kept.add(new Point(
                        start.x.add(share.multiply(step.x, DIGITS), DIGITS),
                        start.y.add(share.multiply(step.y, DIGITS), DIGITS)));
            }
        }
        return kept;
    }

    private static BigDecimal area(List<Point> polygon) {
        BigDecimal twice = BigDecimal.ZERO;
        for (int i = 1; i + 1 < polygon.size(); i++) {
            Point first = polygon.getFirst();
            twice = twice.add(
                    polygon.get(i).minus(first).cross(polygon.get(i + 1).minus(first)));
        }
        return twice.divide(TWO, DIGITS).abs();
    }
}
