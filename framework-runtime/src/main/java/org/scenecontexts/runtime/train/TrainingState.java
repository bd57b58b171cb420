package org.scenecontexts.runtime.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.nn.RunningStatistics;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.api.optim.Optimizer;
import org.scenecontexts.runtime.checkpoint.Checkpoint;
import org.scenecontexts.runtime.frame.TrainingFrame;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.run.Model;
import org.scenecontexts.runtime.run.ModelCard;

/**
 * How far a training has come, and its way to disk and back: parameters, the optimizer's memory, hooks, random numbers, the
 * iteration (from which the order of the data follows), what is left to divide out of running statistics, and the best
 * measurement so far.
 */
final class TrainingState {

    private static final String FINGERPRINT = "csc.resume.fingerprint";
    private static final String ITERATION = "csc.iteration";
    private static final String BEST = "csc.resume.best";
    private static final String BEST_ITERATION = "csc.resume.best-iteration";
    private static final String START_SHARES = "csc.resume.start-shares";
    private static final String LEARNT = "csc.resume.learnt";
    private static final String CHANCE = "csc.resume.random.";
    private static final String AVERAGES = "csc.resume.averages";

    private final TrainingJob job;
    private final Model model;
    private final Optimizer optimizer;
    private final Hooks hooks;
    private final FrameRecording recording;
    private final Map<String, String> about;
    private long iteration;
    private double best = Double.NaN;
    private long bestIteration;
    private Map<String, Object> averages = Map.of();
    private boolean learnt;

    TrainingState(TrainingJob job, Model model, Optimizer optimizer, Hooks hooks, FrameRecording recording) {
        this.job = job;
        this.model = model;
        this.optimizer = optimizer;
        this.hooks = hooks;
        this.recording = recording;
        this.about = new TreeMap<>(model.backbone().metadata());
        about.putAll(ModelCard.of(model));
        about.putAll(job.provenance());
    }

    /** Optimizer steps made. */
    long iteration() {
        return iteration;
    }

    void advance() {
        iteration++;
    }

    /** The best measurement so far; not a number when there was none. */
    double best() {
        return best;
    }

    long bestIteration() {
        return bestIteration;
    }

    /** What the next line of the log is made of, as the checkpoint that was taken over has it. */
    Map<String, Object> averages() {
        return averages;
    }

    /** Whether any step so far had something to learn from. */
    boolean learnt() {
        return learnt;
    }

    void learnt(boolean something) {
        learnt = something;
    }

    /** Takes over where an interrupted run of the same training stopped. */
    boolean resume() {
        Path file = job.folder().resume();
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            if (!checkpoint.metadata(FINGERPRINT).orElse("").equals(job.fingerprint())) {
                return false;
            }
            checkpoint.load(model.network().state(), true);
            checkpoint.loadBeside(optimizerState());
            RunningStatistics.startShares(model.network(), startShares(checkpoint));
            model.chances().forEach((name, random) -> random.restore(text(checkpoint, CHANCE + name)));
            iteration = Long.parseLong(text(checkpoint, ITERATION));
            checkpoint
                    .metadata(TrainingFrame.METADATA_KEY)
                    .flatMap(TrainingFrame::parse)
                    .ifPresent(frame -> recording.resume(frame, iteration * examplesPerStep()));
            ModelCard.restoreNotes(model.task(), checkpoint.metadata());
            best = Double.parseDouble(text(checkpoint, BEST));
            bestIteration = Long.parseLong(text(checkpoint, BEST_ITERATION));
            hooks.restore(checkpoint);
            averages = Json.parse(text(checkpoint, AVERAGES)).orElse(Map.of());
            // Checkpoints of before this was kept were written by trainings that had learnt something.
            learnt = checkpoint.metadata(LEARNT).map(Boolean::parseBoolean).orElse(true);
            return true;
        }
    }

    private long examplesPerStep() {
        return (long) job.config().accumulate() * job.config().batch();
    }

    /** Files of earlier versions have none: their statistics hold their starting value, and nothing is divided out. */
    private static Map<String, Double> startShares(Checkpoint checkpoint) {
        Map<String, Double> shares = new TreeMap<>();
        checkpoint
                .metadata(START_SHARES)
                .flatMap(Json::parse)
                .ifPresent(values -> values.forEach((name, value) -> {
                    if (value instanceof Number number) {
                        shares.put(name, number.doubleValue());
                    }
                }));
        return shares;
    }

    private List<StateEntry> optimizerState() {
        return optimizer.state().stream()
                .map(entry -> entry.named(Checkpoint.OPTIMIZER + entry.name()))
                .toList();
    }

    private static String text(Checkpoint checkpoint, String key) {
        return checkpoint
                .metadata(key)
                .orElseThrow(() -> new CloudException(checkpoint.path() + ": lacks '" + key
                        + "', so the training cannot go on from it; start over with --fresh"));
    }

    /**
     * Keeps everything that resuming needs, with the values that are being trained. Comes before {@link #saveLast}: killed in
     * between, the next run writes the other file again.
     *
     * @param logged what the next line of the log is made of
     */
    void saveResume(Map<String, String> logged) {
        Map<String, String> all = about(Map.of());
        all.put(FINGERPRINT, job.fingerprint());
        all.put(AVERAGES, Json.line(logged));
        all.put(BEST, Double.toString(best));
        all.put(BEST_ITERATION, Long.toString(bestIteration));
        all.put(START_SHARES, Json.line(RunningStatistics.startShares(model.network())));
        all.put(LEARNT, Boolean.toString(learnt));
        model.chances().forEach((name, random) -> all.put(CHANCE + name, random.save()));
        all.putAll(hooks.notes());
        List<StateEntry> beside = new ArrayList<>(optimizerState());
        beside.addAll(hooks.state());
        Checkpoint.write(job.folder().resume(), model.network().state(), beside, all);
    }

    /** Keeps the network's state for users, under any name. */
    void save(Path file, Map<String, String> more) {
        Checkpoint.write(file, model.network().state(), List.of(), about(more));
    }

    /** Keeps the network's state for users. */
    void saveLast() {
        save(job.folder().last(), Map.of());
    }

    /** Keeps the network's state as the best so far. */
    void saveBest(String figure, double value) {
        best = value;
        bestIteration = iteration;
        save(job.folder().best(), Map.of("csc.best." + figure, Double.toString(value)));
    }

    private Map<String, String> about(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(about);
        all.put(ITERATION, Long.toString(iteration));
        if (recording.frame().scenes() > 0) {
            all.put(TrainingFrame.METADATA_KEY, recording.frame().text());
        }
        all.putAll(ModelCard.notes(model.task()));
        all.putAll(more);
        return all;
    }
}
