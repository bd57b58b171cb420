package org.scenecontexts.pointgroup.ap;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.metrics.Benchmark;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.pointgroup.ClassNumbers;
import org.scenecontexts.pointgroup.cluster.Proposal;

/**
 * Average precision of objects, counted twice: at the original points with ScanNet's smallest region ({@code ap, ap50,
 * ap25}), which is what its server does, and at the sampled points as the published system validates ({@code voxel-ap}, ...)
 * (REFERENCE 7.5). Beside it, coverage as works on S3DIS report it.
 *
 * <p>Scenes without known objects are exported but not counted.
 *
 * @since 0.2
 */
public final class InstanceBenchmark implements Benchmark {

    private final SceneClasses classes;
    private final InstanceApFactory.Config config;
    private final InstanceAp points;
    private final InstanceAp rows;
    private final long[] found;
    private final StuffCheck check;
    private Optional<InstanceExport> export = Optional.empty();

    /**
     * @param classes the classes of the evaluated data
     * @param warnings told when task and benchmark do not agree on what has objects
     */
    public InstanceBenchmark(SceneClasses classes, InstanceApFactory.Config config, Consumer<String> warnings) {
        this.classes = classes;
        this.config = config;
        Set<Integer> stuff = ClassNumbers.of("stuff", config.stuff(), ClassNumbers.STUFF, classes);
        OptionalInt group = config.legacy() ? OptionalInt.of(0) : OptionalInt.empty();
        points = atPoints(classes, config);
        rows = new InstanceAp(
                classes.count(),
                stuff,
                new ApProtocol(ApProtocol.published().overlaps(), config.minSampledRegion(), group));
        found = new long[classes.count()];
        check = new StuffCheck(classes, stuff, config.minRegion(), warnings);
    }

    /** What counts at the original points. */
    static InstanceAp atPoints(SceneClasses classes, InstanceApFactory.Config config) {
        return new InstanceAp(
                classes.count(),
                ClassNumbers.of("stuff", config.stuff(), ClassNumbers.STUFF, classes),
                new ApProtocol(
                        ApProtocol.scannet().overlaps(),
                        config.minRegion(),
                        config.legacy() ? OptionalInt.of(0) : OptionalInt.empty()));
    }

    @Override
    public void export(Path folder) {
        if (config.submission()) {
            export.ifPresent(InstanceExport::validate);
        }
    }

    @Override
    public void prepareExport(Path folder) {
        export = Optional.of(new InstanceExport(folder, classes, config.submissionLabels()));
    }

    @Override
    public void add(Scene scene, SampledPoints sampled, ScenePrediction prediction) {
        prediction.instances().forEach(instance -> found[instance.label()]++);
        check.take(prediction);
        if (scene.hasLabels() && scene.hasInstances()) {
            points.add(
                    new InstanceTruth(scene.labels(), scene.instances()),
                    config.submission()
                            ? submitted(proposals(prediction, ScenePrediction.Instance::points))
                            : proposals(prediction, ScenePrediction.Instance::points));
            rows.add(
                    new InstanceTruth(sampled.scene().labels(), sampled.scene().instances()),
                    proposals(prediction, ScenePrediction.Instance::rows));
        }
        export.ifPresent(files -> {
            String name = files.name(scene);
            if (config.objects()) {
                files.objects(name, scene, prediction);
            }
            if (config.submission()) {
                files.submission(name, scene, prediction);
            }
        });
    }

    /** With the confidences that the server sees: objects whose confidences differ by less are equal for it. */
    private static List<Proposal> submitted(List<Proposal> proposals) {
        return proposals.stream()
                .map(found ->
                        new Proposal(found.label(), InstanceSubmission.submitted(found.confidence()), found.points()))
                .toList();
    }

    private static List<Proposal> proposals(
            ScenePrediction prediction, Function<ScenePrediction.Instance, int[]> members) {
        return prediction.instances().stream()
                .map(instance -> new Proposal(instance.label(), instance.score(), members.apply(instance)))
                .toList();
    }

    @Override
    public Report report() {
        check.finish(found, points::objects);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("ap50", points.at50());
        figures.put("ap25", points.at25());
        figures.put("ap", points.average());
        figures.put("voxel-ap50", rows.at50());
        figures.put("voxel-ap25", rows.at25());
        figures.put("voxel-ap", rows.average());
        figures.put("coverage", mean(Coverage::mean));
        figures.put("weighted-coverage", mean(Coverage::weighted));
        figures.put("mean-precision", mean(Coverage::precision));
        figures.put("mean-recall", mean(Coverage::recall));
        return new Report(figures, List.of(perClass()));
    }

    private double mean(Function<Coverage, Double> figure) {
        return java.util.stream.IntStream.range(0, classes.count())
                .mapToDouble(label -> figure.apply(points.coverage(label)))
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    private Report.Table perClass() {
        List<List<Object>> table = new ArrayList<>();
        for (int c = 0; c < classes.count(); c++) {
            Coverage coverage = points.coverage(c);
            table.add(List.of(
                    classes.names().get(c),
                    points.average(c),
                    points.at(c, 0.5),
                    points.at(c, 0.25),
                    coverage.mean(),
                    coverage.precision(),
                    coverage.recall(),
                    points.objects(c),
                    found[c],
                    rows.at(c, 0.5)));
        }
        return new Report.Table(
                "objects",
                List.of(
                        "class",
                        "ap",
                        "ap50",
                        "ap25",
                        "coverage",
                        "precision",
                        "recall",
                        "objects",
                        "found",
                        "voxel-ap50"),
                table);
    }
}
