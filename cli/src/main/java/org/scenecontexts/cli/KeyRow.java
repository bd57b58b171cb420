package org.scenecontexts.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.runtime.config.RecordModel;
import org.scenecontexts.runtime.config.ValueType;

/**
 * One key of a configuration, in the words that users read in listings and on reference pages.
 *
 * @param key name as written in YAML, with the names of the maps around it: {@code loss.temperature}
 * @param type what values it takes, with their bounds
 * @param standard {@code required}, {@code optional}, or {@code = } and the default
 * @param doc one sentence; may be empty
 */
record KeyRow(String key, String type, String standard, String doc) {

    /** All keys of a configuration, those of nested maps after the key that holds them. */
    static List<KeyRow> of(RecordModel model) {
        List<KeyRow> rows = new ArrayList<>();
        collect(model, "", rows);
        return List.copyOf(rows);
    }

    private static void collect(RecordModel model, String prefix, List<KeyRow> rows) {
        for (RecordModel.Key key : model.keys()) {
            String bounds = key.constraints().describe();
            rows.add(new KeyRow(
                    prefix + key.name(),
                    type(key.type()) + (bounds.isEmpty() ? "" : ", " + bounds),
                    key.required()
                            ? "required"
                            : key.defaultText().map(text -> "= " + text).orElse("optional"),
                    key.doc()));
            group(key.type(), model).ifPresent(inner -> collect(inner, prefix + key.name() + ".", rows));
        }
    }

    private static Optional<RecordModel> group(ValueType type, RecordModel outer) {
        return switch (type) {
            case ValueType.Group group when group.type() != outer.type() -> Optional.of(RecordModel.of(group.type()));
            case ValueType.Maybe maybe -> group(maybe.value(), outer);
            case ValueType.ListOf list -> group(list.item(), outer);
            default -> Optional.empty();
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
            case ValueType.Special special
            when special.type() == InputFeature.class ->
                Stream.of(InputFeature.Core.values()).map(InputFeature::word).collect(Collectors.joining(" | "))
                        + " | attribute";
            case ValueType.Special special -> "model";
        };
    }
}
