package org.scenecontexts.contrastive.select;

import java.util.Arrays;
import org.scenecontexts.api.engine.Parallel;

/**
 * Lloyd's k-means exactly as the published selection runs it (REFERENCE 9.4): the first K points are the first centres,
 * empty clusters keep theirs, the lowest index wins ties. What is wanted are the points nearest to the final centres.
 *
 * <p>Distances are sums of squared differences, not expanded into products, because colours up to 255 would cost the
 * expansion its precision. Points are turned round in tiles so that the innermost loop runs over points and vectorises.
 */
final class Lloyd {

    private static final int TILE = 256;
    private static final int TILES_PER_PIECE = 4;

    private final float[] points;
    private final int dimensions;
    private final int count;
    private final Parallel parallel;

    /**
     * @param points {@code [N, D]}, row-major
     * @param dimensions D
     */
    Lloyd(float[] points, int dimensions, Parallel parallel) {
        this.points = points;
        this.dimensions = dimensions;
        this.count = points.length / dimensions;
        this.parallel = parallel;
    }

    /**
     * Clusters, and finds the point nearest to each final centre.
     *
     * @param clusters K, at least 1; no more than points
     * @param iterations number of updates of the centres
     * @return {@code [K]} indices of points; several clusters may have the same
     */
    int[] nearestToCentres(int clusters, int iterations) {
        float[] centres = Arrays.copyOf(points, clusters * dimensions);
        int[] nearest = new int[count];
        for (int i = 0; i < iterations; i++) {
            assign(centres, clusters, nearest);
            update(centres, clusters, nearest);
        }
        return representatives(centres, clusters);
    }

    private void assign(float[] centres, int clusters, int[] nearest) {
        forTiles((from, size, tile, distances) -> {
            float[] best = new float[TILE];
            Arrays.fill(best, Float.POSITIVE_INFINITY);
            for (int k = 0; k < clusters; k++) {
                distances(tile, centres, k, distances);
                for (int p = 0; p < size; p++) {
                    if (distances[p] < best[p]) {
                        best[p] = distances[p];
                        nearest[from + p] = k;
                    }
                }
            }
        });
    }

    private void update(float[] centres, int clusters, int[] nearest) {
        double[] sums = new double[clusters * dimensions];
        int[] sizes = new int[clusters];
        for (int p = 0; p < count; p++) {
            int sum = nearest[p] * dimensions;
            int row = p * dimensions;
            for (int d = 0; d < dimensions; d++) {
                sums[sum + d] += points[row + d];
            }
            sizes[nearest[p]]++;
        }
        for (int k = 0; k < clusters; k++) {
            for (int d = 0; d < dimensions && sizes[k] > 0; d++) {
                centres[k * dimensions + d] = (float) (sums[k * dimensions + d] / sizes[k]);
            }
        }
    }

    private int[] representatives(float[] centres, int clusters) {
        int[] chosen = new int[clusters];
        float[] best = new float[clusters];
        Arrays.fill(best, Float.POSITIVE_INFINITY);
        forTiles((from, size, tile, distances) -> {
            for (int k = 0; k < clusters; k++) {
                distances(tile, centres, k, distances);
                int candidate = 0;
                for (int p = 1; p < size; p++) {
                    candidate = distances[p] < distances[candidate] ? p : candidate;
                }
                synchronized (best) {
                    boolean nearer = distances[candidate] < best[k]
                            || (distances[candidate] == best[k] && from + candidate < chosen[k]);
                    if (nearer) {
                        best[k] = distances[candidate];
                        chosen[k] = from + candidate;
                    }
                }
            }
        });
        return chosen;
    }

    /** What is done with a tile of points, turned round: {@code [D][TILE]}. */
    @FunctionalInterface
    private interface TileWork {
        void run(int from, int size, float[][] tile, float[] distances);
    }

    private void forTiles(TileWork work) {
        parallel.rows(count, TILE * TILES_PER_PIECE, (first, last) -> {
            // Rows beyond the end of the last tile are never looked at; rows of dimensions beyond D stay zero.
            float[][] tile = new float[padded()][TILE];
            float[] distances = new float[TILE];
            for (int from = first; from < last; from += TILE) {
                int size = Math.min(TILE, last - from);
                for (int p = 0; p < size; p++) {
                    for (int d = 0; d < dimensions; d++) {
                        tile[d][p] = points[(from + p) * dimensions + d];
                    }
                }
                work.run(from, size, tile, distances);
            }
        });
    }

    private int padded() {
        return (dimensions + 3) / 4 * 4;
    }

    /** Squared distances of all points of a tile to one centre. */
    private void distances(float[][] tile, float[] centres, int k, float[] distances) {
        Arrays.fill(distances, 0);
        for (int d = 0; d < dimensions; d += 4) {
            add(
                    new float[] {
                        centre(centres, k, d),
                        centre(centres, k, d + 1),
                        centre(centres, k, d + 2),
                        centre(centres, k, d + 3)
                    },
                    tile[d],
                    tile[d + 1],
                    tile[d + 2],
                    tile[d + 3],
                    distances);
        }
    }

    private float centre(float[] centres, int k, int d) {
        return d < dimensions ? centres[k * dimensions + d] : 0;
    }

    /**
     * Four dimensions at once: a quarter of the traffic of the sums. All arrays are read at the same index, because only then
     * does the compiler know that it may use vectors.
     */
    private static void add(float[] centre, float[] x0, float[] x1, float[] x2, float[] x3, float[] distances) {
        float c0 = centre[0];
        float c1 = centre[1];
        float c2 = centre[2];
        float c3 = centre[3];
        for (int p = 0; p < TILE; p++) {
            float a = x0[p] - c0;
            float b = x1[p] - c1;
            float c = x2[p] - c2;
            float d = x3[p] - c3;
            distances[p] += (a * a + b * b) + (c * c + d * d);
        }
    }
}
