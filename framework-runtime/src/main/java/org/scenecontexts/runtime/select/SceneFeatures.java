package org.scenecontexts.runtime.select;

import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.select.PointFeatures;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.runtime.load.InputPresence;
import org.scenecontexts.runtime.load.ScenePipeline;
import org.scenecontexts.runtime.run.Chance;
import org.scenecontexts.runtime.run.Model;
import org.scenecontexts.runtime.run.RunContext;

/**
 * Gives the features of a network's backbone at the original points of scenes, for those who look at features and not at what a
 * task makes of them.
 *
 * @since 0.2
 */
public final class SceneFeatures {

    private final Model model;
    private final InputPresence inputs;
    private final RunContext context;

    /**
     * @param model in evaluation mode
     * @param data where the scenes come from, which is asked for the model's inputs
     */
    public SceneFeatures(Model model, Dataset data, RunContext context) {
        this.model = model;
        this.inputs = new InputPresence(data, model.inputs(), InputPresence.Use.MEASURING, context.warnings());
        this.context = context;
    }

    /**
     * The features of one scene, {@code [N, C]}; zeros where the network saw nothing of a point.
     *
     * @param chance of the sampling
     */
    public PointFeatures of(Scene scene, Chance chance) {
        ScenePipeline pipeline =
                new ScenePipeline(List.of(), model.sampler(), inputs, Optional.empty(), context.warnings());
        SampledPoints sampled = pipeline.sample(scene, chance.random());
        try (var scope = model.engine().noGrad();
                PointBatch batch = PointBatch.of(List.of(sampled), model.inputs())) {
            Tensor rows = model.backbone().features(batch);
            int channels = rows.columns();
            float[] found = rows.toArray();
            float[] values = new float[scene.size() * channels];
            for (int i = 0; i < scene.size(); i++) {
                int row = sampled.inverse()[i];
                if (row >= 0) {
                    System.arraycopy(found, row * channels, values, i * channels, channels);
                }
            }
            rows.release();
            return new PointFeatures(values, channels);
        }
    }
}
