package org.scenecontexts.runtime.execute;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.scenecontexts.runtime.pipeline.ModelRef;
import org.scenecontexts.runtime.pipeline.RunStoppedException;
import org.scenecontexts.runtime.pipeline.Stage;

/**
 * Does the stages of a pipeline in their order, or several at one time where none needs another: small networks leave cores idle
 * that another cell of a matrix can use.
 *
 * <p>A stage waits for those whose models it reads. One that writes outside of its own folder, or reads a file of the run
 * folder by its name, may be what others need or need others in ways that nobody wrote down: it runs when all before it are done, and all
 * behind it wait.
 */
final class SideBySide {

    /** What is done with a stage. */
    @FunctionalInterface
    interface Work {
        /** @param stop asked again and again: whether to save and end */
        void on(Stage stage, BooleanSupplier stop);
    }

    private final int jobs;
    private final BooleanSupplier asked;
    private final Work work;
    private final Set<String> alone = new HashSet<>();

    /** Those that have not ended, in their order. */
    private final List<Stage> left;

    private final Set<String> begun = new HashSet<>();
    private final List<Throwable> failures = new ArrayList<>();

    /**
     * Stages that nobody has begun.
     *
     * @param jobs stages at one time, at least 1
     * @param asked whether the user wants to stop
     */
    SideBySide(List<Stage> stages, Path run, int jobs, BooleanSupplier asked, Work work) {
        this.left = new ArrayList<>(stages);
        this.jobs = jobs;
        this.asked = asked;
        this.work = work;
        stages.stream()
                .filter(stage -> !StageParts.written(stage).isEmpty()
                        || StageParts.named(stage).stream().anyMatch(path -> inside(path, run)))
                .map(Stage::id)
                .forEach(alone::add);
    }

    private static boolean inside(Path path, Path run) {
        return path.toAbsolutePath().normalize().startsWith(run.toAbsolutePath().normalize());
    }

    /**
     * Does all stages. When one fails, those at work beside it are told to stop, so that they save, and no other begins.
     *
     * @throws RuntimeException the failure
     * @throws RunStoppedException when the user wants to stop
     */
    void run() {
        if (jobs == 1) {
            workOff();
        } else {
            try (ExecutorService workers = Executors.newFixedThreadPool(
                    Math.min(jobs, Math.max(1, left.size())),
                    Thread.ofPlatform().name("csc-stage-", 1).factory())) {
                for (int k = 0; k < jobs; k++) {
                    workers.execute(this::workOff);
                }
            }
        }
        Optional<Throwable> failure = failures.stream()
                .filter(thrown -> !(thrown instanceof RunStoppedException))
                .findFirst()
                .or(() -> failures.stream().findFirst());
        if (failure.isPresent()) {
            switch (failure.get()) {
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable e -> throw new IllegalStateException(e);
            }
        }
    }

    private void workOff() {
        for (Optional<Stage> next = next(); next.isPresent(); next = next()) {
            Optional<Throwable> failure = Optional.empty();
            try {
                work.on(next.get(), this::stopping);
            } catch (RuntimeException | Error e) {
                failure = Optional.of(e);
            }
            ended(next.get(), failure);
        }
    }

    private boolean stopping() {
        return asked.getAsBoolean() || failed();
    }

    private synchronized boolean failed() {
        return !failures.isEmpty();
    }

    private synchronized void ended(Stage stage, Optional<Throwable> failure) {
        left.remove(stage);
        failure.ifPresent(failures::add);
        notifyAll();
    }

    /** The next stage that can begin, once there is one; empty when there will be none. */
    private synchronized Optional<Stage> next() {
        try {
            while (!failed()) {
                Optional<Stage> first = left.stream()
                        .filter(stage -> !begun.contains(stage.id()))
                        .findFirst();
                if (first.isEmpty()) {
                    return Optional.empty();
                }
                if (asked.getAsBoolean()) {
                    failures.add(new RunStoppedException(
                            "stopped before stage '" + first.get().id() + "'; the same command goes on with it"));
                    break;
                }
                Optional<Stage> ready = left.stream().filter(this::canBegin).findFirst();
                if (ready.isPresent()) {
                    begun.add(ready.get().id());
                    return ready;
                }
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures.add(new RunStoppedException("interrupted; the same command goes on"));
        }
        return Optional.empty();
    }

    private boolean canBegin(Stage stage) {
        if (begun.contains(stage.id())) {
            return false;
        }
        for (Stage earlier : left) {
            if (earlier == stage) {
                return true;
            }
            if (alone.contains(stage.id()) || alone.contains(earlier.id()) || reads(stage, earlier)) {
                return false;
            }
        }
        throw new IllegalStateException("stage '" + stage.id() + "' is not one of the stages to do");
    }

    private static boolean reads(Stage stage, Stage earlier) {
        return stage.config().models().stream()
                .anyMatch(model -> model instanceof ModelRef.OfStage(String id, ModelRef.Checkpoint checkpoint)
                        && id.equals(earlier.id()));
    }
}
