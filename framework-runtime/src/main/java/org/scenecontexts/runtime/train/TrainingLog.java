package org.scenecontexts.runtime.train;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.scenecontexts.runtime.evaluate.Evaluation;
import org.scenecontexts.runtime.load.RunningAverages;
import org.scenecontexts.runtime.log.Durations;
import org.scenecontexts.runtime.log.MetricLines;
import org.scenecontexts.runtime.log.ProcessAge;
import org.scenecontexts.runtime.log.Progress;
import org.scenecontexts.runtime.log.RunLog;
import org.scenecontexts.runtime.log.TensorBoardWriter;
import org.scenecontexts.runtime.run.StageFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how a training goes: to the log, the progress bar, {@code metrics.jsonl} and TensorBoard. */
final class TrainingLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingLog.class);
    private static final double NANOS = 1e9;

    private final String id;
    private final long iterations;
    private final int every;
    private final boolean onHeap;
    private final MetricLines lines;
    private final TensorBoardWriter events;
    private final Progress progress;
    private final RunningAverages averages = new RunningAverages();
    private final double secondsBefore;
    private final long started = System.nanoTime();
    private final long startIteration;
    private Map<String, Double> recent = Map.of();
    private double dataSeconds;
    private double stepSeconds;
    private long stepsSinceLine;
    private long bufferBytes;
    private long hostReads;
    private long borrowedCalls;
    private long points;
    private long samples;
    private long measuringNanos;
    private double firstStepSeconds;

    /** @param onHeap whether the engine has no memory of its own, so that nothing crosses to the host */
    TrainingLog(String id, StageFolder folder, long iteration, long iterations, int every, boolean onHeap) {
        this.id = id;
        this.iterations = iterations;
        this.every = every;
        this.onHeap = onHeap;
        this.startIteration = iteration;
        lines = new MetricLines(folder.metricLines(), iteration);
        events = new TensorBoardWriter(folder.events(), iteration, Clock.systemUTC());
        progress = Progress.start(id, iterations);
        secondsBefore = lines.last()
                .map(last -> last.get("elapsed_seconds"))
                .filter(Number.class::isInstance)
                .map(value -> ((Number) value).doubleValue())
                .orElse(0.0);
    }

    /** The averages that the next line is made of, to be kept in a checkpoint; the lines before it are on disk then. */
    Map<String, String> save() {
        lines.sync();
        return averages.save();
    }

    /** Takes the averages over from a checkpoint, so that the next line is what it would have been. */
    void restore(Map<String, ?> saved) {
        averages.restore(saved);
    }

    /** One forward pass. */
    void pass(long rows, int scenes) {
        points += rows;
        samples += scenes;
    }

    /** Whether the step of an iteration writes a line, for which the {@linkplain #numbers numbers} of all must be there. */
    boolean due(long iteration) {
        return iteration % every == 0 || iteration == iterations;
    }

    /** What a step has found, in the order of the steps; waits for the engine. */
    void numbers(StepRecord step) {
        step.passes()
                .forEach(pass -> pass.figures().forEach((name, value) -> averages.add(name, value, pass.weight())));
        averages.add("grad_norm", step.gradientNorm(), 1);
    }

    /**
     * One optimizer step.
     *
     * @param epoch passes through the data set with this step
     */
    void step(StepRecord step, double epoch) {
        long iteration = step.at().iteration();
        double learningRate = step.learningRate();
        if (firstStepSeconds == 0) {
            firstStepSeconds = ProcessAge.seconds();
            LOG.info(
                    "{}: first step done {} after the process was started, {} of it waiting for data, {} in the step",
                    id,
                    Durations.text(firstStepSeconds),
                    Durations.text(step.dataSeconds()),
                    Durations.text(step.seconds() - step.dataSeconds()));
        }
        bufferBytes = Math.max(bufferBytes, step.bufferBytes());
        hostReads += step.hostReads();
        borrowedCalls += step.borrowedCalls();
        dataSeconds += step.dataSeconds();
        stepSeconds += step.seconds() - step.dataSeconds();
        stepsSinceLine++;
        if (!due(iteration)) {
            return;
        }
        recent = averages.means();
        double data = dataSeconds / stepsSinceLine;
        double compute = stepSeconds / stepsSinceLine;
        double eta = (elapsed() - secondsBefore) / (iteration - startIteration) * (iterations - iteration);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("iteration", iteration);
        line.put("epoch", Math.round(epoch * 1e4) / 1e4);
        line.putAll(recent);
        line.put("lr", learningRate);
        line.put("buffer_bytes", bufferBytes);
        if (!onHeap) {
            line.put("host_reads", hostReads / (double) stepsSinceLine);
            line.put("borrowed_calls", borrowedCalls / (double) stepsSinceLine);
        }
        line.put("data_seconds", data);
        line.put("step_seconds", compute);
        line.put("eta_seconds", eta);
        line.put("elapsed_seconds", elapsed());
        lines.add(line);
        recent.forEach((name, value) -> events.scalar("train/" + name, iteration, value));
        events.scalar("train/lr", iteration, learningRate);
        events.scalar("time/data_seconds", iteration, data);
        events.scalar("time/step_seconds", iteration, compute);
        tell(iteration, learningRate, data, compute, eta);
        averages.clear();
        dataSeconds = 0;
        stepSeconds = 0;
        stepsSinceLine = 0;
        bufferBytes = 0;
        hostReads = 0;
        borrowedCalls = 0;
    }

    private void tell(long iteration, double learningRate, double data, double step, double eta) {
        double loss = recent.getOrDefault("loss", Double.NaN);
        String text = String.format(Locale.ROOT, "loss %.4f  lr %.3g", loss, learningRate);
        progress.at(iteration, text);
        LOG.info(
                RunLog.PROGRESS,
                "{}  {}/{}  {}  data {}  step {}  eta {}",
                id,
                iteration,
                iterations,
                text,
                Durations.text(data),
                Durations.text(step),
                Durations.text(eta));
    }

    /** A measurement on the validation data. */
    void measured(long iteration, Evaluation evaluation, String metric, double value, boolean best) {
        measuringNanos += (long) (evaluation.seconds() * NANOS);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("iteration", iteration);
        evaluation.figures().forEach((name, figure) -> {
            line.put("val/" + name, figure);
            events.scalar("val/" + name, iteration, figure);
        });
        line.put("elapsed_seconds", elapsed());
        lines.add(line);
        LOG.info(
                "{}  {}/{}  validation: {} {}{}  ({} scenes in {})",
                id,
                iteration,
                iterations,
                metric,
                String.format(Locale.ROOT, "%.4f", value),
                best ? ", the best so far" : "",
                evaluation.scenes(),
                Durations.text(evaluation.seconds()));
    }

    /** Means since the line before the newest one. */
    Map<String, Double> recent() {
        return recent;
    }

    /** Seconds from the start of the process to the end of its first optimizer step; not a number where nobody tells. */
    double firstStepSeconds() {
        return firstStepSeconds;
    }

    /** Seconds spent on this training, interrupted runs included as far as they were kept. */
    double elapsed() {
        return secondsBefore + (System.nanoTime() - started) / NANOS;
    }

    private double training() {
        return Math.max(1e-9, (System.nanoTime() - started - measuringNanos) / NANOS);
    }

    double samplesPerSecond() {
        return samples / training();
    }

    double pointsPerSecond() {
        return points / training();
    }

    @Override
    public void close() {
        progress.close();
        events.close();
        lines.close();
    }
}
