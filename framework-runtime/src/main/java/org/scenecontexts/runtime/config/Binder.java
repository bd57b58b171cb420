package org.scenecontexts.runtime.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.plugin.Factory;

/**
 * Turns a tree into typed records and reports everything that does not fit, with its place and the nearest valid name.
 *
 * <p>Strict: unknown keys, missing keys, wrong types and values out of range are errors. Values are read by the type that
 * is wanted, see {@link Scalars}.
 *
 * @since 0.1
 */
public final class Binder {

    private final PluginNames plugins;
    private final ScalarBinder scalars;
    private final Map<Class<?>, SpecialReader<?>> specials;
    private final Problems problems;
    private final Consumer<NamedFile> files;

    /**
     * Reads values of a type that the framework treats in a way of its own.
     *
     * @param <T> the type
     */
    @FunctionalInterface
    public interface SpecialReader<T> {
        /** The value, or nothing after a problem was added. */
        Optional<T> read(Node node, String path, Problems problems);
    }

    /**
     * Keys beside those of a record.
     *
     * @param keys that may stand there
     * @param former that stood there once, with what to write now
     */
    private record Further(List<String> keys, Map<String, String> former) {

        private static final Further NONE = new Further(List.of(), Map.of());
    }

    /**
     * @param plugins what {@code type:} can name
     * @param specials readers by type
     * @param problems receives everything that does not fit
     */
    public Binder(FactoryLookup plugins, Map<Class<?>, SpecialReader<?>> specials, Problems problems) {
        this(plugins, specials, problems, file -> {});
    }

    /**
     * @param plugins what {@code type:} can name
     * @param specials readers by type
     * @param problems receives everything that does not fit
     * @param files told every file that is named
     */
    public Binder(
            FactoryLookup plugins,
            Map<Class<?>, SpecialReader<?>> specials,
            Problems problems,
            Consumer<NamedFile> files) {
        this.plugins = new PluginNames(plugins, problems);
        this.scalars = new ScalarBinder(problems);
        this.specials = Map.copyOf(specials);
        this.problems = problems;
        this.files = files;
    }

    /**
     * Binds a map to a record.
     *
     * @param at the place to name when a key is missing
     * @param path of the map from the root of the document, for messages
     * @return the record, or nothing after at least one problem was added
     */
    public <R extends Record> Optional<R> bind(Node node, Class<R> type, Position at, String path) {
        return bind(node, new ValueType.Group(type), at, new Spot(path, "", Spot.NO_BOUNDS, NamedFile.Use.READ))
                .map(type::cast);
    }

    /** Binds a value to a type, see {@link ValueType}. */
    public Optional<Object> bind(Node node, ValueType type, String path) {
        return bind(node, type, node.position(), new Spot(path, "", Spot.NO_BOUNDS, NamedFile.Use.READ));
    }

    private Optional<Object> bind(Node node, ValueType type, Position at, Spot spot) {
        return switch (type) {
            case ValueType.Maybe maybe ->
                node instanceof Node.Scalar scalar && scalar.isEmpty()
                        ? Optional.of(Optional.empty())
                        : bind(node, maybe.value(), at, spot).map(Optional::of);
            case ValueType.ListOf list -> list(node, list, at, spot);
            case ValueType.MapOf map -> map(node, map, spot);
            case ValueType.Group group -> group(node, group, at, spot);
            case ValueType.Plugin plugin -> plugin(node, plugin, spot).map(Object.class::cast);
            case ValueType.Special special -> special(node, special, spot);
            case ValueType.FileName file -> file(node, file, spot);
            case ValueType.Bool bool -> scalars.bind(node, type, spot);
            case ValueType.Whole whole -> scalars.bind(node, type, spot);
            case ValueType.Decimal decimal -> scalars.bind(node, type, spot);
            case ValueType.Text text -> scalars.bind(node, type, spot);
            case ValueType.OneOf words -> scalars.bind(node, type, spot);
        };
    }

    private Optional<Object> file(Node node, ValueType.FileName type, Spot spot) {
        Optional<Object> path = scalars.bind(node, type, spot);
        path.ifPresent(named -> files.accept(new NamedFile((Path) named, node.position(), spot.path(), spot.use())));
        return path;
    }

    private Optional<Object> group(Node node, ValueType.Group type, Position at, Spot spot) {
        RecordModel model = RecordModel.of(type.type());
        Optional<List<Node.Entry>> entries = switch (node) {
            case Node.Mapping mapping -> Optional.of(mapping.entries());
            case Node.Scalar scalar
            when !scalar.isEmpty() ->
                model.bare().map(key -> List.of(new Node.Entry(key.name(), scalar.position(), scalar)));
            default -> Optional.empty();
        };
        return entries.isEmpty()
                ? mismatch(node, type, spot)
                : record(entries.get(), model, at, spot, Further.NONE).map(Object.class::cast);
    }

