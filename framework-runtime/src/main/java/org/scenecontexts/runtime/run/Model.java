package org.scenecontexts.runtime.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.task.Task;

/**
 * A backbone with a task on an engine, ready to be trained or used.
 *
 * @param spec what it was built from
 * @param engine where it lives
 * @param backbone from points to features
 * @param task from features to losses and predictions
 * @param network the trained parts of both
 * @param classes the classes that it tells apart
 * @param chances the random numbers that backbone and task draw while they are used, by place
 * @since 0.1
 */
public record Model(
        ModelSpec spec,
        TensorEngine engine,
        Backbone backbone,
        Task task,
        Network network,
        SceneClasses classes,
        Map<String, SavedRandom> chances) {

    /**
     * Builds a model with first values that depend on the chance of the context only.
     *
     * @param classes classes of the data
     */
    public static Model create(ModelSpec spec, TensorEngine engine, SceneClasses classes, RunContext context) {
        Map<String, SavedRandom> chances = new LinkedHashMap<>();
        SavedRandom forBackbone = context.chance("backbone").random();
        SavedRandom forTask = context.chance("task").random();
        chances.put("backbone", forBackbone);
        chances.put("task", forTask);
        Backbone backbone =
                spec.backbone().create(context.model(forBackbone, engine, spec.inputChannels(), classes, 0));
        Task task =
                spec.task().create(context.model(forTask, engine, spec.inputChannels(), classes, backbone.channels()));
        return new Model(spec, engine, backbone, task, new Network(backbone.module(), task.module()), classes, chances);
    }

    /** How scenes become rows. */
    public Sampler sampler() {
        return spec.sampler();
    }

    /** What the network is given per point. */
    public List<InputFeature> inputs() {
        return spec.inputs();
    }
}
