package org.scenecontexts.runtime.train;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.scenecontexts.api.train.TrainingProgress;
import org.scenecontexts.api.train.TrainingRun;
import org.scenecontexts.runtime.config.ConfigTree;
import org.scenecontexts.runtime.config.YamlWriter;
import org.scenecontexts.runtime.pipeline.ModelRef;

/** What hooks can do to a training as a whole: end it, and have the network written. */
final class HookedRun implements TrainingRun {

    private static final Set<String> TAKEN = Set.of("last", "best", "resume");

    private final TrainingJob job;
    private final TrainingState state;
    private final Hooks hooks;
    private final TrainingProgress start;
    private final double iterationsPerEpoch;
    private Optional<String> stopped = Optional.empty();

    /** @param start the step made last */
    HookedRun(TrainingJob job, TrainingState state, Hooks hooks, TrainingProgress start, double iterationsPerEpoch) {
        this.job = job;
        this.state = state;
        this.hooks = hooks;
        this.start = start;
        this.iterationsPerEpoch = iterationsPerEpoch;
    }

    @Override
    public String stage() {
        return job.id();
    }

    @Override
    public String configuration() {
        return YamlWriter.write(new ConfigTree(Map.of(ModelRef.class, String::valueOf)).of(job.config()));
    }

    @Override
    public TrainingProgress start() {
        return start;
    }

    @Override
    public double iterationsPerEpoch() {
        return iterationsPerEpoch;
    }

    @Override
    public Path folder() {
        return job.folder().path();
    }

    @Override
    public void stop(String reason) {
        if (stopped.isEmpty()) {
            stopped = Optional.of(reason);
        }
    }

    /** Why the training ends early, if it does. */
    Optional<String> stopped() {
        return stopped;
    }

    @Override
    public Path save(String name, Map<String, String> about) {
        return hooks.inUse(() -> saveTrained(name, about));
    }

    @Override
    public Path saveTrained(String name, Map<String, String> about) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*") || TAKEN.contains(name)) {
            throw new IllegalArgumentException("a hook cannot write a checkpoint '" + name
                    + "'; use letters, digits, '.', '_' and '-', and none of " + TAKEN);
        }
        Path file = job.folder().checkpoint(name);
        state.save(file, about);
        return file;
    }
}
