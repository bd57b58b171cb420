package org.scenecontexts.runtime.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of stage that a pipeline can have.
 *
 * @since 0.1
 */
public enum StageKind {
    /** Turns raw data into prepared data. */
    PREPARE(PrepareStage.class, "Turns raw data into data that training can read."),
    /** Trains a network; makes a model. */
    TRAIN(TrainStage.class, "Trains a network and keeps its checkpoints."),
    /** Chooses the points that are worth labelling. */
    SELECT(SelectStage.class, "Chooses the points of every scene that are worth labelling."),
    /** Measures the features of a backbone as they are. */
    RETRIEVE(RetrieveStage.class, "Gives points the class of their nearest neighbours in a backbone's features."),
    /** Measures a model. */
    EVALUATE(EvaluateStage.class, "Measures a model on a data set."),
    /** Applies a model. */
    PREDICT(PredictStage.class, "Writes the predictions of a model for every scene of a data set.");

    private final Class<? extends StageConfig> type;
    private final String summary;

    StageKind(Class<? extends StageConfig> type, String summary) {
        this.type = type;
        this.summary = summary;
    }

    /** The key in YAML. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The record whose components are the keys of such a stage. */
    public Class<? extends StageConfig> type() {
        return type;
    }

    /** One sentence for the schema. */
    public String summary() {
        return summary;
    }

    /** Whether other stages can take a model from such a stage. */
    public boolean makesModel() {
        return this == TRAIN;
    }

    /** The kind of a configuration. */
    public static StageKind of(StageConfig config) {
        return switch (config) {
            case PrepareStage prepare -> PREPARE;
            case TrainStage train -> TRAIN;
            case SelectStage select -> SELECT;
            case RetrieveStage retrieve -> RETRIEVE;
            case EvaluateStage evaluate -> EVALUATE;
            case PredictStage predict -> PREDICT;
        };
    }

    static Optional<StageKind> byKey(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(StageKind::key).toList();
    }
}
