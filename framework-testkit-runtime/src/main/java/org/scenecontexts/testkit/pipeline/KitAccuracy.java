package org.scenecontexts.testkit.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.metrics.Benchmark;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;

/**
 * Offers {@code benchmark: kit-accuracy}: the share of labelled points whose class was predicted, {@code accuracy}.
 *
 * @since 0.2
 */
public final class KitAccuracy implements BenchmarkFactory<KitAccuracy.Config> {

    /** No keys. */
    public record Config() {}

    @Override
    public String name() {
        return "kit-accuracy";
    }

    @Override
    public String summary() {
        return "Share of points whose class was predicted, for tests.";
    }

    @Override
    public String leadingFigure() {
        return "accuracy";
    }

    @Override
    public Set<Prediction.Part> takes(Config config) {
        return Set.of(Prediction.Part.LABELS);
    }

    @Override
    public Set<ScenePart> needs(Config config) {
        return Set.of(ScenePart.LABELS);
    }

    @Override
    public Benchmark create(Config config, Context context) {
        return new Benchmark() {
            private long right;
            private long all;

            @Override
            public void add(Scene scene, SampledPoints points, ScenePrediction prediction) {
                int[] found = prediction.labels().classes();
                for (int i = 0; i < scene.size(); i++) {
                    if (scene.labels()[i] >= 0) {
                        right += scene.labels()[i] == found[i] ? 1 : 0;
                        all++;
                    }
                }
            }

            @Override
            public Report report() {
                return new Report(Map.of("accuracy", (double) right / all), List.of());
            }
        };
    }
}
