package org.scenecontexts.runtime.toy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.scenecontexts.io.array.AtomicFile;

/** Share of points whose class was predicted. */
public final class ToyAccuracy implements BenchmarkFactory<ToyAccuracy.Config> {

    public record Config(
            @Doc("Whether data without labels is refused.") @Default("false")
            boolean strict) {}

    @Override
    public String name() {
        return "toy-accuracy";
    }

    @Override
    public String summary() {
        return "Share of points whose class was predicted.";
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
        return config.strict() ? Set.of(ScenePart.LABELS) : Set.of();
    }

    @Override
    public Benchmark create(Config config, Context context) {
        return new Benchmark() {
            private int right;
            private int all;

            @Override
            public void add(Scene scene, SampledPoints points, ScenePrediction prediction) {
                for (int i = 0; i < scene.size(); i++) {
                    right += scene.labels()[i] == prediction.labels().classes()[i] ? 1 : 0;
                    all++;
                }
            }

            @Override
            public void export(Path folder) {
                AtomicFile.write(
                        folder.resolve("right.txt"),
                        out -> out.write(Integer.toString(right).getBytes(StandardCharsets.UTF_8)));
            }

            @Override
            public Report report() {
                double accuracy = (double) right / all;
                return new Report(
                        Map.of("accuracy", accuracy),
                        List.of(new Report.Table(
                                "points",
                                List.of("which", "count"),
                                List.of(List.of("right, of all", right), List.of("all", all)))));
            }
        };
    }
}
