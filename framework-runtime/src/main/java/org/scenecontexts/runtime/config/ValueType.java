package org.scenecontexts.runtime.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.InputFeature;

/**
 * The types that a configuration key can have. Binder, schema and manual are all written against this closed set.
 *
 * @since 0.1
 */
public sealed interface ValueType {

    /** What a user writes, for messages: {@code a whole number}. */
    String describe();

    /** {@code true} or {@code false}. */
    record Bool() implements ValueType {
        @Override
        public String describe() {
            return "true or false";
        }
    }

    /** A whole number. */
    record Whole(Class<?> type, long min, long max) implements ValueType {
        @Override
        public String describe() {
            return "a whole number";
        }
    }

    /** A number with a fraction. */
    record Decimal(boolean single) implements ValueType {
        @Override
        public String describe() {
            return "a number";
        }
    }

    /** Any text. */
    record Text() implements ValueType {
        @Override
        public String describe() {
            return "a text";
        }
    }

    /** The name of a file or folder. */
    record FileName() implements ValueType {
        @Override
        public String describe() {
            return "a file or folder name";
        }
    }

    /** One of a few words. */
    record OneOf(Class<?> type) implements ValueType {

        /** The words, in the order of the enum: the constants' names, or what they print as where they say so. */
        public List<String> words() {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> Names.hyphenated(constant.toString()))
                    .toList();
        }

        @Override
        public String describe() {
            return "one of " + String.join(", ", words());
        }
    }

    /** Keys and values that a record declares. */
    record Group(Class<? extends Record> type) implements ValueType {
        @Override
        public String describe() {
            RecordModel model = RecordModel.of(type);
            return model.bare()
                            .map(key -> key.type().describe() + " for '" + key.name() + "', or ")
                            .orElse("")
                    + "a map of keys (" + String.join(", ", model.names()) + ")";
        }
    }

    /** A list. */
    record ListOf(ValueType item) implements ValueType {
        @Override
        public String describe() {
            return "a list, each item " + item.describe();
        }
    }

    /** Free keys. */
    record MapOf(ValueType value) implements ValueType {
        @Override
        public String describe() {
            return "a map, each value " + value.describe();
        }
    }

    /** Something that may be left out. */
    record Maybe(ValueType value) implements ValueType {
        @Override
        public String describe() {
            return value.describe();
        }
    }

    /** A plugin with its configuration. */
    record Plugin(Class<?> product) implements ValueType {

        /** What is chosen, in words: {@code backbone}. */
        public String noun() {
            return Names.hyphenated(product.getSimpleName()).replace('-', ' ');
        }

        @Override
        public String describe() {
            return "a " + noun() + ": its name, or {type: name, ...}";
        }
    }

    /** A type that the framework reads in a way of its own. */
    record Special(Class<?> type) implements ValueType {
        @Override
        public String describe() {
            return type == InputFeature.class
                    ? "one of " + InputFeature.coreWords()
                            + ", or an attribute of the points (NAME, NAME:WIDTH, NAME/DIVISOR)"
                    : "a " + Names.hyphenated(type.getSimpleName()).replace('-', ' ');
        }
    }

    /**
     * The value type of a Java type.
     *
     * @throws IllegalArgumentException when configuration cannot have that type
     */
    static ValueType of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic);
        }
        if (!(type instanceof Class<?> plain)) {
            throw unsupported(type);
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return new Bool();
        } else if (plain == int.class || plain == Integer.class) {
            return new Whole(plain, Integer.MIN_VALUE, Integer.MAX_VALUE);
        } else if (plain == long.class || plain == Long.class) {
            return new Whole(plain, Long.MIN_VALUE, Long.MAX_VALUE);
        } else if (plain == float.class || plain == Float.class) {
            return new Decimal(true);
        } else if (plain == double.class || plain == Double.class) {
            return new Decimal(false);
        } else if (plain == String.class) {
            return new Text();
        } else if (plain == Path.class) {
            return new FileName();
        } else if (plain.isEnum()) {
            return new OneOf(plain);
        } else if (plain.isRecord()) {
            return new Group(plain.asSubclass(Record.class));
        } else if (plain.isInterface() && plain.isSealed()) {
            return new Special(plain);
        }
        throw unsupported(type);
    }

    private static ValueType ofGeneric(ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == List.class) {
            return new ListOf(of(arguments[0]));
        } else if (type.getRawType() == Map.class && arguments[0] == String.class) {
            return new MapOf(of(arguments[1]));
        } else if (type.getRawType() == Optional.class) {
            return new Maybe(of(arguments[0]));
        } else if (type.getRawType() == Choice.class) {
            Type product = arguments[1] instanceof ParameterizedType generic ? generic.getRawType() : arguments[1];
            if (product instanceof Class<?> plain) {
                return new Plugin(plain);
            }
        }
        throw unsupported(type);
    }

    private static IllegalArgumentException unsupported(Type type) {
        return new IllegalArgumentException("a configuration key cannot be of type " + type.getTypeName()
                + "; use a primitive, String, Path, an enum, a record, or List, Map<String, ...>, Optional or Choice of"
                + " these");
    }
}
