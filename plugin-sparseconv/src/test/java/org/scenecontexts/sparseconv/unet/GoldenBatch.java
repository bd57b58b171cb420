package org.scenecontexts.sparseconv.unet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;

/** Builds batches from arrays of published coordinates {@code [N, 4]} (batch index first) and features {@code [N, 3]}. */
public final class GoldenBatch {

    private static final int PUBLISHED_IGNORE = 255;

    private GoldenBatch() {}

    /** Rows stay in order; scenes must lie one after the other. */
    public static PointBatch of(int[] coordinates, float[] features, int[] labels) {
        int rows = coordinates.length / 4;
        List<SampledPoints> items = new ArrayList<>();
        for (int from = 0; from < rows; ) {
            int to = from;
            while (to < rows && coordinates[4 * to] == coordinates[4 * from]) {
                to++;
            }
            items.add(scene(coordinates, features, labels, from, to));
            from = to;
        }
        // Normals are handed to the network as they are.
        return PointBatch.of(items, List.of(InputFeature.NORMAL));
    }

    private static SampledPoints scene(int[] coordinates, float[] features, int[] labels, int from, int to) {
        int n = to - from;
        int[] grid = new int[3 * n];
        float[] positions = new float[3 * n];
        for (int i = 0; i < 3 * n; i++) {
            grid[i] = coordinates[4 * (from + i / 3) + 1 + i % 3];
            positions[i] = 0.02f * grid[i];
        }
        Scene scene = Scene.ofPositions("golden" + coordinates[4 * from], positions)
                .withNormals(Arrays.copyOfRange(features, 3 * from, 3 * to))
                .withLabels(Arrays.stream(labels, from, to)
                        .map(label -> label == PUBLISHED_IGNORE ? Labels.IGNORE : label)
                        .toArray());
        int[] identity = IntStream.range(0, n).toArray();
        return new SampledPoints(scene, grid, 0.02, identity, identity);
    }
}
