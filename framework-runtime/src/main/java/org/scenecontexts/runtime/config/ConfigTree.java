package org.scenecontexts.runtime.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.InputFeature;

/**
 * Turns bound records back into a tree with every default filled in, for the resolved pipeline of a run folder and for
 * telling whether a stage's inputs have changed.
 *
 * @since 0.1
 */
public final class ConfigTree {

    private static final Position NOWHERE = SourceText.of("generated", "").at(1, 1);

    private final Map<Class<?>, Function<Object, String>> specials;

    /** @param specials how values of special types are written, by type */
    public ConfigTree(Map<Class<?>, Function<Object, String>> specials) {
        this.specials = Map.copyOf(specials);
    }

    /** A single text. */
    public static Node.Scalar text(String text) {
        return new Node.Scalar(text, false, NOWHERE);
    }

    /** A map from keys and values, in order. */
    public static Node.Mapping map(Map<String, Node> values) {
        List<Node.Entry> entries = new ArrayList<>();
        values.forEach((key, value) -> entries.add(new Node.Entry(key, NOWHERE, value)));
        return new Node.Mapping(entries, NOWHERE);
    }

    /** The tree of a record; keys that are left out and have no default are left out. */
    public Node.Mapping of(Record config) {
        return new Node.Mapping(entries(config), NOWHERE);
    }

    /** The tree of a list of values that configuration can have. */
    public Node.Sequence of(List<?> values) {
        return new Node.Sequence(values.stream().map(this::node).toList(), NOWHERE);
    }

    private List<Node.Entry> entries(Record config) {
        List<Node.Entry> entries = new ArrayList<>();
        for (var component : config.getClass().getRecordComponents()) {
            Object value;
            try {
                component.getAccessor().setAccessible(true);
                value = component.getAccessor().invoke(config);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(
                        "cannot read " + config.getClass().getName() + "." + component.getName(), e);
            }
            if (!(value instanceof Optional<?> optional && optional.isEmpty())) {
                entries.add(new Node.Entry(Names.hyphenated(component.getName()), NOWHERE, node(value)));
            }
        }
        return entries;
    }

    private Node node(Object value) {
        for (var special : specials.entrySet()) {
            if (special.getKey().isInstance(value)) {
                return text(special.getValue().apply(value));
            }
        }
        return switch (value) {
            case Optional<?> optional -> node(optional.orElseThrow());
            case Choice<?, ?> choice -> {
                List<Node.Entry> entries = new ArrayList<>();
                entries.add(new Node.Entry("type", NOWHERE, text(choice.type())));
                entries.addAll(entries(choice.config()));
                yield new Node.Mapping(entries, NOWHERE);
            }
            case InputFeature input -> text(input.word());
            case Record record -> of(record);
            case List<?> list -> of(list);
            case Map<?, ?> map ->
                new Node.Mapping(
                        map.entrySet().stream()
                                .map(entry ->
                                        new Node.Entry(String.valueOf(entry.getKey()), NOWHERE, node(entry.getValue())))
                                .toList(),
                        NOWHERE);
            case Enum<?> constant -> text(Names.hyphenated(constant.toString()));
            case String string -> new Node.Scalar(string, true, NOWHERE);
            case Path path -> new Node.Scalar(path.toString(), true, NOWHERE);
            case Double number -> text(decimal(number.toString()));
            case Float number -> text(decimal(number.toString()));
            default -> text(String.valueOf(value));
        };
    }

    private static String decimal(String javaText) {
        return switch (javaText) {
            case "Infinity" -> ".inf";
            case "-Infinity" -> "-.inf";
            default -> javaText.replace("E", "e").replace(".0e", "e");
        };
    }
}
