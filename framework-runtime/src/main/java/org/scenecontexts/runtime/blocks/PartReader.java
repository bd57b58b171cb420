package org.scenecontexts.runtime.blocks;

import java.util.List;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.task.ScenePrediction;

/** What is asked about one part of a scene, and what follows from all answers: one for each kind of joining. */
interface PartReader {

    /**
     * Where a part is and how it was seen.
     *
     * @param view turns it back
     * @param x middle of the part, which it was turned about
     * @param y middle of the part
     * @param bounds of what the part sees better than its neighbours, with a margin: {@code {{x, y}, {x, y}}}
     */
    record Place(SceneView view, double x, double y, double[][] bounds) {}

    /**
     * Asks about a batch of one sample.
     *
     * @return numbers per row that are averaged, turned back, {@code [M, W]}; empty where there are none
     */
    float[] read(Backbone backbone, Batch batch, Place place);

    /** Numbers per row, W; known after the first {@link #read}. */
    int width();

    /** What follows. */
    ScenePrediction whole(Scene scene, SampledPoints points, float[] values);

    /** Whether what is said about a point follows from its own numbers, so that no rows are kept. */
    default List<PointColumns> columns() {
        return List.of();
    }

    /**
     * Columns that belong to one prediction about points.
     *
     * @param name of values; empty for the scores of classes
     * @param from first column
     * @param width number of columns
     */
    record PointColumns(String name, int from, int width) {}
}
