package org.scenecontexts.runtime.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.optim.Optimizer;
import org.scenecontexts.api.optim.Schedule;
import org.scenecontexts.api.optim.ScheduleFactory;
import org.scenecontexts.api.train.Measurement;
import org.scenecontexts.api.train.TrainingEnd;
import org.scenecontexts.api.train.TrainingProgress;
import org.scenecontexts.runtime.checkpoint.InitialWeights;
import org.scenecontexts.runtime.evaluate.Evaluation;
import org.scenecontexts.runtime.load.BatchLoader;
import org.scenecontexts.runtime.load.BatchMaker;
import org.scenecontexts.runtime.load.InputPresence;
import org.scenecontexts.runtime.load.LabelCounts;
import org.scenecontexts.runtime.load.ScenePipeline;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.log.ProcessMemory;
import org.scenecontexts.runtime.pipeline.RunStoppedException;
import org.scenecontexts.runtime.pipeline.StageFailedException;
import org.scenecontexts.runtime.pipeline.TrainStage;
import org.scenecontexts.runtime.run.Model;
import org.scenecontexts.runtime.run.ModelSpec;
import org.scenecontexts.runtime.run.RunContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network: the loop of batches, losses, gradients and optimizer steps, with checkpoints and measurements.
 *
 * <p>An interrupted training goes on from its newest checkpoint to the same bytes that it would have reached without the
 * interruption, whatever the number of threads of either run.
 *
 * @since 0.1
 */
public final class Trainer {

    private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

    private final TrainingJob job;
    private final TrainStage config;
    private final RunContext context;
    private final Dataset data;
    private final int iterations;
    private final Model model;
    private final Optimizer optimizer;
    private final Schedule schedule;
    private final Hooks hooks;
    private final TrainingState state;
    private final StepMaker steps;
    private final List<StepRecord> pending = new ArrayList<>();
    private final Optional<Validator> validator;
    private final Learning learning;

    /**
     * Builds everything; nothing is written yet.
     *
     * @throws CloudException when the data cannot be used, or parameters are named that do not exist
     */
    public Trainer(TrainingJob job) {
        this.job = job;
        config = job.config();
        context = job.context();
        data = config.data().create(context.build("data"));
        ModelSpec spec = new ModelSpec(config.inputs(), config.backbone(), config.task());
        checkData(data, spec);
        iterations = config.steps(data.size());
        model = Model.create(spec, job.engine(), data.classes(), context.withLabelCounts(new LabelCounts(data)));
        if (!job.engine().onHeap()) {
            FlatParameters.lay(job.engine(), model.network().parameters());
        }
        ParameterNames names = ParameterNames.of(model);
        Freezing freezing = new Freezing(config.freeze(), model, names, iterations);
        optimizer = GroupedOptimizer.of(config, model, names);
        schedule = config.schedule().create(new ScheduleFactory.Context(iterations));
        hooks = new Hooks(job, model);
        FrameRecording recording = new FrameRecording(config.data().config(), config.inputs(), data.size());
        state = new TrainingState(job, model, optimizer, hooks, recording);
        learning = new Learning(data, spec.facts().needs(), context);
        steps = new StepMaker(job, model, optimizer, freezing, hooks, recording, learning);
        validator = config.validation().map(v -> new Validator(v, job.workers(), model, context.unstoppable()));
    }

    private static void checkData(Dataset data, ModelSpec spec) {
        if (data.size() == 0) {
            throw new CloudException("the data set has no examples; check its folder or list");
        }
        if (data.views() != spec.facts().views()) {
            throw new CloudException("the task '" + spec.task().type() + "' needs examples of "
                    + spec.facts().views()
                    + " view(s), the data set gives " + data.views()
                    + "; choose a data set of pairs for pre-training and"
                    + " an ordinary one otherwise");
        }
    }

