package org.scenecontexts.votenet.ap;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.metrics.SubmissionScorer;
import org.scenecontexts.api.task.ScenePrediction.ScoredBox;
import org.scenecontexts.io.array.FileNames;
import org.scenecontexts.votenet.DetectedClasses;
import org.scenecontexts.votenet.SceneObjects;

/**
 * Counts submitted boxes against the true ones as those would be submitted: both along the axes of the frame of the submission.
 * In the frame of the recordings boxes that lie along the walls become larger, so that the figures are others than those of the
 * evaluation.
 */
final class BoxScorer implements SubmissionScorer {

    private final SceneClasses classes;
    private final DetectionApFactory.Config config;
    private final BoxSubmission files;
    private final DetectionAp ap;
    private final DetectedClasses detected;
    private final FileNames names = new FileNames();
    private final Set<String> seen = new LinkedHashSet<>();

    BoxScorer(SceneClasses classes, DetectionApFactory.Config config, BoxSubmission files) {
        this.classes = classes;
        this.config = config;
        this.files = files;
        ap = new DetectionAp(classes.count(), config.legacy());
        detected = DetectedClasses.of(classes, config.stuff());
    }

    @Override
    public void add(Scene scene) {
        String name = names.of(scene.id());
        List<ScoredBox> found = files.read(name, classes.count());
        seen.add(name);
        if (scene.boxes().isEmpty() && Arrays.stream(scene.labels()).allMatch(label -> label < 0)) {
            // A scan of a test split: nobody knows what is there.
            return;
        }
        List<Box> truth = new SceneObjects(scene, detected)
                .boxes().stream()
                        .map(detected::labelled)
                        .map(box -> files.submitted(scene, box))
                        .toList();
        ap.add(truth, found);
    }

    @Override
    public Report report() {
        files.requireNoOthers(seen);
        return DetectionBenchmark.report(classes, config, ap);
    }
}
