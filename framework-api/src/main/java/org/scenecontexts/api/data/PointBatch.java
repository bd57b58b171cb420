package org.scenecontexts.api.data;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * The sampled points of several scenes, stacked row by row for one forward pass.
 *
 * <p>Made in loader threads; plain arrays only. What a backbone derives from the points alone (kernel maps, neighbour
 * lists) can be kept with {@link #derived} and is then shared by all who ask. Close a batch when the step that uses it has
 * ended: what was derived may then lend its memory to the next. A batch that is never closed is left to the garbage
 * collector.
 *
 * @since 0.1
 */
public final class PointBatch implements AutoCloseable {

    private final List<SampledPoints> items;
    private final int[] offsets;
    private final float[] positions;
    private final int[] grid;
    private final float[] inputs;
    private final int inputChannels;
    private final int[] labels;
    private final int[] instances;
    private final Map<Object, Object> derived = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private PointBatch(List<SampledPoints> items, List<InputFeature> features) {
        this.items = List.copyOf(items);
        offsets = new int[items.size() + 1];
        for (int b = 0; b < items.size(); b++) {
            offsets[b + 1] = Math.addExact(offsets[b], items.get(b).size());
        }
        int rows = offsets[items.size()];
        boolean onGrid = items.stream().allMatch(SampledPoints::hasGrid) && !items.isEmpty();
        positions = new float[3 * rows];
        grid = new int[onGrid ? 4 * rows : 0];
        labels = new int[rows];
        instances = new int[rows];
        java.util.Arrays.fill(labels, Labels.IGNORE);
        java.util.Arrays.fill(instances, Labels.NO_INSTANCE);
        inputChannels = features.stream().mapToInt(InputFeature::channels).sum();
        inputs = new float[rows * inputChannels];
        for (int b = 0; b < items.size(); b++) {
            copy(items.get(b), b, features);
        }
    }

    /**
     * Stacks points.
     *
     * @param items one per scene of the batch
     * @param features what the network is given per point, in order
     */
    public static PointBatch of(List<SampledPoints> items, List<InputFeature> features) {
        return new PointBatch(items, features);
    }

    private void copy(SampledPoints item, int b, List<InputFeature> features) {
        int from = offsets[b];
        Scene scene = item.scene();
        System.arraycopy(scene.positions(), 0, positions, 3 * from, 3 * item.size());
        System.arraycopy(scene.labels(), 0, labels, from, scene.labels().length);
        System.arraycopy(scene.instances(), 0, instances, from, scene.instances().length);
        if (grid.length > 0) {
            for (int i = 0; i < item.size(); i++) {
                grid[4 * (from + i)] = b;
                System.arraycopy(item.grid(), 3 * i, grid, 4 * (from + i) + 1, 3);
            }
        }
        InputFeatures.write(scene, features, inputs, from * inputChannels, inputChannels);
    }

    /** Number of scenes, B. */
    public int scenes() {
        return items.size();
    }

    /** Number of rows, M. */
    public int rows() {
        return offsets[offsets.length - 1];
    }

    /** The stacked points. */
    public List<SampledPoints> items() {
        return items;
    }

    /** First row of each scene, {@code [B + 1]}; the last entry is M. */
    public int[] offsets() {
        return offsets;
    }

    /** {@code [M, 3]}, metres. */
    public float[] positions() {
        return positions;
    }

    /** Batch index and voxel coordinates, {@code [M, 4]}; empty when the points are not on a grid. */
    public int[] grid() {
        return grid;
    }

    /** Edge of a voxel, metres; 0 when the points are not on a grid. */
    public double spacing() {
        return grid.length == 0 ? 0 : items.getFirst().spacing();
    }

    /** Network inputs, {@code [M, inputChannels]}. */
    public float[] inputs() {
        return inputs;
    }

    public int inputChannels() {
        return inputChannels;
    }

    /** {@code [M]}, {@link Labels#IGNORE} where unknown. */
    public int[] labels() {
        return labels;
    }

    /**
     * The labels on an engine, brought there once.
     *
     * @param classes number of classes
     * @throws IllegalArgumentException when a label is not below it, naming label and row
     */
    public Indices labels(TensorEngine engine, int classes) {
        record Key(TensorEngine engine, int classes) {}
        return derived(new Key(engine, classes), () -> engine.labels(labels, classes));
    }

    /** {@code [M]}, {@link Labels#NO_INSTANCE} where unknown. */
    public int[] instances() {
        return instances;
    }

    /**
     * Something computed from the points, once. What is {@link AutoCloseable} is closed with the batch.
     *
     * @param key tells computations apart; use a private object or a record of the parameters
     * @throws IllegalStateException when the batch is closed
     */
    @SuppressWarnings("unchecked")
    public <T> T derived(Object key, Supplier<T> compute) {
        if (closed) {
            throw new IllegalStateException(
                    "a batch of " + rows() + " rows was used after it was closed, expected before;"
                            + " close a batch when the step that uses it has ended");
        }
        return (T) derived.computeIfAbsent(key, k -> compute.get());
    }

    /**
     * Closes what was derived. Rows, labels and inputs stay; nothing that was derived may be used any more, so no backward
     * pass may still need it.
     */
    @Override
    public void close() {
        closed = true;
        List<Object> open = List.copyOf(derived.values());
        derived.clear();
        for (Object value : open) {
            if (value instanceof AutoCloseable closeable) {
                close(closeable);
            }
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("what was derived from a batch could not be closed: " + e.getMessage(), e);
        }
    }
}
