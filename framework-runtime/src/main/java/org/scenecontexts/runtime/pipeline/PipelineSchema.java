package org.scenecontexts.runtime.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.runtime.config.Constraints;
import org.scenecontexts.runtime.config.FactoryLookup;
import org.scenecontexts.runtime.config.Names;
import org.scenecontexts.runtime.config.RecordModel;
import org.scenecontexts.runtime.config.Registered;
import org.scenecontexts.runtime.config.ValueType;

/**
 * The JSON schema of pipelines (draft 2020-12), made from the same records that validation uses, so that editors complete
 * and check pipelines with the plugins that are installed.
 *
 * @since 0.1
 */
public final class PipelineSchema {

    /** A number may also be written such as {@code 5%}. */
    private static final Map<String, Object> PERCENTAGE = Map.of("type", "string", "pattern", "^\\d+(\\.\\d+)?\\s*%$");

    /** Every value may also be an expression such as {@code ${env:NAME}}. */
    private static final Map<String, Object> EXPRESSION = Map.of("type", "string", "pattern", "\\$\\{.*\\}");

    private final FactoryLookup plugins;
    private final Map<String, Object> definitions = new TreeMap<>();

    private PipelineSchema(FactoryLookup plugins) {
        this.plugins = plugins;
    }

    /** The schema as maps, lists, texts and numbers. */
    public static Map<String, Object> of(FactoryLookup plugins) {
        return new PipelineSchema(plugins).document();
    }

