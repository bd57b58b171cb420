package org.scenecontexts.runtime.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.metrics.Benchmark;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.metrics.SubmissionScorer;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.runtime.plugin.PluginCatalog;
import org.scenecontexts.runtime.run.Chance;
import org.scenecontexts.runtime.run.RunContext;
import org.scenecontexts.runtime.toy.Toys;

/** A scene counts where it has what the benchmark compares with, not where it has anything at all. */
class SubmissionScoreTest {

    /** Compares with what it is told, and reads nothing. */
    record Reader(String name, Set<ScenePart> needs, Map<String, Double> figures)
            implements BenchmarkFactory<Reader.Config> {

        public record Config() {}

        @Override
        public String summary() {
            return "For this test.";
        }

        @Override
        public String leadingFigure() {
            return "figure";
        }

        @Override
        public Set<Prediction.Part> takes(Config config) {
            return Set.of();
        }

        @Override
        public Set<ScenePart> needs(Config config) {
            return needs;
        }

        @Override
        public Benchmark create(Config config, Context context) {
            throw new UnsupportedOperationException("a submission is scored without a model, by scorer()");
        }

        @Override
        public Optional<SubmissionScorer> scorer(Config config, Path folder, Context context) {
            return Optional.of(new SubmissionScorer() {
                @Override
                public void add(Scene scene) {}

                @Override
                public Report report() {
                    return new Report(figures, List.of());
                }
            });
        }
    }

    @TempDir
    Path folder;

    private SubmissionScore.Scored score(String data, String benchmark) {
        PluginCatalog plugins = Toys.catalog(
                index -> {},
                new Reader("labelled", Set.of(ScenePart.LABELS), Map.of("figure", 0.5)),
                new Reader("objects", Set.of(ScenePart.INSTANCES, ScenePart.LABELS), Map.of("figure", Double.NaN)),
                new Reader("anything", Set.of(), Map.of("figure", 0.5)),
                new Reader("boxes", Set.of(), Map.of("figure", Double.NaN)));
        RunContext context = new RunContext(new Chance(0).at("score"), warning -> {}, () -> false, plugins);
        return SubmissionScore.read(data, benchmark, plugins).of(folder, context);
    }

    @Test
    void labelsAreTheTruthOfABenchmarkOfLabels() {
        assertThat(score("toy-data", "labelled").labelled()).isEqualTo(7);
        assertThat(score("{type: toy-data, labelled: false}", "labelled").labelled())
                .isZero();
    }

    @Test
    void labelsWithoutObjectsAreNoTruthOfABenchmarkOfObjects() {
        SubmissionScore.Scored scored = score("toy-data", "objects");

        assertThat(scored.scenes()).isEqualTo(7);
        assertThat(scored.labelled()).isZero();
        assertThat(scored.truth()).isEqualTo("labels and instances");
    }

    @Test
    void whereABenchmarkDoesNotSayLabelsOrBoxesAreTheTruth() {
        assertThat(score("toy-data", "anything").labelled()).isEqualTo(7);
        assertThat(score("{type: toy-data, labelled: false}", "anything").labelled())
                .isZero();
    }

    @Test
    void labelsOfWhichNothingCountsAreRefused() {
        assertThatThrownBy(() -> score("toy-data", "boxes"))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("'boxes' found nothing in the data to compare them with");
        assertThat(score("{type: toy-data, labelled: false}", "boxes").labelled())
                .isZero();
    }
}
