package org.scenecontexts.datasets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.plugin.BuildContext;

/** A context that remembers warnings. */
public final class TestContext implements BuildContext {

    public final List<String> warnings = Collections.synchronizedList(new ArrayList<>());

    @Override
    public RandomGenerator random() {
        return new SplittableRandom(1);
    }

    @Override
    public Parallel parallel() {
        return Parallel.sequential();
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
