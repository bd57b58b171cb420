package org.scenecontexts.runtime.guard;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.PointPipeline;
import org.scenecontexts.api.data.Sample;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.train.TrainingProgress;

/** Checks that a task's loss is one number and that it predicts something for every sample. */
record GuardedTask(Guard guard, Task task, Module module) implements Task, Guarded {

    GuardedTask(Guard guard, Task task) {
        this(guard, task, guard.notNull("module()", "a module, which may have no parameters", task::module));
    }

    @Override
    public PluginPart part() {
        return guard.part();
    }

    @Override
    public void beforeStep(TrainingProgress progress) {
        guard.call("beforeStep(" + progress.iteration() + ")", () -> {
            task.beforeStep(progress);
            return progress;
        });
    }

    @Override
    public Sample prepare(Example example, PointPipeline pipeline, RandomGenerator random) {
        String method = "prepare(example '" + example.id() + "')";
        Sample sample = guard.notNull(method, "a sample", () -> task.prepare(example, pipeline, random));
        if (sample.example() == null
                || sample.views() == null
                || sample.views().size() != example.views().size()) {
            throw guard.breach(
                    method,
                    "gave a sample of "
                            + (sample.views() == null ? "no" : sample.views().size()) + " views",
                    "the example and the sampled points of its "
                            + example.views().size() + " view(s)");
        }
        return sample;
    }

    @Override
    public LossResult loss(Backbone backbone, Batch batch) {
        String method = "loss(backbone, batch)";
        return GuardedProducts.lossResult(guard, method, guard.call(method, () -> task.loss(backbone, batch)));
    }

    @Override
    public List<ScenePrediction> predict(Backbone backbone, Batch batch) {
        String method = "predict(backbone, batch)";
        int samples = batch.samples().size();
        List<ScenePrediction> predictions =
                guard.notNull(method, "a prediction for each sample", () -> task.predict(backbone, batch));
        if (predictions.size() != samples) {
            throw guard.breach(
                    method,
                    "gave " + predictions.size() + " predictions",
                    samples + ", one for each sample of the batch, in its order");
        }
        for (int i = 0; i < samples; i++) {
            check(method, batch.samples().get(i), predictions.get(i));
        }
        return predictions;
    }

    @Override
    public List<Report.Table> diagnosis() {
        return guard.notNull("diagnosis()", "tables, or none", task::diagnosis);
    }

    @Override
    public Map<String, String> notes() {
        return guard.notNull("notes()", "texts by name, or none", task::notes);
    }

    @Override
    public void restore(Map<String, String> notes) {
        guard.call("restore(notes)", () -> {
            task.restore(notes);
            return notes;
        });
    }

    private void check(String method, Sample sample, ScenePrediction prediction) {
        String scene = "scene '" + sample.example().id() + "'";
        if (prediction == null) {
            throw guard.breach(method, "gave null for " + scene, "a prediction");
        }
        int points = sample.views().getFirst().inverse().length;
        int labels = prediction.labels().length;
        int confidence = prediction.confidence().length;
        if (labels != 0 && (labels != points || confidence != labels)) {
            throw guard.breach(
                    method,
                    "gave " + labels + " labels and " + confidence + " confidences for " + scene,
                    "one of each for every original point, " + points + " in all, or no labels");
        }
        int rows = sample.views().getFirst().size();
        if (prediction.scores().length % Math.max(1, rows) != 0) {
            throw guard.breach(
                    method,
                    "gave " + prediction.scores().length + " scores for the " + rows + " rows of " + scene,
                    "as many for every row");
        }
    }
}
