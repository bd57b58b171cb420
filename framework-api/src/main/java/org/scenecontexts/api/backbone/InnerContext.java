package org.scenecontexts.api.backbone;

import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.pf4j.ExtensionPoint;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.TensorEngine;

/** What a task lends to a network inside it: its own context with another width of inputs. */
record InnerContext(ModelContext outer, int inputChannels) implements ModelContext {

    @Override
    public TensorEngine engine() {
        return outer.engine();
    }

    @Override
    public SceneClasses classes() {
        return outer.classes();
    }

    @Override
    public long[] labelCounts() {
        return outer.labelCounts();
    }

    @Override
    public RandomGenerator random() {
        return outer.random();
    }

    @Override
    public Parallel parallel() {
        return outer.parallel();
    }

    @Override
    public Path resolve(Path path) {
        return outer.resolve(path);
    }

    @Override
    public <T extends ExtensionPoint> List<T> extensions(Class<T> type) {
        return outer.extensions(type);
    }

    @Override
    public void warn(String message) {
        outer.warn(message);
    }
}
