package org.scenecontexts.runtime.train;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DeviceFullException;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.nn.TooFewRowsException;
import org.scenecontexts.api.optim.Optimizer;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.tensor.OperatorException;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.runtime.load.BatchLoader;
import org.scenecontexts.runtime.pipeline.StageFailedException;
import org.scenecontexts.runtime.run.Model;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one optimizer step: passes, gradients, the step itself, and what hooks do in between. */
final class StepMaker {

    private static final Logger LOG = LoggerFactory.getLogger(StepMaker.class);
    private static final double NANOS = 1e9;

    private final TrainingJob job;
    private final Model model;
    private final Optimizer optimizer;
    private final Freezing freezing;
    private final Hooks hooks;
    private final FrameRecording recording;
    private final Divergence divergence;
    private final GradientOwners owners;
    private final Learning learning;
    private final Map<String, Parameter> parameters;
    private final Map<Tensor, String> names = new IdentityHashMap<>();
    private final BatchRoom room;
    private final long chance;
    private boolean graphChecked;

    StepMaker(
            TrainingJob job,
            Model model,
            Optimizer optimizer,
            Freezing freezing,
            Hooks hooks,
            FrameRecording recording,
            Learning learning) {
        this.job = job;
        this.model = model;
        this.optimizer = optimizer;
        this.freezing = freezing;
        this.hooks = hooks;
        this.recording = recording;
        this.learning = learning;
        chance = job.context().chance("operators").seed();
        room = new BatchRoom(job.engine().buffers());
        divergence = new Divergence(model);
        owners = new GradientOwners(model);
        parameters = model.network().namedParameters();
        parameters.forEach((name, parameter) -> names.put(parameter.tensor(), name));
    }

    /**
     * Makes a step with the rate that the record has, unless a hook sets another.
     *
     * @throws StageFailedException when loss or gradients are not finite
     */
    void make(StepRecord step, BatchLoader loader, TrainingLog log) {
        long started = System.nanoTime();
        long waited = 0;
        long reads = job.engine().hostReads();
        long borrowed = job.engine().borrowedCalls();
        job.engine().buffers().restartPeak();
        room.begin();
        String when = "of step " + step.at().iteration();
        hooks.tell("at the beginning " + when, hook -> hook.beforeStep(step));
        step.begin();
        freezing.apply(step.at().iteration());
        model.task().beforeStep(step.at());
        job.engine().draws().begin(chance, step.at().iteration());
        Map<Tensor, String> incomplete = new IdentityHashMap<>(names);
        int passes = job.config().accumulate();
        for (int pass = 1; pass <= passes; pass++) {
            long before = System.nanoTime();
            try (Batch batch = loader.next()) {
                waited += System.nanoTime() - before;
                recording.take(batch);
                room.batch(batch.samples().size(), FittingBatch.rows(batch));
                passThatFits(batch, step, log, pass < passes ? leaf -> {} : leaf -> complete(step, incomplete, leaf));
            }
        }
        // What the last pass did not use, or did not learn from, is complete as well.
        parameters.values().forEach(parameter -> complete(step, incomplete, parameter.tensor()));
        Tensor norm = GradientNorm.measure(job.engine(), parameters);
        Buffer flag = norm.buffer();
        step.norm(norm);
        if (job.engine().onHeap() && !Double.isFinite(step.gradientNorm())) {
            throw failed(divergence.ofGradient(step.at().iteration(), step.learningRate()));
        }
        step.gradients(job.engine(), parameters);
        hooks.tell("with the gradients " + when, hook -> hook.beforeUpdate(step));
        step.closeGradients();
        optimizer.step(step.learningRate(), flag);
        parameters.values().forEach(parameter -> parameter.tensor().clearGrad());
        step.took(
                (System.nanoTime() - started) / NANOS,
                waited / NANOS,
                job.engine().buffers().peakBytes());
        step.crossed(job.engine().hostReads() - reads, job.engine().borrowedCalls() - borrowed);
        room.end().ifPresent(said -> LOG.info("{}: {}", job.id(), said));
    }

