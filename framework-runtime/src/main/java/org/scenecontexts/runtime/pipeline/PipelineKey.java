package org.scenecontexts.runtime.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The keys that stand beside the stages, and those that every stage has: one place for validation, schema and manual.
 *
 * @since 0.2
 */
public enum PipelineKey {
    /** Name of the experiment. */
    NAME(false, "text", "the file's name", "Name of the experiment, and of its folder under runs/."),
    /** Seed of the whole pipeline. */
    SEED(false, "whole number", "`1`", "Everything random follows from it; a stage may have its own."),
    /** Keys below those of the stages. */
    DEFAULTS(false, "map", "optional", "Keys that are merged below those of every stage that knows them."),
    /** Values to repeat over. */
    MATRIX(
            false,
            "map of lists or of named values",
            "optional",
            "Axes whose combinations the stages are repeated over that use them, as ${matrix.AXIS};"
                    + " baseline: {AXIS: VALUE} among them adds paired gains (over each of several: [VALUE, ...]),"
                    + " folds: AXIS counts the values of an axis as one evaluation."),
    /** What is done. */
    STAGES(false, "list of maps", "required", "What is done, in order; each has an id and one kind of work."),
    /** Name of a stage. */
    ID(true, "text", "required", "Name of the stage and of its folder; later stages refer to it as ${ID}."),
    /** Seed of a stage. */
    STAGE_SEED(true, "whole number", "the pipeline's", "Seed of this stage alone.");

    private final boolean ofStage;
    private final String type;
    private final String standard;
    private final String doc;

    PipelineKey(boolean ofStage, String type, String standard, String doc) {
        this.ofStage = ofStage;
        this.type = type;
        this.standard = standard;
        this.doc = doc;
    }

    /** The key as written in YAML. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("^stage_", "");
    }

    /** What values it takes. */
    public String type() {
        return type;
    }

    /** {@code required}, {@code optional}, or what counts when it is left out. */
    public String standard() {
        return standard;
    }

    /** One sentence. */
    public String doc() {
        return doc;
    }

    /** The keys that stand beside the stages, or those of a stage beside its work, in order. */
    public static List<PipelineKey> all(boolean ofStage) {
        return Arrays.stream(values()).filter(key -> key.ofStage == ofStage).toList();
    }

    static List<String> names(boolean ofStage) {
        return all(ofStage).stream().map(PipelineKey::key).toList();
    }
}
