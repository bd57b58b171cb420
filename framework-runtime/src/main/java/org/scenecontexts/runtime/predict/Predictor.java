package org.scenecontexts.runtime.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.select.PointFeatures;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.cloud.CloudScene;
import org.scenecontexts.io.cloud.CloudScenes;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.runtime.evaluate.Evaluator;
import org.scenecontexts.runtime.frame.FrameCheck;
import org.scenecontexts.runtime.frame.TrainingFrame;
import org.scenecontexts.runtime.log.Progress;
import org.scenecontexts.runtime.pipeline.PipelineExecutor;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.Colours;
import org.scenecontexts.runtime.run.Model;
import org.scenecontexts.runtime.run.RunContext;

/**
 * Labels point clouds as they come from a file: every point stays, in its order and with its other fields, and gets the
 * fields {@value #LABEL} and {@value #CONFIDENCE}.
 *
 * @since 0.1
 */
public final class Predictor {

    /** Field for the class: 0 to K-1, or {@link Labels#IGNORE} (-1) where the position is not a finite number. */
    public static final String LABEL = "label";

    /** Field for the confidence, 0 to 1; 0 where there is no label. */
    public static final String CONFIDENCE = "confidence";

    private static final String BEFORE = "_input";

    private final Model model;
    private final Optional<TrainingFrame> trained;
    private final RunContext context;

    /**
     * A labelled cloud.
     *
     * @param cloud the cloud with the two fields added
     * @param scores raw scores of each point, {@code [N, K]}; not-a-number where there is no label
     * @param features features of the backbone at each point, {@code [N, C]}, when they were asked for; not-a-number where
     *     there is no label
     * @param labels class of each point, {@code [N]}
     */
    public record Labelled(PointCloud cloud, NpArray scores, Optional<NpArray> features, int[] labels) {}

    /**
     * What is wanted besides labels.
     *
     * @param colours which colours the cloud gets
     * @param features whether the backbone's features are kept
     */
    public record Wanted(Colours colours, boolean features) {}

    private record Output(SampledPoints points, ScenePrediction prediction, Optional<PointFeatures> features) {}

    /**
     * @param model stays open
     * @param trained the frame that the model was trained in, where it is known
     */
    public Predictor(Model model, Optional<TrainingFrame> trained, RunContext context) {
        this.model = model;
        this.trained = trained;
        this.context = context;
    }

    /**
     * Labels a cloud.
     *
     * @param frame unit and orientation of the cloud; what does not fit those of training is said
     * @param wanted what else is wanted
     * @throws CloudException when the cloud has no usable point, or the model gives no labels
     */
    public Labelled predict(PointCloud cloud, PipelineExecutor.Frame frame, Wanted wanted) {
        CloudScene converted = CloudScenes.convert(cloud, cloud.source(), frame.scale());
        converted.warnings().forEach(context::warn);
        compare(converted.scene(), frame);
        Output output = run(frame.up().turned(converted.scene()), wanted.features());
        ScenePrediction prediction = output.prediction();
        if (prediction.labels().length != converted.scene().size()) {
            throw new CloudException("the model's task gives no label per point (" + prediction.labels().length
                    + " labels for " + converted.scene().size() + " points); use a model that was trained to segment");
        }
        int[] labels = new int[cloud.size()];
        float[] confidence = new float[cloud.size()];
        int[] pointOf = new int[cloud.size()];
        Arrays.fill(labels, Labels.IGNORE);
        Arrays.fill(pointOf, -1);
        for (int i = 0; i < converted.kept().length; i++) {
            int row = converted.kept()[i];
            labels[row] = prediction.labels()[i];
            confidence[row] = prediction.confidence()[i];
            pointOf[row] = i;
        }
        PointCloud labelled =
                freed(cloud, LABEL, CONFIDENCE).with(Column.of(LABEL, labels)).with(Column.of(CONFIDENCE, confidence));
        PointCloud coloured = wanted.colours() == Colours.CLASSES
                ? ClassColumns.coloured(labelled, labels, model.classes())
                : labelled;
        return new Labelled(
                ClassColumns.commented(coloured, model.classes()),
                PointScores.at(pointOf, output.points(), prediction.scores()),
                output.features().map(rows -> PointScores.at(pointOf, output.points(), rows.values())),
                labels);
    }

    private void compare(Scene scene, PipelineExecutor.Frame frame) {
        if (trained.isPresent()) {
            new FrameCheck(trained.get(), FrameCheck.Advice.OPTIONS, context::warn)
                    .check(scene, frame.scale(), frame.up());
        } else if (!scene.hasColours() && model.inputs().contains(InputFeature.COLOUR)) {
            context.warn("'" + scene.id() + "' has no colours, but the model takes them; its labels will be poor");
        }
    }

    private Output run(Scene scene, boolean features) {
        List<Output> outputs = new ArrayList<>();
        new Evaluator(model, context)
                .predict(
                        only(scene),
                        List.of(),
                        1,
                        1,
                        Progress.none(),
                        (number, original, points, prediction, rows) -> outputs.add(
                                new Output(points, prediction, features ? Optional.of(rows.get()) : Optional.empty())));
        return outputs.getFirst();
    }

    private static Dataset only(Scene scene) {
        return new Dataset() {
            @Override
            public int size() {
                return 1;
            }

            @Override
            public SceneClasses classes() {
                return SceneClasses.none();
            }

            @Override
            public String id(int index) {
                return scene.id();
            }

            @Override
            public Example load(int index) {
                return Example.of(scene);
            }
        };
    }

    /** The cloud with the names free: fields that have them already go on under another name. */
    private PointCloud freed(PointCloud cloud, String... names) {
        List<String> wanted = List.of(names);
        if (cloud.names().stream().noneMatch(wanted::contains)) {
            return cloud;
        }
        List<Column> columns = new ArrayList<>();
        for (Column column : cloud.columns()) {
            String name = column.name();
            while (wanted.contains(name)
                    || (!name.equals(column.name()) && cloud.names().contains(name))) {
                name += BEFORE;
            }
            if (!name.equals(column.name())) {
                context.warn(cloud.source() + ": its own field '" + column.name() + "' is written as '" + name + "'");
            }
            columns.add(new Column(name, column.values()));
        }
        return new PointCloud(cloud.source(), columns, cloud.layout(), cloud.warnings());
    }
}
