package org.scenecontexts.cli;

import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.runtime.config.RecordModel;
import org.scenecontexts.runtime.config.Registered;
import org.scenecontexts.runtime.config.ValueType;
import org.scenecontexts.runtime.plugin.ExtensionPoints;

/** Describes one thing that a plugin offers: summary, keys, and YAML to copy. */
final class FactoryPage {

    private record Row(String key, String type, String standard, String doc) {}

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
        List<Row> rows = new ArrayList<>();
        collect(model, "", rows);
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

    private static void collect(RecordModel model, String prefix, List<Row> rows) {
        for (RecordModel.Key key : model.keys()) {
            String bounds = key.constraints().describe();
            rows.add(new Row(
                    prefix + key.name(),
                    type(key.type()) + (bounds.isEmpty() ? "" : ", " + bounds),
                    key.required()
                            ? "required"
                            : key.defaultText().map(text -> "= " + text).orElse("optional"),
                    key.doc()));
            group(key.type(), model).ifPresent(inner -> collect(inner, prefix + key.name() + ".", rows));
        }
    }

    private static java.util.Optional<RecordModel> group(ValueType type, RecordModel outer) {
        return switch (type) {
            case ValueType.Group group
            when group.type() != outer.type() -> java.util.Optional.of(RecordModel.of(group.type()));
            case ValueType.Maybe maybe -> group(maybe.value(), outer);
            case ValueType.ListOf list -> group(list.item(), outer);
            default -> java.util.Optional.empty();
        };
    }

    private static String type(ValueType type) {
        return switch (type) {
            case ValueType.Bool bool -> "true or false";
            case ValueType.Whole whole -> "whole number";
            case ValueType.Decimal decimal -> "number";
            case ValueType.Text text -> "text";
            case ValueType.FileName file -> "path";
            case ValueType.OneOf words -> String.join(" | ", words.words());
            case ValueType.Group group -> "map";
            case ValueType.ListOf list -> "list of " + type(list.item());
            case ValueType.MapOf map -> "map of " + type(map.value());
            case ValueType.Maybe maybe -> type(maybe.value());
            case ValueType.Plugin plugin -> plugin.noun();
            case ValueType.Special special -> "model";
        };
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
