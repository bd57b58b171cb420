package org.scenecontexts.runtime.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.api.train.TrainingHook;
import org.scenecontexts.api.train.TrainingProgress;
import org.scenecontexts.runtime.checkpoint.Checkpoint;
import org.scenecontexts.runtime.pipeline.HookChoices;
import org.scenecontexts.runtime.pipeline.StageFailedException;
import org.scenecontexts.runtime.run.Model;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hooks of one training, told one after the other, with their names in what goes wrong and in checkpoints. */
final class Hooks {

    private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);
    private static final String NOTES = "csc.resume.hook.";

    /**
     * One hook.
     *
     * @param name its type, with a number where a type comes again
     * @param place in the stage, for messages
     * @param observes whether it only looks
     */
    private record Named(String name, String place, boolean observes, TrainingHook hook) {}

    private final String stage;
    private final List<Named> hooks = new ArrayList<>();

    /** Creates the hooks of a stage. */
    Hooks(TrainingJob job, Model model) {
        stage = job.id();
        Map<String, Integer> count = new LinkedHashMap<>();
        for (int i = 0; i < job.config().hooks().size(); i++) {
            var choice = job.config().hooks().get(i);
            int number = count.merge(choice.type(), 1, Integer::sum);
            String place = "hooks[" + i + "]";
            var context = job.context().hook(place, model.engine(), model.network());
            hooks.add(new Named(
                    number == 1 ? choice.type() : choice.type() + "-" + number,
                    place,
                    HookChoices.observes(choice),
                    choice.create(context)));
        }
    }

    /**
     * Tells every hook, in order.
     *
     * @param when in words, for messages
     */
    void tell(String when, Consumer<TrainingHook> event) {
        hooks.forEach(named -> tell(named, when, event));
    }

    private void tell(Named named, String when, Consumer<TrainingHook> event) {
        try {
            event.accept(named.hook());
        } catch (StageFailedException e) {
            throw e;
        } catch (RuntimeException | LinkageError | AssertionError e) {
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            throw new StageFailedException(
                    "stage '" + stage + "': the hook '" + named.name() + "' (" + named.place() + ") failed " + when
                            + ": " + reason,
                    e);
        }
    }

    /** Tells that the training has failed; what fails then is put on record with the failure itself. */
    void failed(TrainingProgress at, Throwable failure) {
        for (Named named : hooks) {
            try {
                tell(named, "when told of a failure", hook -> hook.failed(at, failure));
            } catch (RuntimeException e) {
                LOG.warn("{}", e.getMessage());
                failure.addSuppressed(e);
            }
        }
    }

    /** As {@link #inUse(Supplier)}. */
    void inUse(Runnable use) {
        inUse(() -> {
            use.run();
            return true;
        });
    }

    /** Measures or writes the network with the values that hooks want to be used. */
    <T> T inUse(Supplier<T> use) {
        int ready = 0;
        try {
            for (; ready < hooks.size(); ready++) {
                tell(hooks.get(ready), "before the network was used", TrainingHook::beforeUse);
            }
            return use.get();
        } finally {
            for (int i = ready - 1; i >= 0; i--) {
                tell(hooks.get(i), "after the network was used", TrainingHook::afterUse);
            }
        }
    }

    /** Everything that checkpoints keep of hooks as tensors. */
    List<StateEntry> state() {
        List<StateEntry> state = new ArrayList<>();
        hooks.forEach(named -> state.addAll(state(named)));
        return state;
    }

    private static List<StateEntry> state(Named named) {
        return named.hook().state().stream()
                .map(entry -> entry.named(Checkpoint.HOOKS + named.name() + "/" + entry.name()))
                .toList();
    }

    /** Everything that checkpoints keep of hooks as text. */
    Map<String, String> notes() {
        Map<String, String> notes = new LinkedHashMap<>();
        hooks.forEach(named ->
                named.hook().notes().forEach((key, value) -> notes.put(NOTES + named.name() + "." + key, value)));
        return notes;
    }

    /** Gives hooks back what a checkpoint kept. One that only looks may be new since then. */
    void restore(Checkpoint checkpoint) {
        for (Named named : hooks) {
            List<StateEntry> state = state(named);
            if (!named.observes() || checkpoint.hasBeside(state)) {
                checkpoint.loadBeside(state);
            }
            String prefix = NOTES + named.name() + ".";
            Map<String, String> notes = new LinkedHashMap<>();
            checkpoint.metadata().forEach((key, value) -> {
                if (key.startsWith(prefix)) {
                    notes.put(key.substring(prefix.length()), value);
                }
            });
            tell(named, "when given its saved state", hook -> hook.restore(notes));
        }
    }
}
