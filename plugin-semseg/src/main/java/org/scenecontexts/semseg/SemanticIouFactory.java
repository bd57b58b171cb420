package org.scenecontexts.semseg;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.metrics.Benchmark;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.metrics.SubmissionScorer;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.io.submission.SubmissionLabels;

/**
 * Makes {@link SemanticIou} known as {@code semantic-iou}.
 *
 * @since 0.1
 */
@Extension
public final class SemanticIouFactory implements BenchmarkFactory<SemanticIouFactory.Config> {

    /** What is written besides the figures. */
    public record Config(
            @Doc("Whether to write a PLY file per scene: every original point with its predicted class and confidence.")
            @Default("true")
            boolean ply,

            @Doc("Whether to write a text file per scene with one class number per original point, for benchmark"
                    + " servers.")
            @Default("false")
            boolean submission,

            @Doc("The numbers that submission files use for the classes, in class order; empty for 0, 1, 2, ...")
            @Default("[]")
            List<Integer> submissionLabels,

            @Doc(
                    "Whether to tell average precision per class too, at the sampled points; sorts them once for each class.")
            @Default("true")
            boolean averagePrecision) {

        public Config {
            submissionLabels = List.copyOf(submissionLabels);
        }
    }

    @Override
    public String name() {
        return "semantic-iou";
    }

    @Override
    public String summary() {
        return "IoU, accuracy, average precision and confusion of classes, at the original points and at the sampled ones; labelled PLY"
                + " files.";
    }

    @Override
    public String leadingFigure() {
        return "miou";
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
    public Benchmark create(Config config, BenchmarkFactory.Context context) {
        SubmissionLabels.requireOneEach(config.submissionLabels(), context.classes());
        return new SemanticIou(context.classes(), config);
    }

    @Override
    public Optional<SubmissionScorer> scorer(Config config, Path folder, BenchmarkFactory.Context context) {
        SubmissionLabels.requireOneEach(config.submissionLabels(), context.classes());
        return Optional.of(new SemanticScorer(
                context.classes(),
                SemanticSubmission.of(folder, context.classes().count(), config.submissionLabels())));
    }

    @Override
    public Optional<Report> joined(Config config, List<Report> parts) {
        return Optional.of(SemanticIou.joined(parts));
    }
}