    private Optional<Object> special(Node node, ValueType.Special type, Spot spot) {
        SpecialReader<?> reader = type.type() == InputFeature.class ? new InputReader() : specials.get(type.type());
        if (reader == null) {
            report(
                    "keys of type " + type.type().getName() + " cannot be written in a pipeline",
                    node.position(),
                    spot,
                    "");
            return Optional.empty();
        }
        return reader.read(node, spot.path(), problems).map(Object.class::cast);
    }

    private Optional<Object> list(Node node, ValueType.ListOf type, Position at, Spot spot) {
        boolean single = type.item() instanceof ValueType.Plugin
                && !(node instanceof Node.Sequence)
                && !(node instanceof Node.Scalar scalar && scalar.isEmpty());
        if (single) {
            return bind(node, type.item(), at, spot).map(List::of);
        }
        if (!(node instanceof Node.Sequence sequence)) {
            return mismatch(node, type, spot);
        }
        if (sequence.items().isEmpty() && spot.bounds().notEmpty()) {
            report("the list must not be empty", node.position(), spot, "");
            return Optional.empty();
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            Node item = sequence.items().get(i);
            bind(item, type.item(), item.position(), spot.item(i)).ifPresent(values::add);
        }
        return values.size() == sequence.items().size() ? Optional.of(List.copyOf(values)) : Optional.empty();
    }

    private Optional<Object> map(Node node, ValueType.MapOf type, Spot spot) {
        if (!(node instanceof Node.Mapping mapping)) {
            return mismatch(node, type, spot);
        }
        if (mapping.entries().isEmpty() && spot.bounds().notEmpty()) {
            report("the map must not be empty", node.position(), spot, "");
            return Optional.empty();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Node.Entry entry : mapping.entries()) {
            bind(entry.value(), type.value(), entry.keyPosition(), spot.key(entry.key(), spot.bounds()))
                    .ifPresent(value -> values.put(entry.key(), value));
        }
        return values.size() == mapping.entries().size()
                ? Optional.of(Collections.unmodifiableMap(values))
                : Optional.empty();
    }

    private Optional<Record> record(
            List<Node.Entry> entries, RecordModel model, Position at, Spot spot, Further further) {
        Map<String, Node.Entry> known = new LinkedHashMap<>();
        List<String> meant = new ArrayList<>();
        boolean complete = true;
        for (Node.Entry entry : entries) {
            if (model.key(entry.key()).isPresent()) {
                known.put(entry.key(), entry);
            } else {
                complete = false;
                unknownKey(entry, model, spot, further).ifPresent(meant::add);
            }
        }
        Object[] values = new Object[model.keys().size()];
        for (int i = 0; i < values.length; i++) {
            Optional<Object> value = component(model.keys().get(i), known, at, spot, meant);
            complete &= value.isPresent();
            values[i] = value.orElse(null);
        }
        complete &= exactlyOne(known, model, at, spot, meant);
        if (!complete) {
            return Optional.empty();
        }
        try {
            return Optional.of(model.create(values));
        } catch (IllegalArgumentException e) {
            report(e.getMessage(), at, spot, "");
            return Optional.empty();
        }
    }

    private boolean exactlyOne(
            Map<String, Node.Entry> known, RecordModel model, Position at, Spot spot, List<String> meant) {
        List<String> keys = model.exactlyOne();
        List<String> given = keys.stream()
                .filter(known::containsKey)
                .filter(key -> !(known.get(key).value() instanceof Node.Scalar scalar && scalar.isEmpty()))
                .toList();
        if (keys.isEmpty()
                || given.size() == 1
                || given.isEmpty() && keys.stream().anyMatch(meant::contains)) {
            return true;
        }
        if (given.isEmpty()) {
            RecordModel.Key usual = model.key(keys.getFirst()).orElseThrow();
            report(
                    "the key '" + usual.name() + "' is missing; expected "
                            + usual.type().describe() + ", or '" + String.join("' or '", keys.subList(1, keys.size()))
                            + "' instead",
                    at,
                    spot,
                    "add '" + usual.name() + ": ...'   # " + usual.doc());
        } else {
            report(
                    "the keys '" + String.join("' and '", given) + "' exclude each other",
                    known.get(given.getLast()).keyPosition(),
                    spot,
                    "leave one out; where 'defaults' give it, write '" + given.getFirst() + ": ~'");
        }
        return false;
    }