    /**
     * Trains to the end, from the newest checkpoint of an interrupted run of the same training if there is one. The file
     * to resume from stays: remove it once it is on record that the training has finished.
     *
     * @return the final figures, which are written to {@code metrics.json} too
     * @throws StageFailedException when the training has produced numbers that are not finite, or a hook has failed
     * @throws RunStoppedException when it was asked to stop before its end; the state is saved then
     */
    public Map<String, Object> train() {
        start();
        List<Transform> transforms = IntStream.range(0, config.transforms().size())
                .mapToObj(i -> config.transforms().get(i).create(context.build("transforms." + i)))
                .toList();
        InputPresence inputs = new InputPresence(data, model.inputs(), InputPresence.Use.TRAINING, context.warnings());
        ScenePipeline pipeline =
                new ScenePipeline(transforms, model.sampler(), inputs, Optional.of(data), context.warnings());
        BatchMaker maker = BatchMaker.shuffled(
                        data, model.task(), pipeline, model.inputs(), config.batch(), context.chance("train"))
                .preparedBy(model.backbone());
        long passes = (long) iterations * config.accumulate();
        model.network().training(true);
        try (TrainingLog log = new TrainingLog(
                        job.id(),
                        job.folder(),
                        state.iteration(),
                        iterations,
                        config.logEvery(),
                        job.engine().onHeap());
                BatchLoader loader =
                        new BatchLoader(maker, state.iteration() * config.accumulate(), passes, job.workers())) {
            return train(loader, log);
        } catch (RuntimeException | Error e) {
            hooks.failed(progress(state.iteration() + 1), e);
            throw e;
        }
    }

    private Map<String, Object> train(BatchLoader loader, TrainingLog log) {
        log.restore(state.averages());
        HookedRun run =
                new HookedRun(job, state, hooks, progress(state.iteration()), 1 / config.epochsPerStep(data.size()));
        hooks.tell("at the beginning", hook -> hook.begin(run));
        Optional<Evaluation> measured = Optional.empty();
        boolean first = true;
        while (!ended(run)) {
            step(loader, log);
            if (first) {
                // Not before the first step, which nobody should wait longer for; but long before the first
                // measurement.
                validator.ifPresent(Validator::requireParts);
                first = false;
            }
            if (validator.isPresent() && validator.get().due(state.iteration(), ended(run))) {
                measured = Optional.of(measure(validator.get(), log));
            }
            if (!ended(run)) {
                keep(log);
            }
        }
        settle(log);
        run.stopped().ifPresent(why -> LOG.info("{}: ended after iteration {}: {}", job.id(), state.iteration(), why));
        requireFinite();
        steps.requireLearnt();
        hooks.inUse(state::saveLast);
        if (data.views() == 2) {
            PairFeatures pair = new PairFeatures(model, data, context.chance("pair for the report"));
            hooks.inUse(() -> pair.write(job.folder()));
        }
        Map<String, Object> metrics = metrics(log, measured, run.stopped());
        Json.write(job.folder().metrics(), metrics);
        TrainingEnd end = new TrainingEnd(progress(state.iteration()), run.stopped(), metrics);
        hooks.tell("at the end", hook -> hook.end(end));
        return metrics;
    }

    /** Saves where it is time for that, or where the user wants to stop; the end is saved elsewhere. */
    private void keep(TrainingLog log) {
        boolean stopping = context.stopping();
        if (!stopping && state.iteration() % config.checkpointEvery() != 0) {
            return;
        }
        settle(log);
        requireFinite();
        hooks.tell("before a checkpoint", hook -> hook.checkpoint(progress(state.iteration())));
        state.saveResume(log.save());
        hooks.inUse(state::saveLast);
        if (stopping) {
            throw new RunStoppedException("stage '" + job.id() + "': stopped after iteration " + state.iteration()
                    + " of " + iterations + ", which is saved; the same command goes on from there");
        }
    }

    private boolean ended(HookedRun run) {
        return state.iteration() >= iterations || run.stopped().isPresent();
    }

    private TrainingProgress progress(long iteration) {
        double before = Math.max(0, iteration - 1) * config.epochsPerStep(data.size());
        return new TrainingProgress(iteration, iterations, before);
    }

    private void start() {
        LOG.info(
                "{}: {} on {} examples, {} parameters, {}",
                job.id(),
                config.backbone().type(),
                data.size(),
                String.format(Locale.ROOT, "%,d", model.network().parameterCount()),
                job.engine().description());
        if (state.resume()) {
            learning.resumed(state.learnt());
            LOG.info("{}: goes on after iteration {} of {}", job.id(), state.iteration(), iterations);
            return;
        }
        job.init().ifPresent(file -> {
            LOG.info("{}: starts from {}", job.id(), file);
            InitialWeights.Said said =
                    new InitialWeights.Said(config.initLayout(), config.initTensors(), "init-layout");
            InitialWeights.load(
                            file,
                            said,
                            model.network().state(),
                            model.backbone().metadata(),
                            config.strict())
                    .forEach(line -> LOG.info("{}: init: {}", job.id(), line));
        });
        config.runningStatistics().begin(model.network());
        warnOfOneSceneAtATime();
    }

