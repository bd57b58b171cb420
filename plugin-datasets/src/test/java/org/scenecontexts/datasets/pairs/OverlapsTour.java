package org.scenecontexts.datasets.pairs;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Measures the overlaps of a synthetic recording: views of 640 x 480 pixels from all over one furnished room. Run its main
 * method; the first argument is the number of views (300).
 */
public final class OverlapsTour {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final double FOCAL = 577;
    private static final double[] ROOM = {6, 5, 2.7};

    private OverlapsTour() {}

    public static void main(String[] arguments) {
        int count = arguments.length == 0 ? 300 : Integer.parseInt(arguments[0]);
        double[][] boxes = boxes();
        double[][] reduced = new double[count][];
        long[] reducing = {0};
        IntStream.range(0, count).parallel().forEach(view -> {
            double[] points = view(new SplittableRandom(view), boxes);
            long started = System.nanoTime();
            reduced[view] = VoxelAverages.of(points, 3, Overlaps.VOXEL);
            synchronized (reducing) {
                reducing[0] += System.nanoTime() - started;
            }
        });
        List<double[]> views = new ArrayList<>(List.of(reduced));
        int points = views.stream().mapToInt(view -> view.length / 3).sum();
        long started = System.nanoTime();
        double[][] fractions = Overlaps.fractions(views, Overlaps.RADIUS, PairContexts.threads(2));
        double seconds = (System.nanoTime() - started) / 1e9;
        long pairs = 0;
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                pairs += Math.max(fractions[i][j], fractions[j][i]) >= 0.3 ? 1 : 0;
            }
        }
        System.out.printf(
                "%d views, %d points after averaging (%.1f s of one core), %d of %d pairs overlap by 0.3: %.1f s, heap %d MB%n",
                count,
                points,
                reducing[0] / 1e9,
                pairs,
                count * (count - 1L) / 2,
                seconds,
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    }

    private static double[][] boxes() {
        SplittableRandom random = new SplittableRandom(1);
        double[][] boxes = new double[12][6];
        for (double[] box : boxes) {
            for (int axis = 0; axis < 3; axis++) {
                double size = random.nextDouble(0.3, axis == 2 ? 1.2 : 1.5);
                box[axis] = axis == 2 ? 0 : random.nextDouble(0, ROOM[axis] - size);
                box[axis + 3] = box[axis] + size;
            }
        }
        return boxes;
    }

    /** The points that a camera somewhere in the room sees. */
    private static double[] view(SplittableRandom random, double[][] boxes) {
        double[] eye = {random.nextDouble(0.5, 5.5), random.nextDouble(0.5, 4.5), random.nextDouble(1.3, 1.8)};
        double turn = random.nextDouble(2 * Math.PI);
        double tilt = random.nextDouble(-0.6, 0.1);
        double[] points = new double[3 * WIDTH * HEIGHT];
        double[] ray = new double[3];
        for (int v = 0; v < HEIGHT; v++) {
            for (int u = 0; u < WIDTH; u++) {
                double x = (u - WIDTH / 2.0) / FOCAL;
                double up = (HEIGHT / 2.0 - v) / FOCAL;
                double ahead = Math.cos(tilt) - up * Math.sin(tilt);
                ray[0] = ahead * Math.cos(turn) + x * Math.sin(turn);
                ray[1] = ahead * Math.sin(turn) - x * Math.cos(turn);
                ray[2] = Math.sin(tilt) + up * Math.cos(tilt);
                double length = exit(eye, ray);
                for (double[] box : boxes) {
                    length = Math.min(length, enter(eye, ray, box));
                }
                for (int axis = 0; axis < 3; axis++) {
                    points[3 * (v * WIDTH + u) + axis] = eye[axis] + length * ray[axis];
                }
            }
        }
        return points;
    }

    private static double exit(double[] eye, double[] ray) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int axis = 0; axis < 3; axis++) {
            double wall = ray[axis] > 0 ? ROOM[axis] : 0;
            nearest = Math.min(nearest, ray[axis] == 0 ? nearest : (wall - eye[axis]) / ray[axis]);
        }
        return nearest;
    }

    private static double enter(double[] eye, double[] ray, double[] box) {
        double from = 0;
        double to = Double.POSITIVE_INFINITY;
        for (int axis = 0; axis < 3; axis++) {
            double a = (box[axis] - eye[axis]) / ray[axis];
            double b = (box[axis + 3] - eye[axis]) / ray[axis];
            from = Math.max(from, Math.min(a, b));
            to = Math.min(to, Math.max(a, b));
        }
        return from < to && from > 0 ? from : Double.POSITIVE_INFINITY;
    }
}
