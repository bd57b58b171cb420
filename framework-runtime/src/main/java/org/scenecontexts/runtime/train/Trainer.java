package org.scenecontexts.runtime.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.optim.Optimizer;
import org.scenecontexts.api.optim.OptimizerFactory;
import org.scenecontexts.api.optim.Schedule;
import org.scenecontexts.api.optim.ScheduleFactory;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.runtime.checkpoint.InitialWeights;
import org.scenecontexts.runtime.evaluate.Evaluation;
import org.scenecontexts.runtime.load.BatchLoader;
import org.scenecontexts.runtime.load.BatchMaker;
import org.scenecontexts.runtime.load.ScenePipeline;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.log.Memory;
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
    private final Model model;
    private final Map<String, Parameter> parameters;
    private final Optimizer optimizer;
    private final Schedule schedule;
    private final TrainingState state;
    private final Optional<Validator> validator;
    private final Divergence divergence;

    /**
     * Builds everything; nothing is written yet.
     *
     * @throws CloudException when the data cannot be used
     */
    public Trainer(TrainingJob job) {
        this.job = job;
        config = job.config();
        context = job.context();
        data = config.data().create(context.build("data"));
        ModelSpec spec = new ModelSpec(config.inputs(), config.backbone(), config.task());
        checkData(data, spec);
        model = Model.create(spec, job.engine(), data.classes(), context);
        parameters = model.network().namedParameters();
        optimizer = config.optimizer().create(new OptimizerFactory.Context(job.engine(), parameters));
        schedule = config.schedule().create(new ScheduleFactory.Context(config.iterations()));
        state = new TrainingState(job, model, optimizer);
        validator = config.validation().map(v -> new Validator(v, config.workers(), model, context));
        divergence = new Divergence(model);
    }

    private static void checkData(Dataset data, ModelSpec spec) {
        if (data.size() == 0) {
            throw new CloudException("the data set has no examples; check its folder or list");
        }
        if (data.views() != spec.views()) {
            throw new CloudException("the task '" + spec.task().type() + "' needs examples of " + spec.views()
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
     * @throws StageFailedException when the training has produced numbers that are not finite
     */
    public Map<String, Object> train() {
        start();
        Evaluation measured = null;
        List<Transform> transforms = IntStream.range(0, config.transforms().size())
                .mapToObj(i -> config.transforms().get(i).create(context.build("transforms." + i)))
                .toList();
        ScenePipeline pipeline = new ScenePipeline(transforms, model.sampler(), context.warnings());
        BatchMaker maker = BatchMaker.shuffled(
                data, model.task(), pipeline, model.inputs(), config.batch(), context.chance("train"));
        long passes = (long) config.iterations() * config.accumulate();
        model.network().training(true);
        try (TrainingLog log = new TrainingLog(
                        job.id(), job.folder(), state.iteration(), config.iterations(), config.logEvery());
                BatchLoader loader =
                        new BatchLoader(maker, state.iteration() * config.accumulate(), passes, config.workers())) {
            while (state.iteration() < config.iterations()) {
                step(loader, log);
                if (validator.isPresent() && validator.get().due(state.iteration(), config.iterations())) {
                    measured = measure(validator.get(), log);
                }
                if (state.iteration() % config.checkpointEvery() == 0 && state.iteration() < config.iterations()) {
                    requireFinite();
                    state.save();
                }
            }
            requireFinite();
            state.saveLast();
            Map<String, Object> metrics = metrics(log, Optional.ofNullable(measured));
            Json.write(job.folder().metrics(), metrics);
            return metrics;
        }
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
            LOG.info("{}: goes on after iteration {} of {}", job.id(), state.iteration(), config.iterations());
            return;
        }
        job.init().ifPresent(file -> {
            LOG.info("{}: starts from {}", job.id(), file);
            InitialWeights.load(file, model.network().state(), model.backbone().metadata(), config.strict())
                    .forEach(line -> LOG.info("{}: init: {}", job.id(), line));
        });
        config.runningStatistics().begin(model.network());
    }

    private void step(BatchLoader loader, TrainingLog log) {
        long started = System.nanoTime();
        long waited = 0;
        double learningRate = optimizer.learningRate() * schedule.factor(state.iteration());
        for (int pass = 0; pass < config.accumulate(); pass++) {
            long before = System.nanoTime();
            try (Batch batch = loader.next()) {
                waited += System.nanoTime() - before;
                pass(batch, learningRate, log);
            }
        }
        double norm = GradientNorm.of(job.engine(), parameters);
        if (!Double.isFinite(norm)) {
            throw failed(divergence.ofGradient(state.iteration() + 1, learningRate));
        }
        config.clipNorm().ifPresent(limit -> GradientNorm.clip(job.engine(), parameters, norm, limit));
        optimizer.step(learningRate);
        parameters.values().forEach(parameter -> parameter.tensor().clearGrad());
        state.advance();
        double epoch = (double) state.iteration() * config.accumulate() * config.batch() / data.size();
        log.step(state.iteration(), epoch, learningRate, norm, waited, System.nanoTime() - started);
    }

    private void pass(Batch batch, double learningRate, TrainingLog log) {
        LossResult loss = model.task().loss(model.backbone(), batch);
        double value = loss.total().item();
        if (!Double.isFinite(value)) {
            throw failed(divergence.ofLoss(state.iteration() + 1, value, batch, learningRate));
        }
        long rows = batch.views().stream().mapToLong(PointBatch::rows).sum();
        log.pass(value, loss.figures(), loss.weight(), rows, batch.samples().size());
        if (!loss.total().requiresGrad()) {
            context.warn("a batch has no labelled point, so nothing is learnt from it; check the labels of "
                    + batch.samples().getFirst().example().id());
            return;
        }
        (config.accumulate() == 1 ? loss.total() : loss.total().scale(1.0 / config.accumulate())).backward();
    }

    private Evaluation measure(Validator against, TrainingLog log) {
        Evaluation evaluation = against.measure();
        double value = against.leading(evaluation);
        boolean best = against.better(value, state.best());
        if (best) {
            requireFinite();
            state.saveBest(against.metric(), value);
        }
        log.measured(state.iteration(), evaluation, against.metric(), value, best);
        return evaluation;
    }

    private void requireFinite() {
        double learningRate = optimizer.learningRate() * schedule.factor(Math.max(0, state.iteration() - 1));
        divergence.ofParameters(state.iteration(), learningRate).ifPresent(message -> {
            throw failed(message);
        });
    }

    private StageFailedException failed(String message) {
        return new StageFailedException("stage '" + job.id() + "': " + message);
    }

    private Map<String, Object> metrics(TrainingLog log, Optional<Evaluation> measured) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("stage", job.id());
        metrics.put("iterations", state.iteration());
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
        metrics.put("peak_memory_bytes", Memory.peakBytes());
        metrics.put("samples_per_second", log.samplesPerSecond());
        metrics.put("points_per_second", log.pointsPerSecond());
        metrics.put("parameters", model.network().parameterCount());
        return metrics;
    }
}
