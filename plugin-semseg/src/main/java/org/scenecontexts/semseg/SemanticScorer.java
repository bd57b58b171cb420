package org.scenecontexts.semseg;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.metrics.SubmissionScorer;
import org.scenecontexts.io.array.FileNames;

/** Counts submitted labels at the original points, as ScanNet's server does (REFERENCE 6.4). */
final class SemanticScorer implements SubmissionScorer {

    private final SceneClasses classes;
    private final SemanticSubmission files;
    private final ConfusionMatrix points;
    private final FileNames names = new FileNames();
    private final Set<String> seen = new LinkedHashSet<>();

    SemanticScorer(SceneClasses classes, SemanticSubmission files) {
        this.classes = classes;
        this.files = files;
        this.points = new ConfusionMatrix(classes.count());
    }

    @Override
    public void add(Scene scene) {
        String name = names.of(scene.id());
        int[] labels = files.read(name, scene.size());
        seen.add(name);
        if (scene.hasLabels()) {
            points.add(scene.labels(), labels);
        }
    }

    @Override
    public Report report() {
        files.requireNoOthers(seen);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("miou", points.meanIou());
        figures.put("accuracy", points.accuracy());
        figures.put("mean-class-accuracy", points.meanAccuracy());
        return new Report(
                figures,
                List.of(
                        SemanticTables.classes(classes.names(), points),
                        SemanticTables.confusion("confusion-matrix", classes.names(), points)));
    }
}
