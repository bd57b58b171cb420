package org.scenecontexts.runtime.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongToIntFunction;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.PointPipeline;
import org.scenecontexts.api.data.Sample;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.runtime.guard.FailureReasons;
import org.scenecontexts.runtime.run.Chance;

/**
 * Makes the batch of a number, always the same one: all chance comes from the positions of its samples.
 *
 * <p>Safe for use by several threads.
 *
 * @param data the examples
 * @param task prepares them
 * @param pipeline from scenes to sampled points
 * @param inputs what the network is given per point
 * @param size samples per batch
 * @param samples number of samples in all; the last batch may be smaller
 * @param order example at each position
 * @param chance a place below it belongs to each position
 * @param preparation does what the network can do before a step: {@code Backbone.prepare}
 * @since 0.1
 */
public record BatchMaker(
        Dataset data,
        Task task,
        PointPipeline pipeline,
        List<InputFeature> inputs,
        int size,
        long samples,
        LongToIntFunction order,
        Chance chance,
        Consumer<PointBatch> preparation) {

    public BatchMaker {
        inputs = List.copyOf(inputs);
    }

    /** Batches in endless random order, for training. */
    public static BatchMaker shuffled(
            Dataset data, Task task, PointPipeline pipeline, List<InputFeature> inputs, int size, Chance chance) {
        SampleOrder order = new SampleOrder(data.size(), chance.at("order"));
        return new BatchMaker(
                data, task, pipeline, inputs, size, Long.MAX_VALUE, order::example, chance.at("samples"), batch -> {});
    }

    /** Every example once, in order, for evaluation. */
    public static BatchMaker inOrder(
            Dataset data, Task task, PointPipeline pipeline, List<InputFeature> inputs, int size, Chance chance) {
        return new BatchMaker(
                data, task, pipeline, inputs, size, data.size(), Math::toIntExact, chance.at("samples"), batch -> {});
    }

    /** The same batches, prepared for a network. */
    public BatchMaker preparedBy(Backbone backbone) {
        return new BatchMaker(data, task, pipeline, inputs, size, samples, order, chance, backbone::prepare);
    }

    /** Number of batches. */
    public long batches() {
        return samples / size + (samples % size == 0 ? 0 : 1);
    }

    /**
     * Makes a batch.
     *
     * @param number from 0
     * @throws CloudException when an example cannot be prepared; the message names it
     */
    public Batch make(long number) {
        List<Sample> made = new ArrayList<>(size);
        long from = Math.multiplyExact(number, size);
        for (long position = from; position < Math.min(samples, from + size); position++) {
            made.add(sample(position));
        }
        Batch batch = Batch.of(made, inputs);
        batch.views().forEach(preparation);
        return batch;
    }

    private Sample sample(long position) {
        int index = order.applyAsInt(position);
        try {
            return task.prepare(data.load(index), pipeline, chance.at(position).random());
        } catch (RuntimeException e) {
            String reason = FailureReasons.of(e);
            throw new CloudException(
                    "example '" + data.id(index) + "' (number " + index + " of " + data.size()
                            + ") cannot be prepared: " + reason,
                    e);
        }
    }
}
