package org.scenecontexts.pointgroup.ap;

import java.util.ArrayList;
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

/** Counts submitted objects at the original points, as ScanNet's server does (REFERENCE 7.5). */
final class InstanceScorer implements SubmissionScorer {

    private final SceneClasses classes;
    private final InstanceSubmission files;
    private final InstanceAp points;
    private final FileNames names = new FileNames();
    private final Set<String> seen = new LinkedHashSet<>();

    InstanceScorer(SceneClasses classes, InstanceSubmission files, InstanceAp points) {
        this.classes = classes;
        this.files = files;
        this.points = points;
    }

    @Override
    public void add(Scene scene) {
        String name = names.of(scene.id());
        var found = files.read(name, scene.size());
        seen.add(name);
        if (scene.hasLabels() && scene.hasInstances()) {
            points.add(new InstanceTruth(scene.labels(), scene.instances()), found);
        }
    }

    @Override
    public Report report() {
        files.requireNoOthers(seen);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("ap50", points.at50());
        figures.put("ap25", points.at25());
        figures.put("ap", points.average());
        List<List<Object>> rows = new ArrayList<>();
        for (int c = 0; c < classes.count(); c++) {
            rows.add(List.of(
                    classes.names().get(c),
                    points.average(c),
                    points.at(c, 0.5),
                    points.at(c, 0.25),
                    points.objects(c)));
        }
        return new Report(
                figures, List.of(new Report.Table("objects", List.of("class", "ap", "ap50", "ap25", "objects"), rows)));
    }
}
