package com.example.opendata;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.metrics.Benchmark;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;

/** Measures numbers of points against an attribute, beside what always guessing its mean would give. */
@Extension
public final class HeightError implements BenchmarkFactory<HeightError.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("Attribute of the points, and name of the predictions.") @Default("elevation")
            String target) {}

    @Override
    public String name() {
        return "height-error";
    }

    @Override
    public String summary() {
        return "Errors of a number predicted for every point, and the part of its variance that is explained (r2).";
    }

    @Override
    public Set<ScenePart> needs(Config config) {
        return Set.of(ScenePart.ofPoints(config.target()));
    }

    @Override
    public Set<Prediction.Part> takes(Config config) {
        return Set.of(Prediction.Part.pointValues(config.target()));
    }

    @Override
    public String leadingFigure() {
        return "r2";
    }

    @Override
    public Benchmark create(Config config, Context context) {
        return new Errors(config.target());
    }

    private static final class Errors implements Benchmark {
        private final String target;
        private double absolute;
        private double squared;
        private double sum;
        private double sumOfSquares;
        private long points;

        Errors(String target) {
            this.target = target;
        }

        @Override
        public void add(Scene scene, SampledPoints sampled, ScenePrediction prediction) {
            float[] truth = scene.ofPoints(target).floats();
            float[] values = prediction.pointValues(target).values();
            for (int i = 0; i < truth.length; i++) {
                if (!Float.isNaN(values[i])) {
                    double error = values[i] - truth[i];
                    absolute += Math.abs(error);
                    squared += error * error;
                    sum += truth[i];
                    sumOfSquares += (double) truth[i] * truth[i];
                    points++;
                }
            }
        }

        @Override
        public Report report() {
            double variance = sumOfSquares / points - sum / points * (sum / points);
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("mean-absolute-error", absolute / points);
            figures.put("root-mean-square-error", Math.sqrt(squared / points));
            figures.put("r2", 1 - squared / points / variance);
            return new Report(figures, List.of());
        }
    }
}
