package org.scenecontexts.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scenecontexts.runtime.config.RecordModel;
import org.scenecontexts.runtime.config.Registered;
import org.scenecontexts.runtime.pipeline.PipelineKey;
import org.scenecontexts.runtime.pipeline.StageKind;
import org.scenecontexts.runtime.plugin.ExtensionPoints;

/**
 * Writes one Markdown page per extension point and per kind of stage from what plugins and records say of themselves, so that
 * the manual cannot lie.
 */
final class ReferencePages {

    private static final String ORIGIN = "<!-- Written by csc plugins docs FOLDER; changes by hand are lost. -->\n";

    private ReferencePages() {}

    /**
     * The pages of everything that is offered.
     *
     * @return text by file name, stages before extension points; {@code README.md} first
     */
    static Map<String, String> of(List<Registered> offers) {
        Map<String, String> pages = new LinkedHashMap<>();
        StringBuilder index = new StringBuilder(ORIGIN)
                .append("# Reference\n\nGenerated from the code.\n\n## The keys of a pipeline\n\n")
                .append("| page | what |\n|---|---|\n");
        pages.put("README.md", "");
        stages(pages, index);
        index.append("\n## What can be named under `type:`\n\n| page | names |\n|---|---|\n");
        for (Class<?> point : ExtensionPoints.FACTORIES) {
            List<Registered> here = offers.stream()
                    .filter(offer -> point.isInstance(offer.factory()))
                    .sorted(Comparator.comparing(Registered::name))
                    .toList();
            if (here.isEmpty()) {
                continue;
            }
            String noun = ExtensionPoints.noun(here.getFirst().factory());
            String file = noun.replace(' ', '-') + ".md";
            pages.put(file, page(point, noun, here));
            index.append("| [").append(noun).append("](").append(file).append(") | ");
            index.append(String.join(
                    ", ", here.stream().map(offer -> "`" + offer.name() + "`").toList()));
            index.append(" |\n");
        }
        index.append("\n## For authors of networks\n\n[Operators and layers](operators-and-layers.md)\n");
        pages.put("operators-and-layers.md", ORIGIN + OperatorPage.text());
        pages.put("README.md", index.toString());
        return pages;
    }

    private static void stages(Map<String, String> pages, StringBuilder index) {
        pages.put("pipeline.md", pipeline());
        index.append("| [pipeline](pipeline.md) | what stands beside the stages, and in every stage |\n");
        for (StageKind kind : StageKind.values()) {
            String file = "stage-" + kind.key() + ".md";
            StringBuilder out = new StringBuilder(ORIGIN)
                    .append("# Stage `")
                    .append(kind.key())
                    .append("`\n\n")
                    .append(kind.summary())
                    .append(" Keys that hold a plugin (`data`, `backbone`, ...) take a name or a map with `type:`;")
                    .append(" what there is stands on [the pages of the extension points](README.md).\n");
            RecordModel model = RecordModel.of(kind.type().asSubclass(Record.class));
            table(KeyRow.of(model), out);
            if (!model.exactlyOne().isEmpty()) {
                out.append("\nExactly one of `")
                        .append(String.join("`, `", model.exactlyOne()))
                        .append("`.\n");
            }
            pages.put(file, out.toString());
            index.append("| [").append(kind.key()).append("](").append(file).append(") | ");
            index.append(cell(kind.summary())).append(" |\n");
        }
    }

    private static String pipeline() {
        StringBuilder out = new StringBuilder(ORIGIN).append("# Pipeline\n");
        rows(PipelineKey.all(false), out);
        out.append("\n## Every stage\n\nA stage has these keys and one of `");
        out.append(String.join(
                "`, `", Arrays.stream(StageKind.values()).map(StageKind::key).toList()));
        out.append("`, which holds the keys of its kind.\n");
        rows(PipelineKey.all(true), out);
        return out.toString();
    }

    private static void rows(List<PipelineKey> keys, StringBuilder out) {
        out.append("\n| key | value | default | what |\n|---|---|---|---|\n");
        for (PipelineKey key : keys) {
            out.append("| `")
                    .append(key.key())
                    .append("` | ")
                    .append(key.type())
                    .append(" | ");
            out.append(key.standard()).append(" | ").append(cell(key.doc())).append(" |\n");
        }
    }

    private static String page(Class<?> point, String noun, List<Registered> offers) {
        StringBuilder out = new StringBuilder(ORIGIN);
        out.append("# ").append(noun.substring(0, 1).toUpperCase(Locale.ROOT)).append(noun.substring(1));
        out.append("\n\nExtension point `").append(point.getName()).append("`.\n");
        Map<List<KeyRow>, List<Registered>> byKeys = new LinkedHashMap<>();
        offers.forEach(offer -> byKeys.computeIfAbsent(
                        KeyRow.of(RecordModel.of(offer.factory().configType())), rows -> new ArrayList<>())
                .add(offer));
        byKeys.forEach((rows, same) -> {
            out.append("\n## ")
                    .append(String.join(
                            ", ", same.stream().map(Registered::name).toList()));
            out.append("\n\n");
            for (Registered offer : same) {
                out.append("- `")
                        .append(offer.name())
                        .append("` (")
                        .append(offer.plugin())
                        .append("): ");
                out.append(cell(offer.factory().summary())).append('\n');
            }
            table(rows, out);
        });
        return out.toString();
    }

    private static void table(List<KeyRow> rows, StringBuilder out) {
        if (rows.isEmpty()) {
            out.append("\nNo keys.\n");
            return;
        }
        out.append("\n| key | value | default | what |\n|---|---|---|---|\n");
        for (KeyRow row : rows) {
            String standard =
                    row.standard().startsWith("= ") ? "`" + cell(row.standard().substring(2)) + "`" : row.standard();
            out.append("| `")
                    .append(row.key())
                    .append("` | ")
                    .append(cell(row.type()))
                    .append(" | ");
            out.append(standard).append(" | ").append(cell(row.doc())).append(" |\n");
        }
    }

    /** Text that does not end a cell of a table. */
    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
