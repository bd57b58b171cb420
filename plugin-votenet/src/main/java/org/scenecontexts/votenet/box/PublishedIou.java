package org.scenecontexts.votenet.box;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.scenecontexts.api.data.Box;

/**
 * The overlap as the published program computed it, to compare with its figures: a clip that takes points on a line for
 * outside and divides by the cross product of edges, then the area of the convex hull of what comes out (REFERENCE 8.6). A box
 * and its exact copy get anything from 0 to 4; {@link BoxIou} is right.
 *
 * @since 0.2
 */
public final class PublishedIou {

    private static final int CORNERS = 4;

    private PublishedIou() {}

    private record Point(double x, double y) {}

    /** Of the volumes; 0 where the published program could not make a hull and stopped. */
    public static double of(Box a, Box b) {
        double top = Math.min(a.centreZ() + a.sizeZ() / 2, b.centreZ() + b.sizeZ() / 2);
        double bottom = Math.max(a.centreZ() - a.sizeZ() / 2, b.centreZ() - b.sizeZ() / 2);
        double shared = hull(clip(corners(a), corners(b))) * Math.max(0, top - bottom);
        double volumeA = a.sizeX() * a.sizeY() * a.sizeZ();
        double volumeB = b.sizeX() * b.sizeY() * b.sizeZ();
        return shared / (volumeA + volumeB - shared);
    }

    /** Counter-clockwise. */
    private static List<Point> corners(Box box) {
        double cos = Math.cos(box.heading());
        double sin = Math.sin(box.heading());
        List<Point> corners = new ArrayList<>();
        for (int i = 0; i < CORNERS; i++) {
            double u = (i == 0 || i == 3 ? 1 : -1) * box.sizeX() / 2;
            double v = (i < 2 ? 1 : -1) * box.sizeY() / 2;
            corners.add(new Point(box.centreX() + cos * u - sin * v, box.centreY() + sin * u + cos * v));
        }
        return corners;
    }

    private static List<Point> clip(List<Point> subject, List<Point> by) {
        List<Point> left = subject;
        Point from = by.getLast();
        for (Point to : by) {
            List<Point> input = left;
            left = new ArrayList<>();
            if (input.isEmpty()) {
                break;
            }
            Point start = input.getLast();
            for (Point end : input) {
                if (isInside(from, to, end)) {
                    if (!isInside(from, to, start)) {
                        left.add(cut(from, to, start, end));
                    }
                    left.add(end);
                } else if (isInside(from, to, start)) {
                    left.add(cut(from, to, start, end));
                }
                start = end;
            }
            from = to;
        }
        return left;
    }

    private static boolean isInside(Point from, Point to, Point point) {
        return (to.x - from.x) * (point.y - from.y) > (to.y - from.y) * (point.x - from.x);
    }

    private static Point cut(Point from, Point to, Point start, Point end) {
        double lineX = from.x - to.x;
        double lineY = from.y - to.y;
        double edgeX = start.x - end.x;
        double edgeY = start.y - end.y;
        double first = from.x * to.y - from.y * to.x;
        double second = start.x * end.y - start.y * end.x;
        double scale = 1 / (lineX * edgeY - lineY * edgeX);
        return new Point((first * edgeX - second * lineX) * scale, (first * edgeY - second * lineY) * scale);
    }

    /** The area of the convex hull, by Andrew's chains. */
    private static double hull(List<Point> points) {
        if (points.stream().anyMatch(point -> !Double.isFinite(point.x) || !Double.isFinite(point.y))) {
            return 0;
        }
        List<Point> sorted = points.stream()
                .sorted(Comparator.comparingDouble(Point::x).thenComparingDouble(Point::y))
                .toList();
        List<Point> chain = new ArrayList<>(half(sorted));
        chain.addAll(half(sorted.reversed()));
        double twice = 0;
        for (int i = 0; i < chain.size(); i++) {
            Point a = chain.get(i);
            Point b = chain.get((i + 1) % chain.size());
            twice += a.x * b.y - a.y * b.x;
        }
        return Math.abs(twice) / 2;
    }

    private static List<Point> half(List<Point> sorted) {
        List<Point> chain = new ArrayList<>();
        for (Point point : sorted) {
            while (chain.size() > 1 && turn(chain.get(chain.size() - 2), chain.getLast(), point) <= 0) {
                chain.removeLast();
            }
            chain.add(point);
        }
        if (!chain.isEmpty()) {
            chain.removeLast();
        }
        return chain;
    }

    private static double turn(Point a, Point b, Point c) {
        return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    }
}
