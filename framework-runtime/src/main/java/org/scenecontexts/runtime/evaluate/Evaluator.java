package org.scenecontexts.runtime.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.metrics.Benchmark;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.select.PointFeatures;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.runtime.blocks.SceneSweep;
import org.scenecontexts.runtime.load.BatchLoader;
import org.scenecontexts.runtime.load.BatchMaker;
import org.scenecontexts.runtime.load.InputPresence;
import org.scenecontexts.runtime.load.RequiredParts;
import org.scenecontexts.runtime.load.RunningAverages;
import org.scenecontexts.runtime.load.ScenePipeline;
import org.scenecontexts.runtime.log.Progress;
import org.scenecontexts.runtime.pipeline.Tasks;
import org.scenecontexts.runtime.run.Chance;
import org.scenecontexts.runtime.run.Model;
import org.scenecontexts.runtime.run.RunContext;

/**
 * Runs a model over every scene of a data set, in order, and hands scene and prediction to whoever wants them.
 *
 * <p>Measuring leaves no trace in the model: mode and random numbers are afterwards what they were before.
 *
 * @since 0.1
 */
public final class Evaluator {

    private final Model model;
    private final RunContext context;
    private final Tasks.Facts facts;
    private final SceneSweep.Parts parts;

    /** Takes what comes out of the network. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes one scene.
         *
         * @param number of the scene in its data set
         * @param scene as the data set gave it
         * @param points what the network saw of it
         * @param prediction what the network said
         * @param features what the backbone gives for each sampled row, {@code [M, C]}, computed when it is asked for; only
         *     before this method returns
         */
        void take(
                int number,
                Scene scene,
                SampledPoints points,
                ScenePrediction prediction,
                Supplier<PointFeatures> features);
    }

    /** A benchmark under the name that tells its figures from another's. */
    public record Named(String name, Benchmark benchmark) {}

    /**
     * @param model what to run; stays open
     * @param context where warnings and the chance of samples come from
     */
    public Evaluator(Model model, RunContext context) {
        this(model, context, SceneSweep.Parts.WHOLE);
    }

    /**
     * Looks at scenes in parts or several times; the loss is then not measured, and features are not handed out.
     *
     * @param model what to run; stays open
     * @param context where warnings and the chance of samples come from
     * @param parts how scenes are looked at
     */
    public Evaluator(Model model, RunContext context, SceneSweep.Parts parts) {
        this.model = model;
        this.context = context;
        this.facts = model.spec().facts();
        this.parts = parts;
    }

    /**
     * Measures. Without a benchmark, loss and figures of the task itself: the way to measure a task that makes no
     * predictions.
     *
     * @param batch scenes per forward pass
     * @param workers threads that prepare samples
     */
    public Evaluation measure(
            Dataset data,
            List<Transform> transforms,
            List<Named> benchmarks,
            int batch,
            int workers,
            Progress progress) {
        checkClasses(data);
        long started = System.nanoTime();
        RunningAverages averages = new RunningAverages();
        long[] points = {0};
        Passes passes = new Passes(data, transforms, batch, workers, progress);
        // What was predicted before does not belong to this measurement.
        model.task().diagnosis();
        if (benchmarks.isEmpty()) {
            points[0] = lossOnly(passes, averages);
        } else {
            run(
                    passes,
                    InputPresence.Use.MEASURING,
                    (backbone, samples) -> loss(backbone, samples, averages, false),
                    (number, scene, sampled, prediction, features) -> {
                        points[0] += scene.size();
                        benchmarks.forEach(named -> named.benchmark().add(scene, sampled, prediction));
                    });
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        List<Report.Table> tables = new ArrayList<>();
        for (Named named : benchmarks) {
            Report report = named.benchmark().report();
            report.figures()
                    .forEach((name, value) ->
                            figures.put(figures.containsKey(name) ? named.name() + "." + name : name, value));
            tables.addAll(report.tables());
        }
        averages.means().forEach(figures::putIfAbsent);
        return new Evaluation(
                figures, tables, model.task().diagnosis(), data.size(), points[0], (System.nanoTime() - started) / 1e9);
    }

    private void checkClasses(Dataset data) {
        List<String> found = data.classes().names();
        List<String> expected = model.classes().names();
        if (!found.isEmpty() && !expected.isEmpty() && !found.equals(expected)) {
            throw new CloudException("the data set has the classes " + found + ", but the model was trained on "
                    + expected + "; give the data set the same classes in the same order");
        }
    }

    /** Runs the model over all scenes without measuring anything. */
    public void predict(
            Dataset data, List<Transform> transforms, int batch, int workers, Progress progress, Sink sink) {
        Passes passes = new Passes(data, transforms, batch, workers, progress);
        run(passes, InputPresence.Use.PREDICTING, (backbone, samples) -> {}, sink);
    }

    /** How the scenes come. */
    private record Passes(Dataset data, List<Transform> transforms, int batch, int workers, Progress progress) {}

    /** What is done with a batch. */
    private interface Step {
        void take(RememberingBackbone backbone, Batch batch);
    }

    private long lossOnly(Passes passes, RunningAverages averages) {
        long[] points = {0};
        int[] number = {0};
        each(passes, InputPresence.Use.MEASURING, (backbone, batch) -> {
            loss(backbone, batch, averages, true);
            batch.samples().forEach(sample -> sample.example().views().forEach(view -> points[0] += view.size()));
            number[0] += batch.samples().size();
            passes.progress().at(number[0], "");
        });
        return points[0];
    }

    private void run(Passes passes, InputPresence.Use use, Step before, Sink sink) {
        if (!parts.isWhole()) {
            sweep(passes, use, sink);
            return;
        }
        int[] number = {0};
        each(passes, use, (backbone, batch) -> {
            before.take(backbone, batch);
            List<ScenePrediction> predictions = model.task().predict(backbone, batch);
            for (int i = 0; i < predictions.size(); i++) {
                Scene scene = batch.samples().get(i).example().scene();
                SampledPoints points = batch.samples().get(i).views().getFirst();
                checkParts(scene, predictions.get(i));
                if (!isAboutSpace(predictions.get(i))) {
                    checkCount(scene, points);
                }
                int item = i;
                sink.take(number[0]++, scene, points, predictions.get(i), () -> {
                    checkCount(scene, points);
                    return rows(backbone, batch, item);
                });
            }
            passes.progress().at(number[0], "");
        });
    }

    /** Scene by scene, each put together from its parts. */
    private void sweep(Passes passes, InputPresence.Use use, Sink sink) {
        SceneSweep sweep = new SceneSweep(model, pipeline(passes, use), parts, context::endIfStopping);
        Chance chance = context.chance("evaluation").at("samples");
        withoutTrace(() -> {
            for (int number = 0; number < passes.data().size(); number++) {
                Scene scene = passes.data().load(number).scene();
                SceneSweep.Joined joined = sweep.run(scene, chance.at(number));
                checkParts(scene, joined.prediction());
                sink.take(number, scene, joined.points(), joined.prediction(), () -> {
                    throw new UnsupportedOperationException(
                            "features are not put together from parts; leave 'blocks' and 'tta' out to get them");
                });
                passes.progress().at(number + 1L, "");
            }
        });
    }

    private ScenePipeline pipeline(Passes passes, InputPresence.Use use) {
        InputPresence inputs = new InputPresence(passes.data(), model.inputs(), use, context.warnings());
        return new ScenePipeline(
                passes.transforms(), model.sampler(), inputs, Optional.of(passes.data()), context.warnings());
    }

    /** In evaluation mode, not recording; mode and chance are afterwards what they were. */
    private void withoutTrace(Runnable work) {
        boolean training = model.network().training();
        Map<String, String> chances = new LinkedHashMap<>();
        model.chances().forEach((name, random) -> chances.put(name, random.save()));
        model.network().training(false);
        try (var scope = model.engine().noGrad()) {
            work.run();
        } finally {
            model.network().training(training);
            chances.forEach((name, state) -> model.chances().get(name).restore(state));
        }
    }

    private void each(Passes passes, InputPresence.Use use, Step step) {
        ScenePipeline pipeline = pipeline(passes, use);
        BatchMaker maker = BatchMaker.inOrder(
                        passes.data(),
                        model.task(),
                        pipeline,
                        model.inputs(),
                        passes.batch(),
                        context.chance("evaluation"))
                .preparedBy(model.backbone());
        RememberingBackbone backbone = new RememberingBackbone(model.backbone());
        withoutTrace(() -> {
            try (BatchLoader loader = new BatchLoader(maker, 0, maker.batches(), passes.workers())) {
                while (loader.hasNext()) {
                    context.endIfStopping();
                    try (Batch batch = loader.next()) {
                        step.take(backbone, batch);
                        backbone.forget();
                    }
                }
            } finally {
                backbone.forget();
            }
        });
    }

    private static PointFeatures rows(RememberingBackbone backbone, Batch batch, int item) {
        Tensor all = backbone.features(batch.points());
        int channels = all.columns();
        int from = batch.points().offsets()[item];
        int to = batch.points().offsets()[item + 1];
        float[] rows = Arrays.copyOfRange(all.toArray(), from * channels, to * channels);
        all.release();
        return new PointFeatures(rows, channels);
    }

    private void loss(RememberingBackbone backbone, Batch batch, RunningAverages averages, boolean figures) {
        if (RequiredParts.lacking(batch, facts.needs()).isPresent()) {
            return;
        }
        try {
            LossResult result = model.task().loss(backbone, batch);
            double total = result.total().item();
            if (result.weight() > 0 && !Double.isFinite(total)) {
                lost(batch, total, averages, figures);
            } else {
                averages.add("loss", total, result.weight());
            }
            result.figures().forEach((name, figure) -> {
                if (figures) {
                    averages.add(name, figure.item(), result.weight());
                }
                figure.release();
            });
            result.total().release();
        } catch (UnsupportedOperationException e) {
            context.warn("this task has no loss to measure: " + e.getMessage());
        }
    }

    /** A mean over the scenes whose loss is a number would look like that of all. */
    private void lost(Batch batch, double total, RunningAverages averages, boolean alone) {
        String scenes = batch.samples().stream()
                .map(sample -> "'" + sample.example().id() + "'")
                .collect(Collectors.joining(", "));
        String said = "scene " + scenes + ": the loss is " + total + " where a finite number is expected, so that the"
                + " loss over all scenes means nothing; look whether the loss of its training stayed finite, and take"
                + " an earlier checkpoint or other weights";
        if (alone) {
            throw new IllegalStateException(said);
        }
        if (averages.spoil("loss")) {
            context.warn(said);
        }
    }

    /** A benchmark was accepted for what the task said that it gives. */
    private void checkParts(Scene scene, ScenePrediction prediction) {
        if (!prediction.parts().equals(facts.gives())) {
            throw new CloudException("scene '" + scene.id() + "': the task '" + facts.task() + "' said that it gives "
                    + facts.gives() + ", but gave " + prediction.parts()
                    + "; this is a defect of its plugin: gives(config) and predict(...) must agree");
        }
    }

    /** Boxes stand in the scene, whichever of its points they were found by. */
    private static boolean isAboutSpace(ScenePrediction prediction) {
        return prediction.parts().equals(Set.of(Prediction.Part.BOXES));
    }

    private static void checkCount(Scene scene, SampledPoints points) {
        if (points.inverse().length != scene.size()) {
            throw new CloudException("scene '" + scene.id() + "' has " + scene.size()
                    + " points, but after the transforms "
                    + points.inverse().length + "; predictions are given at every original point: leave out transforms"
                    + " that add, drop or crop points");
        }
    }
}