    private Map<String, Object> document() {
        List<Object> kinds = new ArrayList<>();
        Map<String, Object> defaults = new TreeMap<>();
        Map<String, Object> stage = new LinkedHashMap<>();
        stage.put("id", Map.of("type", "string", "pattern", "^[a-z0-9][a-z0-9_-]*(@[A-Za-z0-9._+=,-]+)?$"));
        stage.put("seed", orExpression(Map.of("type", "integer")));
        for (StageKind kind : StageKind.values()) {
            Class<? extends Record> type = kind.type().asSubclass(Record.class);
            Map<String, Object> keys = new LinkedHashMap<>(group(RecordModel.of(type), Map.of()));
            // Keys that 'defaults' gives need not be repeated in a stage.
            keys.remove("required");
            keys.remove("oneOf");
            keys.put("description", kind.summary());
            stage.put(kind.key(), kind == StageKind.PREPARE ? orShort(keys) : keys);
            kinds.add(Map.of("required", List.of(kind.key())));
            RecordModel.of(type).keys().forEach(key -> defaults.put(key.name(), value(key)));
        }
        describe(stage, true);
        Map<String, Object> stages = object(stage, List.of("id"));
        stages.put("oneOf", kinds);
        Map<String, Object> top = new LinkedHashMap<>();
        top.put("name", Map.of("type", "string"));
        top.put("seed", orExpression(Map.of("type", "integer")));
        top.put("defaults", object(defaults, List.of()));
        top.put("matrix", Map.of("type", "object", "additionalProperties", Map.of("type", List.of("array", "object"))));
        top.put("stages", Map.of("type", "array", "minItems", 1, "items", stages));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "csc pipeline");
        describe(top, false);
        schema.putAll(object(top, List.of("stages")));
        schema.put("$defs", definitions);
        return schema;
    }

    private static void describe(Map<String, Object> properties, boolean ofStage) {
        for (PipelineKey key : PipelineKey.all(ofStage)) {
            properties.computeIfPresent(key.key(), (name, schema) -> {
                Map<String, Object> described = new LinkedHashMap<>();
                ((Map<?, ?>) schema).forEach((word, value) -> described.put((String) word, value));
                described.put("description", key.doc());
                return described;
            });
        }
    }

    /** A preparation may also be written directly, without the key {@code work}. */
    private static Map<String, Object> orShort(Map<String, Object> keys) {
        Map<String, Object> direct = Map.of(
                "type", "object", "properties", Map.of("type", Map.of("type", "string")), "required", List.of("type"));
        return Map.of("anyOf", List.of(keys, direct));
    }

    private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("properties", properties);
        object.put("additionalProperties", false);
        if (!required.isEmpty()) {
            object.put("required", required);
        }
        return object;
    }

    /** A group, or the value of the one key that may stand for it. */
    private Map<String, Object> orBare(RecordModel model) {
        Map<String, Object> group = group(model, Map.of());
        return model.bare()
                .<Map<String, Object>>map(key -> Map.of("anyOf", List.of(type(key.type(), key.constraints()), group)))
                .orElse(group);
    }

    private Map<String, Object> group(RecordModel model, Map<String, Object> first) {
        Map<String, Object> properties = new LinkedHashMap<>(first);
        List<String> required = new ArrayList<>(first.keySet());
        for (RecordModel.Key key : model.keys()) {
            properties.put(key.name(), value(key));
            if (key.required()) {
                required.add(key.name());
            }
        }
        Map<String, Object> object = object(properties, required);
        if (!model.exactlyOne().isEmpty()) {
            object.put(
                    "oneOf",
                    model.exactlyOne().stream()
                            .map(key -> Map.of("required", List.of(key)))
                            .toList());
        }
        return object;
    }

    private Map<String, Object> value(RecordModel.Key key) {
        Map<String, Object> schema = new LinkedHashMap<>(type(key.type(), key.constraints()));
        if (!key.doc().isEmpty()) {
            schema.put("description", key.doc());
        }
        key.defaultText().ifPresent(text -> schema.put("x-default", text));
        return schema;
    }

    private Map<String, Object> type(ValueType type, Constraints constraints) {
        return switch (type) {
            case ValueType.Bool bool -> orExpression(Map.of("type", "boolean"));
            case ValueType.Whole whole -> orExpression(bounded("integer", constraints));
            case ValueType.Decimal decimal ->
                Map.of("anyOf", List.of(bounded("number", constraints), PERCENTAGE, EXPRESSION));
            case ValueType.Text text ->
                constraints.notEmpty()
                        ? Map.of("type", List.of("string", "number", "boolean"), "minLength", 1)
                        : Map.of("type", List.of("string", "number", "boolean"));
            case ValueType.FileName file -> Map.of("type", "string");
            case ValueType.OneOf words -> orExpression(Map.of("enum", words.words()));
            case ValueType.Group group -> orBare(RecordModel.of(group.type()));
            case ValueType.ListOf list -> list(list, constraints);
            case ValueType.MapOf map ->
                Map.of("type", "object", "additionalProperties", type(map.value(), constraints));
            case ValueType.Maybe maybe -> type(maybe.value(), constraints);
            case ValueType.Plugin plugin -> plugin(plugin);
            case ValueType.Special special
            when special.type() == InputFeature.class ->
                Map.of("anyOf", List.of(Map.of("enum", words()), Map.of("type", "string")));
            case ValueType.Special special -> Map.of("type", "string");
        };
    }

    private static List<String> words() {
        return Stream.of(InputFeature.Core.values()).map(InputFeature::word).toList();
    }

    private Map<String, Object> list(ValueType.ListOf list, Constraints constraints) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "array");
        schema.put("items", type(list.item(), constraints));
        if (constraints.notEmpty()) {
            schema.put("minItems", 1);
        }
        return list.item() instanceof ValueType.Plugin
                ? Map.of("anyOf", List.of(schema, type(list.item(), constraints)))
                : schema;
    }

    private static Map<String, Object> bounded(String type, Constraints constraints) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        put(schema, "minimum", constraints.min());
        put(schema, "maximum", constraints.max());
        if (constraints.positive()) {
            schema.put("exclusiveMinimum", 0);
        }
        return schema;
    }

    private static void put(Map<String, Object> schema, String key, OptionalDouble bound) {
        bound.ifPresent(value -> {
            if (value == Math.rint(value) && Math.abs(value) < 1e15) {
                schema.put(key, (long) value);
            } else {
                schema.put(key, value);
            }
        });
    }

    private static Map<String, Object> orExpression(Map<String, Object> schema) {
        return Map.of("anyOf", List.of(schema, EXPRESSION));
    }

    private Map<String, Object> plugin(ValueType.Plugin type) {
        String name = Names.hyphenated(type.product().getSimpleName());
        if (!definitions.containsKey(name)) {
            definitions.put(name, Map.of());
            List<String> names = new ArrayList<>();
            List<Object> choices = new ArrayList<>();
            for (Registered registered : plugins.factories(type.product())) {
                List<String> own = List.of(registered.name(), registered.qualifiedName());
                names.addAll(own);
                Map<String, Object> choice = new LinkedHashMap<>(
                        group(RecordModel.of(registered.factory().configType()), Map.of("type", Map.of("enum", own))));
                choice.put("description", registered.factory().summary());
                choices.add(choice);
            }
            if (!names.isEmpty()) {
                choices.add(Map.of("enum", names));
            }
            choices.add(EXPRESSION);
            definitions.put(name, Map.of("anyOf", choices));
        }
        return Map.of("$ref", "#/$defs/" + name);
    }
}
