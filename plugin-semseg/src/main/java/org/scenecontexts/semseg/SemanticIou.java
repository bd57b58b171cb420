package org.scenecontexts.semseg;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.metrics.Benchmark;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.task.ScenePrediction;

/**
 * Mean intersection over union of classes, counted twice: at the original points ({@code miou}), which is what a user of
 * the predictions sees, and at the sampled points ({@code voxel-miou}), which is what the published system reports
 * (REFERENCE 6.3). Beside it, average precision at the sampled points, by the scores.
 *
 * <p>Scenes without labels are exported but not counted.
 *
 * @since 0.1
 */
public final class SemanticIou implements Benchmark {

    private static final String POINTS = "confusion-matrix";
    private static final String VOXELS = "voxel-confusion-matrix";

    private final SceneClasses classes;
    private final SemanticIouFactory.Config config;
    private final ConfusionMatrix points;
    private final ConfusionMatrix voxels;
    private final AveragePrecision precision;
    private Optional<SemanticExport> export = Optional.empty();

    /** @param classes the classes of the evaluated data, at least 1 */
    public SemanticIou(SceneClasses classes, SemanticIouFactory.Config config) {
        this.classes = classes;
        this.config = config;
        this.points = new ConfusionMatrix(classes.count());
        this.voxels = new ConfusionMatrix(classes.count());
        this.precision = new AveragePrecision(classes.count());
    }

    @Override
    public void prepareExport(Path folder) {
        export = Optional.of(new SemanticExport(folder, classes, config.submissionLabels()));
    }

    @Override
    public void add(Scene scene, SampledPoints sampled, ScenePrediction prediction) {
        if (scene.hasLabels()) {
            points.add(scene.labels(), prediction.labels().classes());
            voxels.add(sampled.scene().labels(), prediction.labels().sampled());
            if (config.averagePrecision()) {
                precision.add(sampled.scene().labels(), prediction.labels().scores());
            }
        }
        export.ifPresent(files -> {
            String name = files.name(scene);
            if (config.ply()) {
                files.ply(name, scene, prediction);
            }
            if (config.submission()) {
                files.submission(name, prediction);
            }
        });
    }

    @Override
    public Report report() {
        Map<String, Double> figures = figures(points, voxels);
        if (config.averagePrecision()) {
            figures.put("voxel-average-precision", precision.mean());
        }
        return new Report(
                figures,
                List.of(
                        perClass(),
                        SemanticTables.confusion(POINTS, classes.names(), points),
                        SemanticTables.confusion(VOXELS, classes.names(), voxels)));
    }

    private static Map<String, Double> figures(ConfusionMatrix points, ConfusionMatrix voxels) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("miou", points.meanIou());
        figures.put("accuracy", points.accuracy());
        figures.put("mean-class-accuracy", points.meanAccuracy());
        figures.put("voxel-miou", voxels.meanIou());
        figures.put("voxel-accuracy", voxels.accuracy());
        figures.put("voxel-mean-class-accuracy", voxels.meanAccuracy());
        return figures;
    }

    @Override
    public void export(Path folder) {
        if (config.submission()) {
            export.ifPresent(SemanticExport::validate);
        }
    }

    /**
     * The counts of several evaluations as one, as for the six folds of S3DIS; average precision, which is a mean over scenes,
     * is not part of it.
     */
    static Report joined(List<Report> parts) {
        List<String> names = SemanticTables.names(table(parts.getFirst(), POINTS));
        ConfusionMatrix points = new ConfusionMatrix(names.size());
        ConfusionMatrix voxels = new ConfusionMatrix(names.size());
        for (Report part : parts) {
            SemanticTables.addTo(points, table(part, POINTS), names);
            SemanticTables.addTo(voxels, table(part, VOXELS), names);
        }
        return new Report(
                figures(points, voxels),
                List.of(
                        SemanticTables.classes(names, points),
                        SemanticTables.confusion(POINTS, names, points),
                        SemanticTables.confusion(VOXELS, names, voxels)));
    }

    private static Report.Table table(Report report, String name) {
        return report.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no table '" + name + "' among "
                        + report.tables().stream().map(Report.Table::name).toList()));
    }

    private Report.Table perClass() {
        List<String> header = new ArrayList<>(List.of("class", "iou", "accuracy", "precision", "points", "voxel-iou"));
        if (config.averagePrecision()) {
            header.add("voxel-average-precision");
        }
        List<List<Object>> rows = new ArrayList<>();
        for (int c = 0; c < classes.count(); c++) {
            List<Object> row = new ArrayList<>(List.of(
                    classes.names().get(c),
                    points.iou(c),
                    points.recall(c),
                    points.precision(c),
                    points.labelled(c),
                    voxels.iou(c)));
            if (config.averagePrecision()) {
                row.add(precision.of(c));
            }
            rows.add(row);
        }
        return new Report.Table("classes", header, rows);
    }
}
