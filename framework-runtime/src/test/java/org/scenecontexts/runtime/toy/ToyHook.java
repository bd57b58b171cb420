package org.scenecontexts.runtime.toy;

import java.util.function.Supplier;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.train.TrainingHook;
import org.scenecontexts.api.train.TrainingHookFactory;

/** Puts a test's own hook into a pipeline, under {@code type: toy-hook}. */
public final class ToyHook implements TrainingHookFactory<ToyHook.Config> {

    public record Config(
            @Doc("Whether it only looks.") @Default("true") boolean observes,

            @Doc("Anything.") @Default("0") int number) {}

    private final Supplier<TrainingHook> hook;

    public ToyHook(Supplier<TrainingHook> hook) {
        this.hook = hook;
    }

    @Override
    public String name() {
        return "toy-hook";
    }

    @Override
    public String summary() {
        return "A hook of a test.";
    }

    @Override
    public boolean observes(Config config) {
        return config.observes();
    }

    @Override
    public TrainingHook create(Config config, Context context) {
        return hook.get();
    }
}