    /**
     * Batch norm of one scene at a time learns a network that relies on the statistics of that scene, which evaluation has not. Frozen
     * norms have those of evaluation, and what pre-training on pairs makes is trained again with its own.
     */
    private void warnOfOneSceneAtATime() {
        boolean norms = model.network().modules().values().stream().anyMatch(BatchNorm.class::isInstance);
        if (norms && config.batch() == 1 && data.views() == 1 && config.freeze().isEmpty()) {
            context.warn(
                    "'batch: 1' lets batch norms learn with the statistics of one scene at a time, which evaluation does"
                            + " not have: it may find far less than the training does. Use 'batch: 2' or more ('accumulate' does not"
                            + " help); see 'Running statistics' in docs/pipelines.md");
        }
    }

    private void step(BatchLoader loader, TrainingLog log) {
        double rate = optimizer.learningRate() * schedule.factor(state.iteration());
        StepRecord step = new StepRecord(progress(state.iteration() + 1), rate);
        steps.make(step, loader, log);
        state.learnt(learning.hasLearnt());
        pending.add(step);
        if (job.engine().onHeap() || log.due(step.at().iteration())) {
            settle(log);
        }
        state.advance();
        log.step(step, state.iteration() * config.epochsPerStep(data.size()));
        hooks.tell("after step " + state.iteration(), hook -> hook.afterStep(step));
    }

    /** Looks at the numbers of steps that nobody has waited for, and fails where they are not finite. */
    private void settle(TrainingLog log) {
        for (StepRecord step : pending) {
            steps.settle(step);
            log.numbers(step);
            step.close();
        }
        pending.clear();
    }

    private Evaluation measure(Validator against, TrainingLog log) {
        settle(log);
        long bestBefore = state.bestIteration();
        double before = state.best();
        Evaluation evaluation = hooks.inUse(() -> {
            Evaluation found = against.measure();
            double value = against.leading(found);
            if (against.better(value, before)) {
                requireFinite();
                state.saveBest(against.metric(), value);
            }
            return found;
        });
        boolean best = state.bestIteration() != bestBefore;
        log.measured(state.iteration(), evaluation, against.metric(), against.leading(evaluation), best);
        Measurement measurement = new Measurement(
                progress(state.iteration()),
                evaluation.figures(),
                against.metric(),
                best,
                evaluation.scenes(),
                evaluation.seconds());
        hooks.tell("after the measurement of step " + state.iteration(), hook -> hook.measured(measurement));
        return evaluation;
    }

    private void requireFinite() {
        double learningRate = optimizer.learningRate() * schedule.factor(Math.max(0, state.iteration() - 1));
        steps.requireFinite(state.iteration(), learningRate);
    }

    private Map<String, Object> metrics(TrainingLog log, Optional<Evaluation> measured, Optional<String> stopped) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("stage", job.id());
        metrics.put("iterations", state.iteration());
        stopped.ifPresent(reason -> metrics.put("stopped", reason));
        measured.ifPresent(evaluation -> evaluation
                .figures()
                .forEach((name, value) -> metrics.put(name.equals("loss") ? "validation_loss" : name, value)));
        log.recent().forEach((name, value) -> metrics.put(name.equals("loss") ? name : "train_" + name, value));
        validator.ifPresent(v -> {
            metrics.put("best_" + v.metric(), state.best());
            metrics.put("best_iteration", state.bestIteration());
        });
        metrics.put("seconds", log.elapsed());
        if (log.firstStepSeconds() > 0) {
            metrics.put("first_step_seconds", log.firstStepSeconds());
        }
        metrics.put("peak_memory_bytes", ProcessMemory.peakBytes());
        metrics.put("samples_per_second", log.samplesPerSecond());
        metrics.put("points_per_second", log.pointsPerSecond());
        metrics.put("parameters", model.network().parameterCount());
        return metrics;
    }
}
