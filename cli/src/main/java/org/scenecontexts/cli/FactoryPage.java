package org.scenecontexts.cli;

import java.util.List;
import org.scenecontexts.runtime.config.RecordModel;
import org.scenecontexts.runtime.config.Registered;
import org.scenecontexts.runtime.plugin.ExtensionPoints;

/** Describes one thing that a plugin offers: summary, keys, and YAML to copy. */
final class FactoryPage {

    private FactoryPage() {}

    static String of(Registered offer) {
        StringBuilder out = new StringBuilder();
        String noun = ExtensionPoints.noun(offer.factory());
        out.append(offer.name()).append(" (").append(noun).append(", plugin '").append(offer.plugin());
        out.append("' ")
                .append(offer.version())
                .append(")\n  ")
                .append(offer.factory().summary());
        RecordModel model = RecordModel.of(offer.factory().configType());
        out.append("\n\nKeys:\n").append(keys(model));
        out.append("\nYAML:\n  ")
                .append(noun)
                .append(":\n    type: ")
                .append(offer.name())
                .append('\n');
        snippet(model, "    ", out);
        return out.toString();
    }

    private static String keys(RecordModel model) {
        List<KeyRow> rows = KeyRow.of(model);
        if (rows.isEmpty()) {
            return "  (none)\n";
        }
        int key = rows.stream().mapToInt(row -> row.key().length()).max().orElse(0);
        int type = rows.stream().mapToInt(row -> row.type().length()).max().orElse(0);
        int standard =
                rows.stream().mapToInt(row -> row.standard().length()).max().orElse(0);
        StringBuilder out = new StringBuilder();
        rows.forEach(row -> out.append(("  %-" + key + "s  %-" + type + "s  %-" + standard + "s  %s")
                        .formatted(row.key(), row.type(), row.standard(), row.doc())
                        .stripTrailing())
                .append('\n'));
        return out.toString();
    }

    private static void snippet(RecordModel model, String indent, StringBuilder out) {
        for (RecordModel.Key key : model.keys()) {
            String value = key.defaultText().orElse(key.required() ? "..." : "");
            String line = value.isEmpty() ? "# " + key.name() + ": ..." : key.name() + ": " + value;
            out.append(indent).append(line);
            if (!key.doc().isEmpty()) {
                out.append(" ".repeat(Math.max(1, 28 - line.length())))
                        .append("# ")
                        .append(key.doc());
            }
            out.append('\n');
        }
    }
}
