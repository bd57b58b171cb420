package org.scenecontexts.runtime.blocks;

import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.task.Joining;
import org.scenecontexts.api.task.ScenePrediction;

/** Averages what a task says about rows, and lets it conclude. */
final class RowsReader implements PartReader {

    private final Joining.Rows rows;

    RowsReader(Joining.Rows rows) {
        this.rows = rows;
    }

    @Override
    public float[] read(Backbone backbone, Batch batch, Place place) {
        float[] values = rows.values(backbone, batch);
        place.view().vectorsBack(values, rows.width(), rows.vectors());
        return values;
    }

    @Override
    public int width() {
        return rows.width();
    }

    @Override
    public ScenePrediction whole(Scene scene, SampledPoints points, float[] values) {
        return rows.predict(scene, points, values);
    }
}
