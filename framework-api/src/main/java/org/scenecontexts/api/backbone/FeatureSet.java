package org.scenecontexts.api.backbone;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Features that a backbone computed, and where they are.
 *
 * @param features {@code [F, C]}
 * @param positions {@code [F, 3]}, metres
 * @param rows for each feature the row of the batch that it belongs to, {@code [F]}
 * @param offsets first feature of each scene, {@code [B + 1]}
 * @since 0.1
 */
public record FeatureSet(Tensor features, float[] positions, int[] rows, int[] offsets) {

    /**
     * Features at well-spread rows: in each scene the first row, then always the row that is farthest from all before, the
     * lowest of equals. A scene of fewer rows gives them again from the first.
     *
     * @param features at every row of the batch, {@code [M, C]}
     * @param count per scene, 1 or more
     */
    public static FeatureSet farthest(Tensor features, PointBatch batch, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("seeds per scene must be 1 or more, found " + count);
        }
        record Key(int count) {}
        int[] rows = batch.derived(new Key(count), () -> IntStream.range(0, batch.scenes())
                .flatMap(b -> Arrays.stream(
                        FarthestRows.of(batch.positions(), batch.offsets()[b], batch.offsets()[b + 1], count)))
                .toArray());
        return at(features, batch, rows);
    }

    /**
     * Features at chosen rows, for a backbone or a task that chooses its seeds itself.
     *
     * @param features at every row of the batch, {@code [M, C]}
     * @param rows of the batch, as many for each scene, those of the first scene first
     * @throws IllegalArgumentException when the rows cannot be as many for each scene
     * @since 0.2
     */
    public static FeatureSet at(Tensor features, PointBatch batch, int[] rows) {
        if (rows.length == 0 || rows.length % batch.scenes() != 0) {
            throw new IllegalArgumentException("as many rows for each of " + batch.scenes()
                    + " scenes are expected, and at least one, found " + rows.length + " rows");
        }
        int count = rows.length / batch.scenes();
        float[] positions = new float[3 * rows.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(batch.positions(), 3 * rows[i], positions, 3 * i, 3);
        }
        int[] offsets =
                IntStream.rangeClosed(0, batch.scenes()).map(b -> b * count).toArray();
        return new FeatureSet(features.gatherRows(rows), positions, rows, offsets);
    }
}
