package org.scenecontexts.runtime.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.api.train.StepGradients;
import org.scenecontexts.api.train.TrainingProgress;
import org.scenecontexts.api.train.TrainingStep;
import org.scenecontexts.runtime.load.RunningAverages;

/**
 * What is known of a step; filled in as it goes. Losses, figures and the length of the gradients stay on the engine until
 * somebody asks for them, so that no step waits for the host.
 */
final class StepRecord implements TrainingStep {

    private static final String LOSS = "loss";

    private final TrainingProgress at;
    private final List<Pass> passes = new ArrayList<>();
    private boolean begun;
    private double learningRate;
    private Optional<Tensor> norm = Optional.empty();
    private double gradientNorm = Double.NaN;
    private Optional<Gradients> gradients = Optional.empty();
    private double seconds;
    private double dataSeconds;
    private long bufferBytes;
    private long hostReads;
    private long borrowedCalls;

    StepRecord(TrainingProgress at, double learningRate) {
        this.at = at;
        this.learningRate = learningRate;
    }

    @Override
    public TrainingProgress at() {
        return at;
    }

    @Override
    public double learningRate() {
        return learningRate;
    }

    @Override
    public void learningRate(double rate) {
        if (begun) {
            throw new IllegalStateException(
                    "the learning rate of step " + at.iteration() + " can be set in beforeStep only");
        }
        if (!(rate >= 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("a learning rate is a number of at least 0, found " + rate);
        }
        learningRate = rate;
    }

    /** From now on the rate stays. */
    void begin() {
        begun = true;
    }

    @Override
    public StepGradients gradients() {
        return gradients.orElseThrow(() -> new IllegalStateException(
                "the gradients of step " + at.iteration() + " are there in beforeUpdate only"));
    }

    /** Opens the gradients to hooks. */
    void gradients(TensorEngine engine, Map<String, Parameter> parameters) {
        gradients = Optional.of(new Gradients(engine, parameters));
    }

    /** Closes them again. */
    void closeGradients() {
        gradients = Optional.empty();
    }

    /**
     * Takes the length of all gradients.
     *
     * @param measured by {@link GradientNorm}; taken over
     */
    void norm(Tensor measured) {
        norm = Optional.of(measured);
    }

    @Override
    public double gradientNorm() {
        if (Double.isNaN(gradientNorm) && norm.isPresent()) {
            gradientNorm = norm.get().buffer().get(0);
        }
        return gradientNorm;
    }

    /** Gives back what the engine still holds of it; everything has to have been asked for. */
    void close() {
        norm.ifPresent(Tensor::release);
        norm = Optional.empty();
    }

    /**
     * Takes what a pass has given; call it before the backward pass, which gives the loss back.
     *
     * @return the pass
     */
    Pass add(LossResult result, Divergence.Inputs inputs) {
        Pass pass = new Pass(result, inputs);
        passes.add(pass);
        return pass;
    }

    /** Forgets the passes so far, and with them what the engine holds of them. */
    void forget() {
        passes.clear();
    }

    /** The passes so far. */
    List<Pass> passes() {
        return List.copyOf(passes);
    }

    @Override
    public Map<String, Double> figures() {
        RunningAverages averages = new RunningAverages();
        passes.forEach(pass -> pass.figures().forEach((name, value) -> averages.add(name, value, pass.weight())));
        return averages.means();
    }

    /** A forward pass, whose numbers stay on the engine until somebody asks. */
    static final class Pass {
        private final Divergence.Inputs inputs;
        private final double weight;
        private final Map<String, Tensor> waiting = new LinkedHashMap<>();
        private final Map<String, Double> read = new LinkedHashMap<>();

        private Pass(LossResult result, Divergence.Inputs inputs) {
            this.inputs = inputs;
            weight = result.weight();
            Tensor total = result.total();
            Tensor loss = total.engine().allocate(1);
            total.engine().dense().copy(1, total.buffer(), loss.buffer());
            waiting.put(LOSS, loss);
            waiting.putAll(result.figures());
        }

        Divergence.Inputs inputs() {
            return inputs;
        }

        double weight() {
            return weight;
        }

        /** {@code loss} and the task's own figures; waits for the engine at the first call. */
        Map<String, Double> figures() {
            waiting.forEach((name, figure) -> {
                read.put(name, (double) figure.item());
                figure.release();
            });
            waiting.clear();
            return read;
        }

        double loss() {
            return figures().get(LOSS);
        }
    }

    @Override
    public double seconds() {
        return seconds;
    }

    @Override
    public double dataSeconds() {
        return dataSeconds;
    }

    /**
     * @param buffers most bytes of the engine's buffers that were lent at one time
     */
    void took(double whole, double data, long buffers) {
        bufferBytes = buffers;
        seconds = whole;
        dataSeconds = data;
    }

    long bufferBytes() {
        return bufferBytes;
    }

    /**
     * Takes what an engine with memory of its own could not do without the host.
     *
     * @param reads times that the host has waited for numbers
     * @param calls of borrowed kernels
     */
    void crossed(long reads, long calls) {
        hostReads = reads;
        borrowedCalls = calls;
    }

    long hostReads() {
        return hostReads;
    }

    long borrowedCalls() {
        return borrowedCalls;
    }

    private static final class Gradients implements StepGradients {

        private final TensorEngine engine;
        private final Map<String, Parameter> parameters = new LinkedHashMap<>();
        private double norm = Double.NaN;

        Gradients(TensorEngine engine, Map<String, Parameter> all) {
            this.engine = engine;
            all.forEach((name, parameter) -> {
                if (parameter.grad().isPresent()) {
                    parameters.put(name, parameter);
                }
            });
        }

        @Override
        public Map<String, Parameter> parameters() {
            return java.util.Collections.unmodifiableMap(parameters);
        }

        @Override
        public double norm() {
            if (Double.isNaN(norm)) {
                norm = GradientNorm.of(engine, parameters);
            }
            return norm;
        }

        @Override
        public void limit(double length) {
            GradientNorm.limit(engine, parameters, length);
            changed();
        }

        @Override
        public void scale(double factor) {
            GradientNorm.scale(engine, parameters, factor);
            changed();
        }

        @Override
        public void changed() {
            norm = Double.NaN;
        }
    }
}
