package org.scenecontexts.api.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Tensor;

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

    private final Optional<Tensor> made;

    private PointBatch(List<SampledPoints> items, List<InputFeature> features, Optional<Tensor> made) {
        this.made = made;
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
        inputChannels = made.map(Tensor::columns)
                .orElse(features.stream().mapToInt(InputFeature::channels).sum());
        inputs = new float[made.isPresent() ? 0 : rows * inputChannels];
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
        return new PointBatch(items, features, Optional.empty());
    }

    /**
     * Stacks points that a step has made, with inputs that it has computed, through which gradients go.
     *
     * @param items one per group that a network shall tell apart
     * @param inputs {@code [M, inputChannels]}
     * @see org.scenecontexts.api.backbone.InnerNetwork
     */
    public static PointBatch of(List<SampledPoints> items, Tensor inputs) {
        PointBatch batch = new PointBatch(items, List.of(), Optional.of(inputs));
        if (inputs.rows() != batch.rows()) {
            throw new IllegalArgumentException(
                    "a batch of " + batch.rows() + " rows got inputs for " + inputs.rows() + "; expected one row each");
        }
        return batch;
    }

    /** The inputs of a batch that was made in a step; empty for ordinary ones. */
    public Optional<Tensor> madeInputs() {
        return made;
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
        if (made.isEmpty()) {
            InputFeatures.write(scene, features, inputs, from * inputChannels, inputChannels);
        }
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
        return made.map(Tensor::toArray).orElse(inputs);
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
     * An attribute of the points of all scenes, stacked, {@code [M, W]}: what a task compares with.
     *
     * @throws CloudException when a scene has none of that name, naming those that exist, or scenes differ in width
     */
    public float[] attribute(String name) {
        record Key(String name) {}
        return derived(new Key(name), () -> {
            int width = items.getFirst().scene().ofPoints(name).width();
            float[] stacked = new float[Math.multiplyExact(rows(), width)];
            for (int b = 0; b < items.size(); b++) {
                Scene scene = items.get(b).scene();
                Attribute attribute = scene.ofPoints(name);
                if (attribute.width() != width) {
                    throw new CloudException("scene '" + scene.id() + "': the attribute '" + name + "' has "
                            + attribute.width() + " numbers per point, that of '"
                            + items.getFirst().scene().id() + "' has " + width + "; they must agree in all scenes");
                }
                float[] values = attribute.floats();
                System.arraycopy(values, 0, stacked, offsets[b] * width, values.length);
            }
            return stacked;
        });
    }

    /**
     * An attribute of the scenes, a row for each, {@code [B, W]}.
     *
     * @throws CloudException when a scene has none of that name, naming those that exist
     */
    public float[] sceneAttribute(String name) {
        int width = items.getFirst().scene().ofScene(name).width();
        float[] stacked = new float[items.size() * width];
        for (int b = 0; b < items.size(); b++) {
            float[] values = items.get(b).scene().ofScene(name).floats();
            System.arraycopy(values, 0, stacked, b * width, Math.min(width, values.length));
        }
        return stacked;
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
