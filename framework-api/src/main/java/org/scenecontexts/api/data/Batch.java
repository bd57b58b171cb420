package org.scenecontexts.api.data;

import java.util.List;

/**
 * What one training or evaluation step works on.
 *
 * @param samples the samples, B of them
 * @param views the stacked points of view 0 of all samples, of view 1, ...; one entry for ordinary data, two for pairs
 * @since 0.1
 */
public record Batch(List<Sample> samples, List<PointBatch> views) implements AutoCloseable {

    public Batch {
        samples = List.copyOf(samples);
        views = List.copyOf(views);
    }

    /** Stacks samples that all have as many views. */
    public static Batch of(List<Sample> samples, List<InputFeature> features) {
        int views = samples.getFirst().views().size();
        return new Batch(
                samples,
                java.util.stream.IntStream.range(0, views)
                        .mapToObj(v -> PointBatch.of(
                                samples.stream().map(s -> s.views().get(v)).toList(), features))
                        .toList());
    }

    /** The points of ordinary data. */
    public PointBatch points() {
        return views.getFirst();
    }

    /** Closes the points of all views, see {@link PointBatch#close}; call it when the step is over. */
    @Override
    public void close() {
        views.forEach(PointBatch::close);
    }
}
