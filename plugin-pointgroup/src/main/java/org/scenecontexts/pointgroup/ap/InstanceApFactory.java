package org.scenecontexts.pointgroup.ap;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.metrics.Benchmark;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.metrics.SubmissionScorer;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.io.submission.SubmissionLabels;

/**
 * Makes {@link InstanceBenchmark} known as {@code instance-ap}.
 *
 * @since 0.2
 */
@Extension
public final class InstanceApFactory implements BenchmarkFactory<InstanceApFactory.Config> {

    /** What is counted, and what is written besides the figures. */
    public record Config(
            @Doc("Classes that have no objects; of wall, floor and ceiling those that exist unless given.")
            @Default("[wall, floor, ceiling]")
            List<String> stuff,

            @Doc("Smallest object and prediction that count at the original points; 100 as in ScanNet's benchmark.")
            @Default("100")
            @Min(1)
            int minRegion,

            @Doc("Smallest object and prediction that count at the sampled points; 10 as published.")
            @Default("10")
            @Min(1)
            int minSampledRegion,

            @Doc("Whether to count as the published S3DIS runs did, where the first class never has a true object.")
            @Default("false")
            boolean legacy,

            @Doc("Whether to write a PLY file per scene with a colour per object, and a JSON file with class,"
                    + " confidence, points and box of each.")
            @Default("true")
            boolean objects,

            @Doc("Whether to write the files that ScanNet's benchmark server takes: a list and a mask per object.")
            @Default("false")
            boolean submission,

            @Doc("The numbers that submission files use for the classes, in class order; empty for 0, 1, 2, ...")
            @Default("[]")
            List<Integer> submissionLabels) {

        public Config {
            stuff = List.copyOf(stuff);
            submissionLabels = List.copyOf(submissionLabels);
        }
    }

    @Override
    public String name() {
        return "instance-ap";
    }

    @Override
    public String summary() {
        return "Average precision of objects, at the original points and at the sampled ones; coloured PLY, JSON,"
                + " submissions.";
    }

    @Override
    public Set<Prediction.Part> takes(Config config) {
        return Set.of(Prediction.Part.INSTANCES);
    }

    @Override
    public Set<ScenePart> needs(Config config) {
        return Set.of(ScenePart.LABELS, ScenePart.INSTANCES);
    }

    @Override
    public String leadingFigure() {
        return "ap50";
    }

    @Override
    public Benchmark create(Config config, BenchmarkFactory.Context context) {
        SubmissionLabels.requireOneEach(config.submissionLabels(), context.classes());
        return new InstanceBenchmark(context.classes(), config, context::warn);
    }

    @Override
    public Optional<SubmissionScorer> scorer(Config config, Path folder, BenchmarkFactory.Context context) {
        SubmissionLabels.requireOneEach(config.submissionLabels(), context.classes());
        return Optional.of(new InstanceScorer(
                context.classes(),
                InstanceSubmission.of(folder, context.classes().count(), config.submissionLabels()),
                InstanceBenchmark.atPoints(context.classes(), config)));
    }
}
