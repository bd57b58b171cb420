package org.scenecontexts.votenet.ap;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.NotEmpty;
import org.scenecontexts.api.metrics.Benchmark;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.metrics.SubmissionScorer;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.io.submission.SubmissionLabels;

/**
 * Makes {@link DetectionBenchmark} known as {@code detection-ap}.
 *
 * @since 0.2
 */
@Extension
public final class DetectionApFactory implements BenchmarkFactory<DetectionApFactory.Config> {

    /** What is counted, and what is written besides the figures. */
    public record Config(
            @Doc("Overlaps that a box must exceed, 0 to 1; the first one leads.") @Default("[0.25, 0.5]") @NotEmpty
            List<Double> overlaps,

            @Doc("Classes that have no boxes where those are drawn around instances; of wall, floor and ceiling those"
                    + " that exist unless given.")
            @Default("[wall, floor, ceiling]")
            List<String> stuff,

            @Doc("Whether to count as the published program did, with its overlap that fails on copies and its mix-up"
                    + " of classes.")
            @Default("false")
            boolean legacy,

            @Doc("Whether to write per scene the boxes as wires in a PLY file, and a JSON file with class, confidence,"
                    + " centre, size and heading of each.")
            @Default("true")
            boolean boxes,

            @Doc("Least confidence of a box that is written there.") @Default("0.3")
            double confidence,

            @Doc("Whether to write all boxes as ScanNet's benchmark takes them too: benchmark_output/SCENE.txt.")
            @Default("false")
            boolean submission,

            @Doc("The numbers that submission files use for the classes, in class order; empty for 0, 1, 2, ...")
            @Default("[]")
            List<Integer> submissionLabels,

            @Doc("The frame of submitted boxes: raw, that of the scans, where scenes say how they were"
                    + " turned, or aligned, that of the data.")
            @Default("raw")
            BoxSubmission.Frame submissionFrame) {

        public Config {
            overlaps = List.copyOf(overlaps);
            stuff = List.copyOf(stuff);
            submissionLabels = List.copyOf(submissionLabels);
            for (double overlap : overlaps) {
                if (!(overlap >= 0 && overlap < 1)) {
                    throw new IllegalArgumentException(
                            "overlaps lie from 0 up to 1, found " + overlap + "; write 0.25 for a quarter");
                }
            }
        }
    }

    @Override
    public String name() {
        return "detection-ap";
    }

    @Override
    public String summary() {
        return "Average precision and recall of boxes; boxes as wires (PLY) and as a table (JSON), ScanNet's"
                + " submissions.";
    }

    @Override
    public Set<Prediction.Part> takes(Config config) {
        return Set.of(Prediction.Part.BOXES);
    }

    @Override
    public String leadingFigure() {
        return "map";
    }

    @Override
    public Benchmark create(Config config, BenchmarkFactory.Context context) {
        SubmissionLabels.requireOneEach(config.submissionLabels(), context.classes());
        return new DetectionBenchmark(context.classes(), config, context::warn);
    }

    @Override
    public Optional<SubmissionScorer> scorer(Config config, Path folder, BenchmarkFactory.Context context) {
        SubmissionLabels.requireOneEach(config.submissionLabels(), context.classes());
        return Optional.of(new BoxScorer(
                context.classes(),
                config,
                BoxSubmission.of(folder, config.submissionLabels(), config.submissionFrame(), context::warn)));
    }
}
