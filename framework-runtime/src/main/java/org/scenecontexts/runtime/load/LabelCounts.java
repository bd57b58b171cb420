package org.scenecontexts.runtime.load;

import java.util.Arrays;
import java.util.function.Supplier;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Scene;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the points of each class in a data set, as its scenes come, when somebody asks, and only once.
 *
 * @since 0.2
 */
public final class LabelCounts implements Supplier<long[]> {

    private static final Logger LOG = LoggerFactory.getLogger(LabelCounts.class);

    private final Dataset data;
    private long[] counts = {};
    private boolean counted;

    /** @param data whose labels are 0 to the number of its classes less one, or negative */
    public LabelCounts(Dataset data) {
        this.data = data;
    }

    @Override
    public synchronized long[] get() {
        if (!counted) {
            counts = new long[data.classes().count()];
            for (int i = 0; i < data.size(); i++) {
                data.load(i).views().forEach(this::add);
            }
            counted = true;
            LOG.info("counted the points of each class in {} scenes: {}", data.size(), Arrays.toString(counts));
        }
        return counts.clone();
    }

    private void add(Scene scene) {
        for (int label : scene.labels()) {
            if (label >= 0 && label < counts.length) {
                counts[label]++;
            }
        }
    }
}
