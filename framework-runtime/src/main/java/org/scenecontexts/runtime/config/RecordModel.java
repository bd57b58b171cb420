package org.scenecontexts.runtime.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.config.Bare;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.ExactlyOne;
import org.scenecontexts.api.config.Searched;
import org.scenecontexts.api.config.WritesFile;

/**
 * What a configuration record says about its keys, read from its components once.
 *
 * @param type the record
 * @param keys its keys, in the order declared
 * @since 0.1
 */
public record RecordModel(Class<? extends Record> type, List<Key> keys) {

    private static final ClassValue<RecordModel> MODELS = new ClassValue<>() {
        @Override
        protected RecordModel computeValue(Class<?> type) {
            return read(type.asSubclass(Record.class));
        }
    };

    public RecordModel {
        keys = List.copyOf(keys);
    }

    /**
     * A key.
     *
     * @param name as written in YAML
     * @param component the component's name in Java
     * @param type what values it takes
     * @param defaultText the value when left out, in YAML syntax
     * @param constraints what the value must satisfy
     * @param doc one sentence; may be empty
     * @param bare whether its value may stand for the whole group
     * @param use what becomes of the files that it names, if it names any
     */
    public record Key(
            String name,
            String component,
            ValueType type,
            Optional<String> defaultText,
            Constraints constraints,
            String doc,
            boolean bare,
            NamedFile.Use use) {

        /** Whether the key must be written. */
        public boolean required() {
            return defaultText.isEmpty() && !(type instanceof ValueType.Maybe);
        }
    }

    /**
     * The model of a record.
     *
     * @throws IllegalArgumentException when a component has a type that configuration cannot have
     */
    public static RecordModel of(Class<? extends Record> type) {
        return MODELS.get(type);
    }

    private static RecordModel read(Class<? extends Record> type) {
        return new RecordModel(
                type,
                Arrays.stream(type.getRecordComponents())
                        .map(component -> key(type, component))
                        .toList());
    }

    private static Key key(Class<?> owner, RecordComponent component) {
        try {
            return new Key(
                    Names.hyphenated(component.getName()),
                    component.getName(),
                    ValueType.of(component.getGenericType()),
                    Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value),
                    Constraints.of(component),
                    Optional.ofNullable(component.getAnnotation(Doc.class))
                            .map(Doc::value)
                            .orElse(""),
                    component.isAnnotationPresent(Bare.class),
                    use(component));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(owner.getName() + "." + component.getName() + ": " + e.getMessage(), e);
        }
    }

    private static NamedFile.Use use(RecordComponent component) {
        if (component.isAnnotationPresent(WritesFile.class)) {
            return NamedFile.Use.WRITTEN;
        }
        return component.isAnnotationPresent(Searched.class) ? NamedFile.Use.SEARCHED : NamedFile.Use.READ;
    }

    /** The names of all keys. */
    public List<String> names() {
        return keys.stream().map(Key::name).toList();
    }

    /** The key of that name. */
    public Optional<Key> key(String name) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    /** The keys of which exactly one must be given; none where there is no such rule, see {@link ExactlyOne}. */
    public List<String> exactlyOne() {
        return Optional.ofNullable(type.getAnnotation(ExactlyOne.class))
                .map(rule -> List.of(rule.value()))
                .orElse(List.of());
    }

    /** The key whose value may be written alone, see {@link Bare}. */
    public Optional<Key> bare() {
        return keys.stream().filter(Key::bare).findFirst();
    }

    /**
     * A configuration with one value changed.
     *
     * @param config a record of this model
     * @param key the key, which must exist
     * @throws IllegalArgumentException when the record refuses the value; the message is the record's
     */
    public Record with(Record config, String key, Object value) {
        Object[] values = new Object[keys.size()];
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < values.length; i++) {
            try {
                components[i].getAccessor().setAccessible(true);
                values[i] = keys.get(i).name().equals(key)
                        ? value
                        : components[i].getAccessor().invoke(config);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(
                        "cannot read " + type.getName() + "." + keys.get(i).component(), e);
            }
        }
        return create(values);
    }

    /**
     * Creates the record.
     *
     * @param values one per key
     * @throws IllegalArgumentException when the record refuses them; the message is the record's
     */
    Record create(Object[] values) {
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
            throw new IllegalArgumentException(message, cause);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("cannot create " + type.getName() + ": " + e, e);
        }
    }
}
