package org.scenecontexts.api.backbone;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.point.Points;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Features that a backbone computed, and where they are: on the engine for networks, on the host for who compares with scenes.
 *
 * <p>What is asked for on the host is brought there at the first question and, for {@link #farthest}, once per batch. Ask
 * before the batch is closed.
 *
 * @since 0.1
 */
public final class FeatureSet {

    private final Tensor features;
    private final int[] offsets;
    private final Supplier<Points> places;
    private final Supplier<float[]> positions;
    private final Supplier<int[]> rows;
    private final UnaryOperator<Tensor> gather;

    private FeatureSet(
            Tensor features,
            int[] offsets,
            Supplier<Points> places,
            Supplier<float[]> positions,
            Supplier<int[]> rows,
            UnaryOperator<Tensor> gather) {
        this.features = features;
        this.offsets = offsets;
        this.places = places;
        this.positions = positions;
        this.rows = rows;
        this.gather = gather;
    }

    /**
     * Features whose places are known on the host.
     *
     * @param features {@code [F, C]}
     * @param positions {@code [F, 3]}, metres
     * @param rows for each feature the row of the batch that it belongs to, {@code [F]}
     * @param offsets first feature of each scene, {@code [B + 1]}
     * @throws IllegalArgumentException when there is not one place and one row for each feature
     */
    public FeatureSet(Tensor features, float[] positions, int[] rows, int[] offsets) {
        this(
                features,
                offsets,
                () -> new Points(features.engine().wrap(positions, rows.length, 3), offsets),
                () -> positions,
                () -> rows,
                values -> values.gatherRows(rows));
        if (positions.length != 3 * features.rows() || rows.length != features.rows()) {
            throw new IllegalArgumentException("features " + features + " were given with " + positions.length
                    + " coordinates and " + rows.length + " rows; expected three coordinates and one row for each");
        }
    }

    /** The same places with other features, one for each. */
    public FeatureSet with(Tensor otherFeatures) {
        if (otherFeatures.rows() != features.rows()) {
            throw new IllegalArgumentException(
                    otherFeatures + " were given for the " + features.rows() + " places of " + features);
        }
        return new FeatureSet(otherFeatures, offsets, places, positions, rows, gather);
    }

    /** {@code [F, C]}. */
    public Tensor features() {
        return features;
    }

    /**
     * Where they are, on the engine, {@code [F, 3]}, metres, scene by scene; without gradient.
     *
     * @since 0.2
     */
    public Points places() {
        return places.get();
    }

    /** The same on the host, {@code [F, 3]}; not copied. */
    public float[] positions() {
        return positions.get();
    }

    /** For each feature the row of the batch that it belongs to, {@code [F]}, on the host; not copied. */
    public int[] rows() {
        return rows.get();
    }

    /**
     * What something else that is known of every row of the batch is at the features' rows, found where it lies: for who
     * compares with labels of points without waiting for {@link #rows}.
     *
     * @param values of every row of the batch, {@code [M, C]}
     * @return {@code [F, C]}, with gradient
     * @since 0.2
     */
    public Tensor gather(Tensor values) {
        return gather.apply(values);
    }

    /** First feature of each scene, {@code [B + 1]}. */
    public int[] offsets() {
        return offsets;
    }

    /**
     * Features at well-spread rows: in each scene the first row, then always the row that is farthest from all before, the
     * lowest of equals, as {@link org.scenecontexts.api.point.Neighbourhoods#farthest} finds them. Which rows these are is
     * found where the features lie, once per batch, and stays there. A scene of fewer rows gives them again from the first.
     * Rows at one place stand for one another: when every place is taken, the first row is taken again.
     *
     * @param features at every row of the batch, {@code [M, C]}
     * @param count per scene, 1 or more
     */
    public static FeatureSet farthest(Tensor features, PointBatch batch, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("seeds per scene must be 1 or more, found " + count);
        }
        record Key(TensorEngine engine, int count) {}
        TensorEngine engine = features.engine();
        // Before, as they are kept with the batch too, and what is kept must not be made while another is.
        Points points = Points.of(engine, batch);
        SpreadRows spread = batch.derived(new Key(engine, count), () -> SpreadRows.of(points, batch, count));
        return new FeatureSet(
                features.gatherRows(spread.index()),
                spread.offsets(),
                spread::places,
                () -> spread.positions(batch),
                spread::rows,
                values -> values.gatherRows(spread.index()));
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

    /**
     * Features at rows that kernels have chosen, in one step or in several, for a backbone that chooses its seeds itself: which
     * rows these are is brought to the host only when somebody asks for them.
     *
     * @param features {@code [F, C]}
     * @param places where they are, without gradient
     * @param steps the first are rows of the batch, those of every further step are rows of what the step before has chosen, and
     *     the last are as many as features; they belong to the batch, see {@link PointBatch#derived}
     * @throws IllegalArgumentException when there is no step, or there is not one place and one row for each feature
     * @since 0.2
     */
    public static FeatureSet chosen(Tensor features, Points places, PointBatch batch, List<Indices> steps) {
        if (steps.isEmpty()
                || steps.getLast().length() != features.rows()
                || places.rows().rows() != features.rows()) {
            throw new IllegalArgumentException("features " + features + " were given with places " + places.rows()
                    + " and " + (steps.isEmpty() ? "no" : steps.getLast().length()) + " rows; expected one of each");
        }
        ChosenRows rows = new ChosenRows(List.copyOf(steps));
        return new FeatureSet(
                features,
                places.offsets(),
                // A view of its own for everyone who asks, as of seeds that the framework finds.
                () -> places.with(places.rows().viewAs(places.rows().shape())),
                () -> rows.positions(batch),
                rows::host,
                rows::gather);
    }
}
