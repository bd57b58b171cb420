package org.scenecontexts.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The YAML of the manual as whole pipelines: a block that shows a part gets a frame around it, in which everything that the
 * part leaves out has a default.
 *
 * <p>A line {@code ...} stands for what is left out. A block behind a line {@code <!-- unchecked: reason -->} is left alone.
 */
public final class ManualPipelines {

    private static final Pattern UNCHECKED = Pattern.compile("<!-- unchecked: .+ -->");

    /** Keys that a train stage knows and a part may leave out. */
    private static final String DEFAULTS = """
            defaults:
              data: { type: synthetic-rooms, scenes: 2 }
              backbone: { type: res16unet14a, width: 0.25, voxel-size: 0.05 }
              task: semantic-segmentation
            """;

    private static final String PRETRAIN = """
              - id: pretrain
                train:
                  data: { type: synthetic-pairs, scenes: 2 }
                  task: contrastive
                  iterations: 1
            """;

    /**
     * A pipeline to validate.
     *
     * @param fileName tells page and line
     */
    public record Whole(String fileName, String text) {}

    private ManualPipelines() {}

    /** All blocks of all pages. */
    public static List<Whole> all() {
        List<Whole> pipelines = new ArrayList<>();
        for (ProjectText page : ProjectText.all(".md")) {
            for (CodeBlock block : CodeBlock.of(page)) {
                if (block.language().equals("yaml")
                        && !UNCHECKED.matcher(block.before()).matches()) {
                    pipelines.add(whole(block));
                }
            }
        }
        return pipelines;
    }

    private static Whole whole(CodeBlock block) {
        String name = block.file().replaceAll("[^A-Za-z0-9]+", "-") + "-line-" + block.line() + ".yaml";
        String part = block.text().replaceAll("(?m)^ *\\.\\.\\.\\n", "");
        if (part.contains("\nstages:")) {
            return new Whole(name, part);
        }
        String before = part.contains("${pretrain}") && !part.contains("id: pretrain") ? PRETRAIN : "";
        if (part.startsWith("- id:")) {
            return new Whole(name, DEFAULTS + "stages:\n" + before + indented(part, 2) + iterations(part));
        }
        String stage = "  - id: net\n    train:\n" + indented(part, 6) + iterationsOf(part, 6);
        return new Whole(name, DEFAULTS + "stages:\n" + before + stage);
    }

    /** The last stage of the part, if it trains, says how long. */
    private static String iterations(String part) {
        String last = part.substring(part.lastIndexOf("- id:"));
        return last.contains("train:") ? iterationsOf(last, 6) : "";
    }

    private static String iterationsOf(String stage, int indentation) {
        boolean said = stage.contains("iterations:") || stage.contains("epochs:");
        return said ? "" : " ".repeat(indentation) + "iterations: 1\n";
    }

    private static String indented(String text, int by) {
        return text.indent(by);
    }
}
