package org.scenecontexts.runtime.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.select.PointFeatures;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.cloud.BoxWires;
import org.scenecontexts.io.cloud.CloudAttributes;
import org.scenecontexts.io.cloud.CloudScene;
import org.scenecontexts.io.cloud.CloudScenes;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.Paint;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.runtime.blocks.SceneSweep;
import org.scenecontexts.runtime.evaluate.Evaluator;
import org.scenecontexts.runtime.frame.FrameCheck;
import org.scenecontexts.runtime.frame.TrainingFrame;
import org.scenecontexts.runtime.log.Progress;
import org.scenecontexts.runtime.pipeline.Blocks;
import org.scenecontexts.runtime.pipeline.PipelineExecutor;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.Colours;
import org.scenecontexts.runtime.pipeline.Tta;
import org.scenecontexts.runtime.run.Model;
import org.scenecontexts.runtime.run.RunContext;

/**
 * Applies a model to point clouds as they come from a file: every point stays, in its order and with its other fields, and
 * gets a field for each number that is predicted for it, such as {@value #LABEL} and {@value #CONFIDENCE}.
 *
 * @since 0.1
 */
public final class Predictor {

    /** Field for the class: 0 to K-1, or {@link Labels#IGNORE} (-1) where the position is not a finite number. */
    public static final String LABEL = "label";

    /** Field for the confidence, 0 to 1; 0 where there is no label. */
    public static final String CONFIDENCE = "confidence";

    /** Least confidence of a box that is written unless another is asked for. */
    public static final double SURE = 0.3;

    private static final String BEFORE = "_input";

    private final Model model;
    private final Optional<TrainingFrame> trained;
    private final RunContext context;
    private final double confidence;

    /**
     * A cloud with what was predicted about it.
     *
     * @param cloud the cloud with a field for everything that is predicted about points
     * @param scores raw scores of each point, {@code [N, K]}, where points get classes and scores were asked for; not-a-number
     *     where there is no label
     * @param features features of the backbone at each point, {@code [N, C]}, when they were asked for; not-a-number where
     *     there is no label
     * @param labels class of each point, {@code [N]}, where points get classes
     * @param document objects, boxes and values of the scene, for JSON, where there are any
     * @param wires the boxes that are sure enough, in the unit and axes of the cloud; empty where no boxes are predicted
     */
    public record Labelled(
            PointCloud cloud,
            Optional<NpArray> scores,
            Optional<NpArray> features,
            Optional<int[]> labels,
            Optional<Map<String, Object>> document,
            Optional<List<BoxWires.Wire>> wires) {}

    /**
     * What is wanted besides labels.
     *
     * @param colours which colours the cloud gets
     * @param scores whether raw scores of every point are kept
     * @param features whether the backbone's features are kept
     * @param blocks how the cloud is cut; in one piece when empty
     * @param tta how often it is seen; once when empty
     */
    public record Wanted(
            Colours colours, boolean scores, boolean features, Optional<Blocks> blocks, Optional<Tta> tta) {

        /** @throws CloudException when features are wanted of parts */
        public Wanted {
            if (features && (blocks.isPresent() || tta.isPresent())) {
                throw new CloudException("features are those of whole clouds seen once; leave out --features, or"
                        + " --blocks and --tta");
            }
        }
    }

    private record Output(
            Scene scene, SampledPoints points, ScenePrediction prediction, Optional<PointFeatures> features) {}

    /**
     * @param model stays open
     * @param trained the frame that the model was trained in, where it is known
     */
    public Predictor(Model model, Optional<TrainingFrame> trained, RunContext context) {
        this(model, trained, context, SURE);
    }

    /**
     * @param model stays open
     * @param trained the frame that the model was trained in, where it is known
     * @param confidence least of a box that is written
     */
    public Predictor(Model model, Optional<TrainingFrame> trained, RunContext context, double confidence) {
        this.confidence = confidence;
        this.model = model;
        this.trained = trained;
        this.context = context;
    }

