package org.scenecontexts.cli.scaffold;

import java.util.List;
import java.util.Locale;

/**
 * The parts that a new plugin can begin with, each with an example that works.
 *
 * @since 0.2
 */
public enum PluginKind {
    /** A network. */
    BACKBONE("backbone", "an MLP for every point that also sees the largest features of its scene"),
    /** What a network is trained for. */
    TASK("task", "a class for every point, by a head with a hidden layer"),
    /** Data. */
    DATASET(
            "dataset",
            "a folder of .csv files, one scene each",
            "scenes/train/corner-1.csv",
            "scenes/train/corner-2.csv",
            "scenes/train/corner-3.csv",
            "scenes/val/corner-4.csv"),
    /** A loss of class scores. */
    LOSS("loss", "cross-entropy and Lovasz loss in one sum"),
    /** A measure. */
    BENCHMARK("benchmark", "the share of the points of each class that are found"),
    /** An augmentation. */
    TRANSFORM("transform", "a small move of every point"),
    /** Something that looks at a training. */
    HOOK("training hook", "a line in the log about speed and loss, every few steps");

    private final String noun;
    private final String example;
    private final List<String> files;

    PluginKind(String noun, String example, String... files) {
        this.noun = noun;
        this.example = example;
        this.files = List.of(files);
    }

    /** What listings call it. */
    public String noun() {
        return noun;
    }

    /** What the part does that the project comes with. */
    public String example() {
        return example;
    }

    /** Files beside sources and pipeline. */
    List<String> files() {
        return files;
    }

    /** The folder of its templates. */
    String folder() {
        return toString();
    }

    /** As it is written after {@code --kind}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
