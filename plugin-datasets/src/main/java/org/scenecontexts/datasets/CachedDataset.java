package org.scenecontexts.datasets;

import java.lang.ref.SoftReference;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.SceneClasses;

/**
 * A data set whose examples are made when they are asked for, and kept while there is memory.
 *
 * @since 0.1
 */
public final class CachedDataset implements Dataset {

    private final List<String> ids;
    private final SceneClasses classes;
    private final int views;
    private final boolean keep;
    private final String origin;
    private final IntFunction<Example> maker;
    private final AtomicReferenceArray<SoftReference<Example>> made;

    /**
     * @param ids one name per example
     * @param views number of views that every example has
     * @param keep whether examples made once may be kept
     * @param maker makes the example of an index, always the same; several threads may call it at once
     */
    public CachedDataset(List<String> ids, SceneClasses classes, int views, boolean keep, IntFunction<Example> maker) {
        this(ids, classes, views, keep, "", maker);
    }

    /**
     * @param ids one name per example
     * @param views number of views that every example has
     * @param keep whether examples made once may be kept
     * @param origin where examples and labels come from, for messages
     * @param maker makes the example of an index, always the same; several threads may call it at once
     */
    public CachedDataset(
            List<String> ids,
            SceneClasses classes,
            int views,
            boolean keep,
            String origin,
            IntFunction<Example> maker) {
        this.ids = List.copyOf(ids);
        this.classes = classes;
        this.views = views;
        this.keep = keep;
        this.origin = origin;
        this.maker = maker;
        this.made = new AtomicReferenceArray<>(ids.size());
    }

    @Override
    public int size() {
        return ids.size();
    }

    @Override
    public SceneClasses classes() {
        return classes;
    }

    @Override
    public String id(int index) {
        return ids.get(index);
    }

    @Override
    public int views() {
        return views;
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public Example load(int index) {
        SoftReference<Example> reference = made.get(index);
        Example kept = reference == null ? null : reference.get();
        if (kept != null) {
            return kept;
        }
        // Two threads may make the same example; it is the same anyway.
        Example example = maker.apply(index);
        if (keep) {
            made.set(index, new SoftReference<>(example));
        }
        return example;
    }
}