    /**
     * Predicts everything that the model's task gives.
     *
     * @param frame unit and orientation of the cloud; what does not fit those of training is said
     * @param wanted what else is wanted
     * @throws CloudException when the cloud has no usable point
     */
    public Labelled predict(PointCloud cloud, PipelineExecutor.Frame frame, Wanted wanted) {
        CloudScene converted = CloudScenes.convert(cloud, cloud.source(), frame.scale());
        converted.warnings().forEach(context::warn);
        compare(converted.scene(), frame, wanted.blocks());
        Scene scene = withInputs(converted, cloud);
        Output output = run(frame.up().turned(scene), wanted);
        ScenePrediction prediction = output.prediction();
        int[] pointOf = new int[cloud.size()];
        Arrays.fill(pointOf, -1);
        for (int i = 0; i < converted.kept().length; i++) {
            pointOf[converted.kept()[i]] = i;
        }
        PredictionFields fields = new PredictionFields(pointOf);
        List<Column> found = fields.columns(prediction);
        PointCloud told = freed(cloud, found.stream().map(Column::name).toArray(String[]::new));
        for (Column column : found) {
            told = told.with(column);
        }
        Optional<int[]> labels = prediction
                .find(Prediction.Part.LABELS)
                .map(part -> fields.at(prediction.labels().classes(), Labels.IGNORE));
        if (labels.isPresent()) {
            told = ClassColumns.commented(told, model.classes());
        }
        if (wanted.colours() != Colours.OWN) {
            told = coloured(told, wanted.colours(), fields, prediction, labels);
        }
        return new Labelled(
                told,
                labels.filter(classes -> wanted.scores())
                        .map(classes -> PointScores.at(
                                pointOf, output.points(), prediction.labels().scores())),
                output.features().map(rows -> PointScores.at(pointOf, output.points(), rows.values())),
                labels,
                PredictionDocument.of(output.scene(), model.classes(), prediction, confidence),
                prediction.find(Prediction.Part.BOXES).map(part -> wires(output.scene(), prediction, frame)));
    }

    /** The boxes that are sure enough, over the cloud as its file has it. */
    private List<BoxWires.Wire> wires(Scene scene, ScenePrediction prediction, PipelineExecutor.Frame frame) {
        List<ScenePrediction.ScoredBox> found = prediction.boxes();
        List<ScenePrediction.ScoredBox> sure =
                found.stream().filter(box -> box.score() >= confidence).toList();
        if (sure.isEmpty()) {
            context.warn("'" + scene.id() + "': no box is as sure as " + confidence
                    + found.stream()
                            .max(Comparator.comparingDouble(ScenePrediction.ScoredBox::score))
                            .map(box -> " (the surest has " + Math.round(1000 * box.score()) / 1000.0 + ")")
                            .orElse("")
                    + "; lower --confidence, or check the unit and the axis that points upwards (--scale, --up)");
        }
        return sure.stream()
                .map(box -> BoxWires.of(box.box(), scene.origin()))
                .map(wire -> new BoxWires.Wire(
                        Stream.of(wire.corners())
                                .map(corner -> frame.up()
                                        .back(DoubleStream.of(corner)
                                                .map(value -> value / frame.scale())
                                                .toArray()))
                                .toArray(double[][]::new),
                        wire.label()))
                .toList();
    }

    private PointCloud coloured(
            PointCloud cloud,
            Colours wanted,
            PredictionFields fields,
            ScenePrediction prediction,
            Optional<int[]> labels) {
        Optional<int[]> colours = wanted == Colours.CLASSES
                ? labels.map(classes -> ClassColumns.palette(classes, model.classes()))
                : prediction
                        .find(Prediction.Part.INSTANCES)
                        .map(part -> Paint.objects(fields.objects((Prediction.Instances) part)));
        if (colours.isEmpty()) {
            context.warn("the model's task gives its points no " + wanted + ", so the cloud keeps its own colours");
        }
        return colours.map(found -> ClassColumns.coloured(cloud, found)).orElse(cloud);
    }

    /** The scene with the attributes that the model takes, from fields of their names. */
    private Scene withInputs(CloudScene converted, PointCloud cloud) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (InputFeature input : model.inputs()) {
            if (input instanceof InputFeature.OfPoints attribute) {
                fields.put(
                        attribute.name(),
                        CloudAttributes.named(cloud, attribute.name(), attribute.channels())
                                .orElseThrow(() -> new CloudException(cloud.source() + ": the model is told '"
                                        + attribute.name() + "' (" + attribute.channels()
                                        + " per point), but the cloud has no such field; it has " + cloud.names()
                                        + ": rename the field that holds it")));
            }
        }
        return CloudAttributes.with(converted.scene(), cloud, converted.kept(), fields);
    }

    private void compare(Scene scene, PipelineExecutor.Frame frame, Optional<Blocks> blocks) {
        if (trained.isPresent()) {
            FrameCheck check = new FrameCheck(trained.get(), FrameCheck.Advice.OPTIONS, context::warn);
            blocks.map(cut -> check.ofBlocks(cut.size())).orElse(check).check(scene, frame.scale(), frame.up());
        } else if (!scene.hasColours() && model.inputs().stream().anyMatch(InputFeature::isColour)) {
            context.warn("'" + scene.id() + "' has no colours, but the model takes them; its labels will be poor");
        }
    }

    private Output run(Scene scene, Wanted wanted) {
        List<Output> outputs = new ArrayList<>();
        new Evaluator(model, context, new SceneSweep.Parts(wanted.blocks(), wanted.tta(), wanted.scores()))
                .predict(
                        only(scene),
                        List.of(),
                        1,
                        1,
                        Progress.none(),
                        (number, original, points, prediction, rows) -> outputs.add(new Output(
                                original,
                                points,
                                prediction,
                                wanted.features() ? Optional.of(rows.get()) : Optional.empty())));
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
