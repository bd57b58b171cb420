package org.scenecontexts.runtime.blocks;

import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.task.Joining;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.task.ScenePrediction.ScoredBox;
import org.scenecontexts.api.task.Task;

/** Collects boxes of parts; those whose centre a neighbour sees better are left to it. */
final class BoxesReader implements PartReader {

    private final Task task;
    private final Joining.Boxes boxes;
    private final List<ScoredBox> found = new ArrayList<>();

    BoxesReader(Task task, Joining.Boxes boxes) {
        this.task = task;
        this.boxes = boxes;
    }

    @Override
    public float[] read(Backbone backbone, Batch batch, Place place) {
        for (ScoredBox box : task.predict(backbone, batch).getFirst().boxes()) {
            Box back = place.view().back(box.box(), place.x(), place.y());
            if (inside(back, place.bounds())) {
                found.add(new ScoredBox(back, box.score()));
            }
        }
        return new float[0];
    }

    private static boolean inside(Box box, double[][] bounds) {
        return box.centreX() >= bounds[0][0]
                && box.centreX() <= bounds[1][0]
                && box.centreY() >= bounds[0][1]
                && box.centreY() <= bounds[1][1];
    }

    @Override
    public int width() {
        return 0;
    }

    @Override
    public ScenePrediction whole(Scene scene, SampledPoints points, float[] values) {
        return ScenePrediction.boxes(boxes.join(List.copyOf(found)));
    }
}
