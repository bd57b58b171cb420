package org.scenecontexts.api.data;

import java.util.List;

/**
 * One example made ready for a network by a task, in a loader thread.
 *
 * <p>Tasks that need more than the sampled points (matches between views, box targets) hand out their own implementation
 * and find it again in {@link Batch#samples()}.
 *
 * @since 0.1
 */
public interface Sample {

    /** The example as the data set gave it, before transforms. */
    Example example();

    /** The sampled points of each view, in the order of the example's views. */
    List<SampledPoints> views();

    /** A sample that carries nothing else. */
    static Sample of(Example example, List<SampledPoints> views) {
        record Plain(Example example, List<SampledPoints> views) implements Sample {
            Plain {
                views = List.copyOf(views);
            }
        }
        return new Plain(example, views);
    }
}
