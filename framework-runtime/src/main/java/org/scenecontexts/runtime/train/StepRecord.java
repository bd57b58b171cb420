package org.scenecontexts.runtime.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.train.StepGradients;
import org.scenecontexts.api.train.TrainingProgress;
import org.scenecontexts.api.train.TrainingStep;
import org.scenecontexts.runtime.load.RunningAverages;

/** What is known of the step under way; filled in as it goes. */
final class StepRecord implements TrainingStep {

    private final TrainingProgress at;
    private final RunningAverages averages = new RunningAverages();
    private boolean begun;
    private double learningRate;
    private double gradientNorm = Double.NaN;
    private Optional<Gradients> gradients = Optional.empty();
    private double seconds;
    private double dataSeconds;

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
    void gradients(TensorEngine engine, Map<String, Parameter> parameters, double norm) {
        gradientNorm = norm;
        gradients = Optional.of(new Gradients(engine, parameters, norm));
    }

    /** Closes them again. */
    void closeGradients() {
        gradients = Optional.empty();
    }

    @Override
    public double gradientNorm() {
        return gradientNorm;
    }

    void add(double loss, Map<String, Double> figures, double weight) {
        averages.add("loss", loss, weight);
        figures.forEach((name, value) -> averages.add(name, value, weight));
    }

    @Override
    public Map<String, Double> figures() {
        return averages.means();
    }

    @Override
    public double seconds() {
        return seconds;
    }

    @Override
    public double dataSeconds() {
        return dataSeconds;
    }

    void took(double whole, double data) {
        seconds = whole;
        dataSeconds = data;
    }

    private static final class Gradients implements StepGradients {

        private final TensorEngine engine;
        private final Map<String, Parameter> parameters = new LinkedHashMap<>();
        private double norm;

        Gradients(TensorEngine engine, Map<String, Parameter> all, double norm) {
            this.engine = engine;
            this.norm = norm;
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
