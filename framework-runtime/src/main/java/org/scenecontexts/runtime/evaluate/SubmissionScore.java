package org.scenecontexts.runtime.evaluate;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.metrics.Benchmark;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.metrics.SubmissionScorer;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.runtime.config.Binder;
import org.scenecontexts.runtime.config.FactoryLookup;
import org.scenecontexts.runtime.config.Problems;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.config.YamlReader;
import org.scenecontexts.runtime.log.Progress;
import org.scenecontexts.runtime.pipeline.Benchmarks;
import org.scenecontexts.runtime.run.RunContext;

/**
 * Counts a folder of submission files without the model that made them: what a benchmark's server would say.
 *
 * @param data the scenes with their truth; scenes without what the benchmark compares with are looked at only
 * @param benchmark what the files were written by
 * @since 0.2
 */
public record SubmissionScore(
        @Doc("The data set.") Choice<BuildContext, Dataset> data,
        @Doc("What to measure.") Choice<BenchmarkFactory.Context, Benchmark> benchmark) {

    /**
     * What was counted.
     *
     * @param report of the benchmark
     * @param scenes in the data
     * @param labelled those of them that have a truth
     * @param truth what the benchmark compares with, such as {@code labels and instances}
     */
    public record Scored(Report report, int scenes, int labelled, String truth) {}

    /**
     * Reads the options of a command line as stages read them.
     *
     * @param data YAML as under {@code data:}
     * @param benchmark YAML as under {@code benchmark:}
     * @throws org.scenecontexts.runtime.config.InvalidConfigException when they cannot be read
     */
    public static SubmissionScore read(String data, String benchmark, FactoryLookup plugins) {
        Problems problems = new Problems();
        String text = "data: " + data + "\nbenchmark: " + benchmark + "\n";
        Optional<SubmissionScore> read = YamlReader.read(SourceText.of("--data, --benchmark", text), problems)
                .flatMap(node ->
                        new Binder(plugins, Map.of(), problems).bind(node, SubmissionScore.class, node.position(), ""));
        problems.throwIfErrors();
        return read.orElseThrow(() -> new IllegalArgumentException("--data and --benchmark cannot be read"));
    }

    /**
     * Counts.
     *
     * @throws CloudException when the folder would be refused, when the benchmark reads no submissions, when the data has no
     *     scene, or when it has labels but nothing that the benchmark counts
     */
    public Scored of(Path folder, RunContext context) {
        Dataset scenes = data.create(context.build("data"));
        if (scenes.size() == 0) {
            throw new CloudException(
                    "the data set has no scene; 'csc plugins show " + data.type() + "' describes its keys");
        }
        SubmissionScorer scorer = scorer(folder, context.benchmark("benchmark", scenes.classes()));
        Set<ScenePart> needs = Benchmarks.needs(benchmark);
        int labelled = 0;
        try (Progress progress = Progress.start("score", scenes.size())) {
            for (int i = 0; i < scenes.size(); i++) {
                Scene scene = scenes.load(i).scene();
                scorer.add(scene);
                labelled += isKnown(scene, needs) ? 1 : 0;
                progress.at(i + 1L, scene.id());
            }
        }
        Report report = scorer.report();
        if (labelled > 0) {
            requireFigures(report);
        }
        return new Scored(report, scenes.size(), labelled, truth(needs));
    }

    private void requireFigures(Report report) {
        if (!report.figures().isEmpty() && report.figures().values().stream().allMatch(value -> Double.isNaN(value))) {
            throw new CloudException(
                    "the files can be read, but '" + benchmark.type() + "' found nothing in the data to"
                            + " compare them with: no scene has an object of a class that counts; choose data that has the truth,"
                            + " and see which classes 'stuff' leaves out");
        }
    }

    /** Prepared test scans have a label everywhere: none. Without boxes there may be objects that boxes are made of. */
    private static boolean isKnown(Scene scene, Set<ScenePart> needs) {
        return needs.isEmpty()
                ? ScenePart.LABELS.isIn(scene) || ScenePart.BOXES.isIn(scene)
                : needs.stream().allMatch(part -> part.isIn(scene));
    }

    private static String truth(Set<ScenePart> needs) {
        return needs.isEmpty()
                ? "labels or boxes"
                : needs.stream()
                        .sorted(Comparator.comparing(ScenePart::kind))
                        .map(ScenePart::toString)
                        .collect(Collectors.joining(" and "));
    }

    private SubmissionScorer scorer(Path folder, BenchmarkFactory.Context context) {
        Optional<SubmissionScorer> scorer = benchmark.factory() instanceof BenchmarkFactory<?> factory
                ? scorer(factory, benchmark.config(), folder, context)
                : Optional.empty();
        return scorer.orElseThrow(
                () -> new CloudException("the benchmark '" + benchmark.type() + "' does not read submissions again"));
    }

    private static <C extends Record> Optional<SubmissionScorer> scorer(
            BenchmarkFactory<C> factory, Record config, Path folder, BenchmarkFactory.Context context) {
        return factory.scorer(factory.configType().cast(config), folder, context);
    }
}
