package org.scenecontexts.pointnet2.kernel;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Farthest point sampling of one scene that leaves most points alone at each step.
 *
 * <p>Points lie in buckets of neighbours, each with its bounding box and its largest running distance. A new pick that is
 * farther from the box than that cannot change anything in it. The test is exact in float32 as well: differences, squares
 * and sums are rounded, but rounding never turns an order around, so the distance to the box, computed in the same order
 * of operations, is never above that to a point in it.
 */
final class FarthestSearch {

    private static final int BUCKET = 32;
    private static final int MORTON_STEPS = 1023;

    private final int first;
    private final int points;
    private final int buckets;
    /** Rows in bucket order, counted from the scene's first. */
    private final int[] order;

    private final int[] rank;
    private final float[] px;
    private final float[] py;
    private final float[] pz;
    private final float[] nearest;
    private final float[] box;
    private final float[] farthest;
    private final int[] farthestPlace;
    private final float[] origin;

    FarthestSearch(float[] xyz, int first, int n, boolean skipNearOrigin) {
        this(xyz, first, n, skipNearOrigin, new TieOrder(n)::rank);
    }

    /** A search that takes the lowest row of equally far points. */
    static FarthestSearch byLowestRow(float[] xyz, int first, int n) {
        return new FarthestSearch(xyz, first, n, false, k -> k);
    }

    private FarthestSearch(float[] xyz, int first, int n, boolean skipNearOrigin, IntUnaryOperator ties) {
        this.first = first;
        this.origin = Arrays.copyOfRange(xyz, 3 * first, 3 * first + 3);
        long[] keys = keys(xyz, first, n, skipNearOrigin);
        points = keys.length;
        buckets = (points + BUCKET - 1) / BUCKET;
        order = new int[points];
        rank = new int[points];
        px = new float[points];
        py = new float[points];
        pz = new float[points];
        for (int i = 0; i < points; i++) {
            order[i] = (int) keys[i];
            rank[i] = ties.applyAsInt(order[i]);
            px[i] = xyz[3 * (first + order[i])];
            py[i] = xyz[3 * (first + order[i]) + 1];
            pz[i] = xyz[3 * (first + order[i]) + 2];
        }
        nearest = new float[points];
        Arrays.fill(nearest, 1e10f);
        box = boxes();
        farthest = new float[buckets];
        farthestPlace = new int[buckets];
        Arrays.fill(farthest, Float.POSITIVE_INFINITY);
    }

    /** Rows that take part, sorted along a space-filling curve: the curve's place above, the row below. */
    private static long[] keys(float[] xyz, int first, int n, boolean skipNearOrigin) {
        float[] low = {Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY};
        double longest = 0;
        for (int a = 0; a < 3; a++) {
            float high = Float.NEGATIVE_INFINITY;
            for (int i = first; i < first + n; i++) {
                low[a] = Math.min(low[a], xyz[3 * i + a]);
                high = Math.max(high, xyz[3 * i + a]);
            }
            longest = Math.max(longest, (double) high - low[a]);
        }
        double steps = longest == 0 ? 0 : MORTON_STEPS / longest;
        long[] keys = new long[n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (!(skipNearOrigin && ScalarPointKernels.nearOrigin(xyz, first + i))) {
                long morton = 0;
                for (int a = 0; a < 3; a++) {
                    morton |= spread((int) (((double) xyz[3 * (first + i) + a] - low[a]) * steps)) << a;
                }
                keys[count++] = morton << 32 | i;
            }
        }
        Arrays.sort(keys, 0, count);
        return Arrays.copyOf(keys, count);
    }

    /** Ten bits, two zeros after each. */
    private static long spread(int value) {
        int v = value & 0x3ff;
        v = (v | v << 16) & 0x030000ff;
        v = (v | v << 8) & 0x0300f00f;
        v = (v | v << 4) & 0x030c30c3;
        v = (v | v << 2) & 0x09249249;
        return v;
    }

    private float[] boxes() {
        float[] boxes = new float[6 * buckets];
        for (int b = 0; b < buckets; b++) {
            int from = b * BUCKET;
            int to = Math.min(points, from + BUCKET);
            range(px, from, to, boxes, 6 * b);
            range(py, from, to, boxes, 6 * b + 2);
            range(pz, from, to, boxes, 6 * b + 4);
        }
        return boxes;
    }

    private static void range(float[] values, int from, int to, float[] out, int place) {
        float low = values[from];
        float high = low;
        for (int i = from + 1; i < to; i++) {
            low = Math.min(low, values[i]);
            high = Math.max(high, values[i]);
        }
        out[place] = low;
        out[place + 1] = high;
    }

    void run(int picks, int[] out, int outFrom) {
        float x = origin[0];
        float y = origin[1];
        float z = origin[2];
        out[outFrom] = first;
        for (int j = 1; j < picks; j++) {
            if (points == 0) {
                out[outFrom + j] = first;
                continue;
            }
            int place = step(x, y, z);
            x = px[place];
            y = py[place];
            z = pz[place];
            out[outFrom + j] = first + order[place];
        }
    }

    /** Takes a pick into account and gives the place of the next. */
    private int step(float x, float y, float z) {
        float best = -1;
        int bestPlace = 0;
        for (int b = 0; b < buckets; b++) {
            float dx = outside(x, box[6 * b], box[6 * b + 1]);
            float dy = outside(y, box[6 * b + 2], box[6 * b + 3]);
            float dz = outside(z, box[6 * b + 4], box[6 * b + 5]);
            if (dx * dx + dy * dy + dz * dz < farthest[b]) {
                update(b, x, y, z);
            }
            float d = farthest[b];
            if (d > best || (d == best && rank[farthestPlace[b]] < rank[bestPlace])) {
                best = d;
                bestPlace = farthestPlace[b];
            }
        }
        return bestPlace;
    }

    /** Distance of a coordinate from a range, never negative. */
    private static float outside(float value, float low, float high) {
        return Math.max(0f, Math.max(low - value, value - high));
    }

    private void update(int bucket, float x, float y, float z) {
        int from = bucket * BUCKET;
        int to = Math.min(points, from + BUCKET);
        float best = -1;
        int bestPlace = from;
        for (int i = from; i < to; i++) {
            float dx = px[i] - x;
            float dy = py[i] - y;
            float dz = pz[i] - z;
            float d = dx * dx + dy * dy + dz * dz;
            float kept = nearest[i];
            if (d < kept) {
                nearest[i] = d;
                kept = d;
            }
            if (kept > best || (kept == best && rank[i] < rank[bestPlace])) {
                best = kept;
                bestPlace = i;
            }
        }
        farthest[bucket] = best;
        farthestPlace[bucket] = bestPlace;
    }
}
