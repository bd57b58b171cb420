package org.scenecontexts.votenet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.task.TaskContext;

/** What the framework would lend to a task. */
public record TestContext(
        TensorEngine engine, int inputChannels, int featureChannels, SceneClasses classes, List<String> warnings)
        implements TaskContext {

    /** One that collects what is warned of. */
    public TestContext(TensorEngine engine, int inputChannels, int featureChannels, SceneClasses classes) {
        this(engine, inputChannels, featureChannels, classes, new ArrayList<>());
    }

    @Override
    public RandomGenerator random() {
        return new Random(1);
    }

    @Override
    public Parallel parallel() {
        return engine.parallel();
    }

    @Override
    public Path resolve(Path path) {
        return path.toAbsolutePath();
    }

    @Override
    public void warn(String message) {
        warnings.add(message);
    }
}
