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
 * (REFERENCE 6.3).
 *
 * <p>Scenes without labels are exported but not counted.
 *
 * @since 0.1
 */
public final class SemanticIou implements Benchmark {

    private final SceneClasses classes;
    private final SemanticIouFactory.Config config;
    private final ConfusionMatrix points;
    private final ConfusionMatrix voxels;
    private Optional<SemanticExport> export = Optional.empty();

    /** @param classes the classes of the evaluated data, at least 1 */
    public SemanticIou(SceneClasses classes, SemanticIouFactory.Config config) {
        this.classes = classes;
        this.config = config;
        this.points = new ConfusionMatrix(classes.count());
        this.voxels = new ConfusionMatrix(classes.count());
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
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("miou", points.meanIou());
        figures.put("accuracy", points.accuracy());
        figures.put("mean-class-accuracy", points.meanAccuracy());
        figures.put("voxel-miou", voxels.meanIou());
        figures.put("voxel-accuracy", voxels.accuracy());
        figures.put("voxel-mean-class-accuracy", voxels.meanAccuracy());
        return new Report(
                figures,
                List.of(
                        perClass(),
                        confusion("confusion-matrix", points),
                        confusion("voxel-confusion-matrix", voxels)));
    }

    private Report.Table perClass() {
        List<List<Object>> rows = new ArrayList<>();
        for (int c = 0; c < classes.count(); c++) {
            rows.add(List.of(
                    classes.names().get(c),
                    points.iou(c),
                    points.recall(c),
                    points.precision(c),
                    points.labelled(c),
                    voxels.iou(c)));
        }
        return new Report.Table(
                "classes", List.of("class", "iou", "accuracy", "precision", "points", "voxel-iou"), rows);
    }

    private Report.Table confusion(String name, ConfusionMatrix matrix) {
        List<String> header = new ArrayList<>(List.of("truth"));
        header.addAll(classes.names());
        List<List<Object>> rows = new ArrayList<>();
        for (int truth = 0; truth < classes.count(); truth++) {
            List<Object> row = new ArrayList<>(List.of(classes.names().get(truth)));
            for (int predicted = 0; predicted < classes.count(); predicted++) {
                row.add(matrix.count(truth, predicted));
            }
            rows.add(row);
        }
        return new Report.Table(name, header, rows);
    }
}
