package org.scenecontexts.datasets.synthetic;

import java.lang.ref.SoftReference;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.SceneClasses;

/** A data set whose examples are made on demand and kept while there is memory. */
final class SceneCache implements Dataset {

    private final String prefix;
    private final SceneClasses classes;
    private final int views;
    private final boolean keep;
    private final IntFunction<Example> maker;
    private final AtomicReferenceArray<SoftReference<Example>> made;

    SceneCache(String prefix, SceneClasses classes, int size, int views, boolean keep, IntFunction<Example> maker) {
        this.prefix = prefix;
        this.classes = classes;
        this.views = views;
        this.keep = keep;
        this.maker = maker;
        this.made = new AtomicReferenceArray<>(size);
    }

    @Override
    public int size() {
        return made.length();
    }

    @Override
    public SceneClasses classes() {
        return classes;
    }

    @Override
    public String id(int index) {
        return id(prefix, index);
    }

    static String id(String prefix, int index) {
        return String.format(Locale.ROOT, "%s-%05d", prefix, index);
    }

    @Override
    public int views() {
        return views;
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
