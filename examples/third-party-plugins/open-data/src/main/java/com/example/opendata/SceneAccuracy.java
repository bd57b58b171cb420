package com.example.opendata;

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

/** Counts the scenes whose class has the highest score. */
@Extension
public final class SceneAccuracy implements BenchmarkFactory<SceneAccuracy.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("Attribute of the scene that holds the number of its class, and name of the predictions.")
            @Default("kind")
            String target) {}

    @Override
    public String name() {
        return "scene-accuracy";
    }

    @Override
    public String summary() {
        return "Share of the scenes whose class has the highest score.";
    }

    @Override
    public Set<ScenePart> needs(Config config) {
        return Set.of(ScenePart.ofScene(config.target()));
    }

    @Override
    public Set<Prediction.Part> takes(Config config) {
        return Set.of(Prediction.Part.sceneValues(config.target()));
    }

    @Override
    public String leadingFigure() {
        return "scene-accuracy";
    }

    @Override
    public Benchmark create(Config config, Context context) {
        return new Benchmark() {
            private int right;
            private int scenes;

            @Override
            public void add(Scene scene, SampledPoints points, ScenePrediction prediction) {
                float[] scores = prediction.sceneValues(config.target()).values();
                int best = 0;
                for (int k = 1; k < scores.length; k++) {
                    best = scores[k] > scores[best] ? k : best;
                }
                right += best == (int) scene.ofScene(config.target()).floats()[0] ? 1 : 0;
                scenes++;
            }

            @Override
            public Report report() {
                return new Report(Map.of("scene-accuracy", (double) right / scenes), List.of());
            }
        };
    }
}
