package org.scenecontexts.votenet.ap;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.metrics.Benchmark;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.votenet.DetectedClasses;
import org.scenecontexts.votenet.SceneObjects;

/**
 * Compares boxes with the true ones (REFERENCE 8.6): average precision and recall at each overlap, {@code map25}, {@code
 * recall25} and so on, and {@code map}, which is that of the first. Classes without a true box are left out of the means.
 */
final class DetectionBenchmark implements Benchmark {

    private static final int PERCENT = 100;

    private final SceneClasses classes;
    private final DetectionApFactory.Config config;
    private final DetectionAp ap;
    private final DetectedClasses detected;
    private final StuffBoxes check;
    private final Consumer<String> warn;
    private Optional<BoxExport> export = Optional.empty();
    private Optional<BoxSubmission> submission = Optional.empty();

    DetectionBenchmark(SceneClasses classes, DetectionApFactory.Config config, Consumer<String> warn) {
        this.warn = warn;
        this.classes = classes;
        this.config = config;
        ap = new DetectionAp(classes.count(), config.legacy());
        detected = DetectedClasses.of(classes, config.stuff());
        check = new StuffBoxes(classes, detected);
    }

    @Override
    public void prepareExport(Path folder) {
        if (config.boxes()) {
            export = Optional.of(new BoxExport(folder, classes, config.confidence()));
        }
        if (config.submission()) {
            submission =
                    Optional.of(new BoxSubmission(folder, config.submissionLabels(), config.submissionFrame(), warn));
        }
    }

    @Override
    public void add(Scene scene, SampledPoints points, ScenePrediction prediction) {
        List<Box> truth = new SceneObjects(scene, detected)
                .boxes().stream().map(detected::labelled).toList();
        ap.add(truth, prediction.boxes());
        check.take(prediction.boxes());
        export.ifPresent(files -> files.write(scene, truth, prediction.boxes()));
        submission.ifPresent(files -> files.write(scene, prediction.boxes()));
    }

    @Override
    public void export(Path folder) {
        submission.ifPresent(BoxSubmission::validate);
    }

    @Override
    public Report report() {
        check.disagreements(ap::truths).forEach(warn);
        return report(classes, config, ap);
    }

    /** What was counted, as figures and as a table. */
    static Report report(SceneClasses classes, DetectionApFactory.Config config, DetectionAp ap) {
        Map<String, Double> figures = new LinkedHashMap<>();
        List<String> header = new ArrayList<>(List.of("class", "boxes"));
        List<List<Object>> rows = new ArrayList<>();
        for (int label = 0; label < classes.count(); label++) {
            rows.add(new ArrayList<>(List.of(classes.names().get(label), ap.truths(label))));
        }
        for (double overlap : config.overlaps()) {
            DetectionAp.Figures at = ap.at(overlap);
            String percent = String.format(Locale.ROOT, "%d", Math.round(PERCENT * overlap));
            figures.putIfAbsent("map", at.meanPrecision());
            figures.put("map" + percent, at.meanPrecision());
            figures.put("recall" + percent, at.meanRecall());
            header.add("ap" + percent);
            header.add("recall" + percent);
            for (int label = 0; label < classes.count(); label++) {
                rows.get(label).add(at.precision()[label]);
                rows.get(label).add(at.recall()[label]);
            }
        }
        List<List<Object>> counted =
                rows.stream().filter(row -> !row.get(1).equals(0)).toList();
        return new Report(figures, List.of(new Report.Table("boxes", header, counted)));
    }
}