    private Optional<Object> component(
            RecordModel.Key key, Map<String, Node.Entry> entries, Position at, Spot spot, List<String> meant) {
        Spot inner = spot.key(key);
        Node.Entry entry = entries.get(key.name());
        if (entry != null) {
            return bind(withDefaultType(entry.value(), key, inner), key.type(), entry.keyPosition(), inner);
        }
        if (key.defaultText().isPresent()) {
            return defaultOf(key, inner).flatMap(node -> bind(node, key.type(), node.position(), inner));
        }
        if (key.type() instanceof ValueType.Maybe) {
            return Optional.of(Optional.empty());
        }
        if (!meant.contains(key.name())) {
            report(
                    "the key '" + key.name() + "' is missing; expected "
                            + key.type().describe(),
                    at,
                    spot,
                    "add '" + key.name() + ": ...'" + (key.doc().isEmpty() ? "" : "   # " + key.doc()));
        }
        return Optional.empty();
    }

    private Optional<Node> defaultOf(RecordModel.Key key, Spot spot) {
        return YamlReader.read(
                SourceText.of("default of " + spot.path(), key.defaultText().orElseThrow()), problems);
    }

    /** Lets {@code optimizer: {lr: 0.1}} configure the plugin that is the default. */
    private Node withDefaultType(Node node, RecordModel.Key key, Spot spot) {
        if (!(key.type() instanceof ValueType.Plugin)
                || key.defaultText().isEmpty()
                || !(node instanceof Node.Mapping mapping)
                || mapping.get("type").isPresent()) {
            return node;
        }
        Optional<Node> type = defaultOf(key, spot)
                .flatMap(chosen -> chosen instanceof Node.Mapping keys ? keys.get("type") : Optional.of(chosen));
        return type.<Node>map(name -> mapping.with(new Node.Entry("type", mapping.position(), name)))
                .orElse(node);
    }

    /** Reports a key and returns the one that was probably meant. */
    private Optional<String> unknownKey(Node.Entry entry, RecordModel model, Spot spot, Further further) {
        List<String> valid = new ArrayList<>(further.keys());
        valid.addAll(model.names());
        String now = further.former().getOrDefault(entry.key(), "");
        Optional<String> near = now.isEmpty() ? Names.nearest(entry.key(), valid) : Optional.empty();
        String list = valid.isEmpty() ? "there are no keys here" : "valid keys: " + String.join(", ", valid);
        report(
                now.isEmpty() ? "unknown key '" + entry.key() + "'" : "the key '" + entry.key() + "' is no longer here",
                entry.keyPosition(),
                spot.key(entry.key(), Spot.NO_BOUNDS),
                now.isEmpty()
                        ? near.map(name -> "did you mean '" + name + "'? ").orElse("") + list
                        : now);
        return near;
    }

    private Optional<Choice<?, ?>> plugin(Node node, ValueType.Plugin type, Spot spot) {
        Node.Scalar name;
        List<Node.Entry> keys;
        switch (node) {
            case Node.Scalar scalar
            when !scalar.isEmpty() -> {
                name = scalar;
                keys = List.of();
            }
            case Node.Mapping mapping
            when mapping.get("type").isPresent() -> {
                Node value = mapping.get("type").get();
                if (!(value instanceof Node.Scalar scalar) || scalar.isEmpty()) {
                    mismatch(value, new ValueType.Text(), spot.key("type", Spot.NO_BOUNDS));
                    return Optional.empty();
                }
                name = scalar;
                keys = mapping.without("type").entries();
            }
            case Node.Mapping mapping -> {
                report(
                        "the key 'type' is missing: it chooses the " + type.noun(),
                        node.position(),
                        spot,
                        plugins.available(type));
                return Optional.empty();
            }
            default -> {
                mismatch(node, type, spot);
                return Optional.empty();
            }
        }
        return plugins.chosen(name, type, spot).flatMap(chosen -> {
            Spot inside = spot.of(chosen.plugin());
            return record(
                            keys,
                            RecordModel.of(chosen.factory().configType()),
                            node.position(),
                            inside,
                            new Further(List.of("type"), chosen.factory().formerKeys()))
                    .map(config -> choice(chosen.factory(), config));
        });
    }

    private static <X, T> Choice<X, T> choice(Factory<?, X, T> factory, Record config) {
        return new Choice<>(factory, config);
    }

    private Optional<Object> mismatch(Node node, ValueType type, Spot spot) {
        problems.add(spot.mismatch(node, type));
        return Optional.empty();
    }

    private void report(String message, Position position, Spot spot, String suggestion) {
        problems.add(spot.error(message, position, suggestion));
    }
}