    private void complete(StepRecord step, Map<Tensor, String> incomplete, Tensor leaf) {
        if (leaf.grad().isPresent() && incomplete.containsKey(leaf)) {
            String name = incomplete.remove(leaf);
            hooks.tell(
                    "with the gradient of '" + name + "' of step " + step.at().iteration(),
                    hook -> hook.gradientComplete(step, name, parameters.get(name)));
        }
    }

    private void passThatFits(Batch batch, StepRecord step, TrainingLog log, Consumer<Tensor> complete) {
        try {
            pass(batch, step, log, complete);
        } catch (RuntimeException e) {
            Optional<DeviceFullException> full = FittingBatch.in(e);
            if (full.isEmpty()) {
                throw e;
            }
            step.forget();
            FittingBatch fitting =
                    new FittingBatch(job.engine(), model, job.config().accumulate());
            throw new StageFailedException("stage '" + job.id() + "': " + fitting.instead(batch, full.get()), e);
        }
    }

    private void pass(Batch batch, StepRecord step, TrainingLog log, Consumer<Tensor> complete) {
        LossResult loss;
        try {
            loss = model.task().loss(model.backbone(), batch);
        } catch (TooFewRowsException e) {
            failIf(learning.tooSmall(batch, e.getMessage()));
            return;
        }
        boolean unlabelled = learning.lacksParts(batch);
        StepRecord.Pass taken = step.add(loss, Divergence.Inputs.of(batch, unlabelled));
        // A batch without labels is rare, and what its loss is decides what is done: worth waiting for.
        boolean finite = !(job.engine().onHeap() || unlabelled) || Double.isFinite(taken.loss());
        if (!finite) {
            requireFinite(step, taken);
        }
        log.pass(FittingBatch.rows(batch), batch.samples().size());
        if (unlabelled || !loss.total().requiresGrad()) {
            failIf(learning.without(batch));
        } else {
            learning.learnt();
        }
        if (finite && loss.total().requiresGrad()) {
            int passes = job.config().accumulate();
            backward(passes == 1 ? loss.total() : loss.total().scale(1.0 / passes), complete);
        }
    }

    private void backward(Tensor loss, Consumer<Tensor> complete) {
        if (!graphChecked) {
            failIf(owners.unregistered(loss));
            graphChecked = true;
        }
        try {
            loss.backward(complete);
        } catch (OperatorException e) {
            throw new StageFailedException("stage '" + job.id() + "': " + owners.backward(e), e);
        }
    }

    private void failIf(Optional<String> reason) {
        reason.ifPresent(message -> {
            throw failed(message);
        });
    }

    /** @throws StageFailedException when no step so far had anything to learn from */
    void requireLearnt() {
        failIf(learning.nothing());
    }

    private void requireFinite(StepRecord step, StepRecord.Pass pass) {
        if (!pass.inputs().unlabelled() && !Double.isFinite(pass.loss())) {
            throw failed(divergence.ofLoss(step.at().iteration(), pass.loss(), pass.inputs(), step.learningRate()));
        }
    }

    /**
     * Looks at steps that are over, where the engine was not waited for.
     *
     * @throws StageFailedException naming the first iteration whose loss or gradients were not finite
     */
    void settle(StepRecord step) {
        step.passes().forEach(pass -> requireFinite(step, pass));
        if (!Double.isFinite(step.gradientNorm())) {
            throw failed(Divergence.ofPastGradient(step.at().iteration(), step.learningRate()));
        }
    }

    /** @throws StageFailedException when a parameter is not finite */
    void requireFinite(long iteration, double learningRate) {
        divergence.ofParameters(iteration, learningRate).ifPresent(message -> {
            throw failed(message);
        });
    }

    private StageFailedException failed(String message) {
        return new StageFailedException("stage '" + job.id() + "': " + message);
    }
}
