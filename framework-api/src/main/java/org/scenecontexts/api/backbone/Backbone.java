package org.scenecontexts.api.backbone;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.tensor.Tensor;

/**
 * A network that turns points into features, for any task.
 *
 * @since 0.1
 */
public interface Backbone {

    /** The trained part. */
    Module module();

    /** Width of the features, C. */
    int channels();

    /**
     * Finds out, while earlier batches are computed, what depends on the points of a batch alone, such as its sorted voxels, so
     * that no step waits for it. By default there is nothing of that kind.
     *
     * <p>It is kept with {@link PointBatch#derived}, where {@link #features} finds it; a batch that nobody has prepared is given the
     * same features, to the last bit. Called by threads that load, several at a time, each with a batch of its own, while another
     * thread drives the engine: no engine may be asked for anything here, and what is kept must not have to be closed, because
     * a batch that is not needed any more is dropped as it is.
     *
     * @param batch not yet seen by any network
     * @throws IllegalArgumentException when the network cannot take the batch, as {@link #features} would say
     * @since 0.2
     */
    default void prepare(PointBatch batch) {}

    /**
     * Features at every row of a batch.
     *
     * @return {@code [M, C]}, in the order of the batch's rows
     */
    Tensor features(PointBatch batch);

    /**
     * Features at some well-spread points of each scene, for detection: farthest points among the rows, with the features
     * there, unless a backbone has seeds of its own ({@link #hasOwnSeeds}).
     *
     * @param count seeds per scene
     */
    default FeatureSet seeds(PointBatch batch, int count) {
        return FeatureSet.farthest(features(batch), batch, count);
    }

    /**
     * Whether {@link #seeds} is more than a choice among {@link #features}. An evaluation that wants both runs a backbone
     * without seeds of its own once.
     */
    default boolean hasOwnSeeds() {
        return false;
    }

    /**
     * How far from a point, along an axis, others may lie that its feature depends on, metres, as far as the layers alone
     * decide it (norms in evaluation mode do not); empty where everything counts, or nobody has worked it out. Blocks of large
     * scenes say by it how much of what a point depends on they share.
     *
     * @since 0.2
     */
    default OptionalDouble reach() {
        return OptionalDouble.empty();
    }

    /** All features with their places. */
    default FeatureSet featureSet(PointBatch batch) {
        return new FeatureSet(
                features(batch),
                batch.positions(),
                IntStream.range(0, batch.rows()).toArray(),
                batch.offsets());
    }

    /**
     * What somebody who reads the parameters without this plugin must know, by key, such as {@code kernel-layout}; stored
     * in checkpoints, so nothing in it may depend on time, place or threads.
     */
    default Map<String, String> metadata() {
        return Map.of();
    }

    /** A backbone from a module and a function. */
    static Backbone of(Module module, int channels, Function<PointBatch, Tensor> features) {
        return new Backbone() {
            @Override
            public Module module() {
                return module;
            }

            @Override
            public int channels() {
                return channels;
            }

            @Override
            public Tensor features(PointBatch batch) {
                return features.apply(batch);
            }
        };
    }

    /** The inputs of a batch as a tensor, with gradient where they were made in the step, {@code [M, inputChannels]}. */
    static Tensor inputs(TensorEngine engine, PointBatch batch) {
        record Key(TensorEngine engine) {}
        return batch.madeInputs()
                .orElseGet(() -> batch.derived(
                        new Key(engine), () -> engine.wrap(batch.inputs(), batch.rows(), batch.inputChannels())));
    }

    /** The positions of a batch as a tensor, {@code [M, 3]}. */
    static Tensor positions(TensorEngine engine, PointBatch batch) {
        record Key(TensorEngine engine) {}
        return batch.derived(new Key(engine), () -> engine.wrap(batch.positions(), batch.rows(), 3));
    }
}
