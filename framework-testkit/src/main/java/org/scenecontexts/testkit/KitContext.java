package org.scenecontexts.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.task.TaskContext;

/**
 * What the framework lends to a plugin, for tests that create one by hand. Two of the same seed lend the same chance.
 *
 * @since 0.2
 */
public final class KitContext implements TaskContext, BenchmarkFactory.Context {

    private final TensorEngine engine;
    private final SplittableRandom random;
    private final int inputChannels;
    private final int featureChannels;
    private final SceneClasses classes;
    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());

    /**
     * @param engine where tensors live
     * @param seed of the chance that is lent
     * @param inputChannels channels of the network's input per point
     * @param featureChannels width of the backbone's features, for tasks
     * @param classes of the data
     */
    public KitContext(TensorEngine engine, long seed, int inputChannels, int featureChannels, SceneClasses classes) {
        this.engine = engine;
        random = new SplittableRandom(seed);
        this.inputChannels = inputChannels;
        this.featureChannels = featureChannels;
        this.classes = classes;
    }

    /** For plugins that build no network. */
    public static KitContext withoutNetwork(TensorEngine engine, long seed) {
        return new KitContext(engine, seed, 0, 0, KitScenes.CLASSES);
    }

    @Override
    public TensorEngine engine() {
        return engine;
    }

    @Override
    public int inputChannels() {
        return inputChannels;
    }

    @Override
    public int featureChannels() {
        return featureChannels;
    }

    @Override
    public SceneClasses classes() {
        return classes;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Parallel parallel() {
        return engine.parallel();
    }

    @Override
    public Path resolve(Path path) {
        return path.toAbsolutePath().normalize();
    }

    @Override
    public void warn(String message) {
        warnings.add(message);
    }

    /** What the plugin told the user, in order. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }
}
