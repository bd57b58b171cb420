package org.scenecontexts.votenet.box;

import org.scenecontexts.api.data.Box;

/**
 * Tells how much of the ground two boxes share, exactly: the polygon of one is clipped at the four sides of the other, in
 * the frame of the other, where these sides are {@code x = ±a} and {@code y = ±b}.
 *
 * <p>So nothing is divided by the cross product of nearly parallel edges and nothing is compared with a tolerance, which is
 * where implementations in public use fail on equal, touching or tiny boxes (an edge is cut only where its ends lie on
 * different sides of a line, hence the divisor is never zero), and far from the origin only differences count.
 */
final class Footprint {

    /** A quadrangle that is clipped at four lines has at most eight corners; a ninth is room for rounding. */
    private static final int MOST_CORNERS = 9;

    private double[] x = new double[MOST_CORNERS];
    private double[] y = new double[MOST_CORNERS];
    private double[] nextX = new double[MOST_CORNERS];
    private double[] nextY = new double[MOST_CORNERS];
    private int corners;

    private Footprint() {}

    /**
     * The area that the footprints of two boxes share, square metres.
     *
     * @param frame the box in whose frame the other is clipped
     */
    static double shared(Box frame, Box other) {
        Footprint polygon = new Footprint();
        polygon.place(frame, other);
        double a = frame.sizeX() / 2;
        double b = frame.sizeY() / 2;
        polygon.clip(1, 0, a);
        polygon.clip(-1, 0, a);
        polygon.clip(0, 1, b);
        polygon.clip(0, -1, b);
        return polygon.area();
    }

    /** The corners of a box, counter-clockwise, as another box sees them. */
    private void place(Box frame, Box other) {
        double dx = other.centreX() - frame.centreX();
        double dy = other.centreY() - frame.centreY();
        double cos = Math.cos(frame.heading());
        double sin = Math.sin(frame.heading());
        double centreX = cos * dx + sin * dy;
        double centreY = cos * dy - sin * dx;
        double turn = other.heading() - frame.heading();
        double c = Math.cos(turn);
        double s = Math.sin(turn);
        double halfX = other.sizeX() / 2;
        double halfY = other.sizeY() / 2;
        corners = 4;
        for (int i = 0; i < corners; i++) {
            double u = i == 0 || i == 3 ? halfX : -halfX;
            double v = i < 2 ? halfY : -halfY;
            x[i] = centreX + c * u - s * v;
            y[i] = centreY + s * u + c * v;
        }
    }

    /** Keeps what lies where {@code normalX * x + normalY * y <= limit}; the normal is along an axis. */
    private void clip(int normalX, int normalY, double limit) {
        int kept = 0;
        for (int i = 0; i < corners; i++) {
            int j = i + 1 == corners ? 0 : i + 1;
            double from = normalX * x[i] + normalY * y[i] - limit;
            double to = normalX * x[j] + normalY * y[j] - limit;
            if (from <= 0 && kept < MOST_CORNERS) {
                nextX[kept] = x[i];
                nextY[kept++] = y[i];
            }
            if (from <= 0 != to <= 0 && kept < MOST_CORNERS) {
                double share = from / (from - to);
                // The coordinate that is cut off is known; only the other is interpolated.
                nextX[kept] = normalX != 0 ? normalX * limit : x[i] + share * (x[j] - x[i]);
                nextY[kept++] = normalY != 0 ? normalY * limit : y[i] + share * (y[j] - y[i]);
            }
        }
        double[] oldX = x;
        double[] oldY = y;
        x = nextX;
        y = nextY;
        nextX = oldX;
        nextY = oldY;
        corners = kept;
    }

    /** By triangles at the first corner, so that no large numbers are subtracted. */
    private double area() {
        double twice = 0;
        for (int i = 1; i + 1 < corners; i++) {
            twice += (x[i] - x[0]) * (y[i + 1] - y[0]) - (x[i + 1] - x[0]) * (y[i] - y[0]);
        }
        return Math.max(0, twice / 2);
    }
}
