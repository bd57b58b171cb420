package org.scenecontexts.runtime.guard;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.PointPipeline;
import org.scenecontexts.api.data.Sample;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.task.Joining;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.MatchedViews;
import org.scenecontexts.api.task.Prediction;
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
    public Optional<MatchedViews> matchedViews(Backbone backbone, Batch batch) {
        return guard.notNull(
                "matchedViews(backbone, batch)",
                "the matched views, or empty",
                () -> task.matchedViews(backbone, batch));
    }

    @Override
    public Joining joining() {
        Joining joining = guard.notNull("joining()", "how its predictions are put together", task::joining);
        return switch (joining) {
            case Joining.Averages averages -> averages;
            case Joining.Boxes boxes ->
                (Joining.Boxes) found -> guard.notNull("join(boxes)", "boxes, or none", () -> boxes.join(found));
            case Joining.Rows rows -> new GuardedRows(guard, rows);
        };
    }

    /** Numbers of rows that are as many as the task says. */
    private record GuardedRows(Guard guard, Joining.Rows rows) implements Joining.Rows {
        @Override
        public int width() {
            return guard.call("width()", rows::width);
        }

        @Override
        public List<Integer> vectors() {
            return guard.notNull("vectors()", "columns, or none", rows::vectors);
        }

        @Override
        public float[] values(Backbone backbone, Batch batch) {
            String method = "values(backbone, batch)";
            float[] values = guard.notNull(method, "numbers for every row", () -> rows.values(backbone, batch));
            if (values.length != batch.points().rows() * width()) {
                throw guard.breach(
                        method,
                        "gave " + values.length + " numbers for "
                                + batch.points().rows() + " rows",
                        width() + " for each row");
            }
            return values;
        }

        @Override
        public ScenePrediction predict(Scene scene, SampledPoints points, float[] values) {
            return guard.notNull("predict(scene)", "a prediction", () -> rows.predict(scene, points, values));
        }
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
        Counts counts = new Counts(
                scene,
                sample.views().getFirst().inverse().length,
                sample.views().getFirst().size());
        prediction.predictions().forEach(part -> check(method, part, counts));
    }

    private record Counts(String scene, int points, int rows) {}

    private void check(String method, Prediction prediction, Counts counts) {
        switch (prediction) {
            case Prediction.PointLabels labels -> {
                expect(
                        labels.classes().length == counts.points(),
                        method,
                        "gave " + labels.classes().length + " labels and " + labels.confidence().length
                                + " confidences for " + counts.scene(),
                        "one of each for every original point, " + counts.points() + " in all");
                expect(
                        labels.scores().length % Math.max(1, counts.rows()) == 0,
                        method,
                        "gave " + labels.scores().length + " scores for the " + counts.rows() + " rows of "
                                + counts.scene(),
                        "as many for every row");
            }
            case Prediction.PointValues values ->
                expect(
                        values.values().length == counts.points() * values.width()
                                && values.sampled().length == counts.rows() * values.width(),
                        method,
                        "gave " + values.values().length + " and " + values.sampled().length + " values '"
                                + values.name() + "' for " + counts.scene(),
                        values.width() + " for each of its " + counts.points() + " points and " + counts.rows()
                                + " rows");
            case Prediction.Instances instances ->
                instances.found().forEach(instance -> {
                    expectBelow(method, instance.points(), counts.points(), "point", counts);
                    expectBelow(method, instance.rows(), counts.rows(), "row", counts);
                });
            case Prediction.Boxes boxes -> {}
            case Prediction.SceneValues values -> {}
        }
    }

    private void expectBelow(String method, int[] members, int count, String what, Counts counts) {
        for (int member : members) {
            expect(
                    member >= 0 && member < count,
                    method,
                    "gave an object of " + counts.scene() + " the " + what + " " + member,
                    "0 to " + (count - 1));
        }
    }

    private void expect(boolean holds, String method, String found, String expected) {
        if (!holds) {
            throw guard.breach(method, found, expected);
        }
    }
}
