package org.scenecontexts.io.torch;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a PyTorch file holds: a tree of plain data, never an object that could do anything.
 *
 * <p>All values are immutable, and print as what a reader of a message would call them. Keys of dictionaries are comparable, so that hash tables stay fast whatever a file puts in. The same value may appear at several places of the tree, but never inside itself.
 *
 * @since 0.1
 */
public sealed interface TorchValue
        permits TorchTensor,
                TorchArray,
                TorchValue.None,
                TorchValue.Bool,
                TorchValue.Int,
                TorchValue.BigInt,
                TorchValue.Real,
                TorchValue.Text,
                TorchValue.Bytes,
                TorchValue.Sequence,
                TorchValue.Dict,
                TorchValue.Opaque {

    /** Python's {@code None}. */
    record None() implements TorchValue {
        @Override
        public String toString() {
            return "None";
        }
    }

    /** A truth value. */
    record Bool(boolean value) implements TorchValue {
        @Override
        public String toString() {
            return value ? "True" : "False";
        }
    }

    /** An integer of up to 64 bits. */
    record Int(long value) implements TorchValue, Comparable<Int> {
        @Override
        public int compareTo(Int that) {
            return Long.compare(value, that.value);
        }

        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /** An integer of more than 64 bits. */
    record BigInt(BigInteger value) implements TorchValue, Comparable<BigInt> {
        @Override
        public int compareTo(BigInt that) {
            return value.compareTo(that.value);
        }

        @Override
        public String toString() {
            return "an integer of " + value.bitLength() + " bits";
        }
    }

    /** A float64 number. */
    record Real(double value) implements TorchValue, Comparable<Real> {
        @Override
        public int compareTo(Real that) {
            return Double.compare(value, that.value);
        }

        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    /** Text. */
    record Text(String value) implements TorchValue, Comparable<Text> {
        @Override
        public int compareTo(Text that) {
            return value.compareTo(that.value);
        }

        @Override
        public String toString() {
            return Shown.quoted(value);
        }
    }

    /** Raw bytes; not copied, treat as immutable. */
    @SuppressWarnings("ArrayRecordComponent") // compared by content below
    record Bytes(byte[] value) implements TorchValue {
        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return value.length + " bytes";
        }
    }

    /**
     * A list, tuple or set.
     *
     * @param kind which of them
     * @param items the items in the order of the file
     */
    record Sequence(Kind kind, List<TorchValue> items) implements TorchValue {

        /** Python's kinds of sequences. */
        public enum Kind {
            LIST,
            TUPLE,
            SET
        }

        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return "a " + kind.name().toLowerCase(Locale.ROOT) + " of " + items.size() + " items";
        }
    }

    /**
     * A dictionary in the order of the file.
     *
     * @param ordered whether it was a {@code collections.OrderedDict}
     * @param entries keys are {@link Text}, {@link Int}, {@link BigInt}, {@link Real}, {@link Bool}, {@link None} or,
     *     for what is none of these, {@link Opaque}
     * @param attributes what was attached to the dictionary itself, such as {@code _metadata}
     */
    record Dict(boolean ordered, Map<TorchValue, TorchValue> entries, Map<String, TorchValue> attributes)
            implements TorchValue {

        public Dict {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
            attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        }

        /** A plain dictionary with text keys. */
        public static Dict of(Map<String, ? extends TorchValue> entries) {
            return of(false, entries);
        }

        /** A {@code collections.OrderedDict} with text keys, as state dicts are. */
        public static Dict ordered(Map<String, ? extends TorchValue> entries) {
            return of(true, entries);
        }

        private static Dict of(boolean ordered, Map<String, ? extends TorchValue> entries) {
            Map<TorchValue, TorchValue> keyed = new LinkedHashMap<>();
            entries.forEach((key, value) -> keyed.put(new Text(key), value));
            return new Dict(ordered, keyed, Map.of());
        }

        /** The value under a text key. */
        public Optional<TorchValue> get(String key) {
            return Optional.ofNullable(entries.get(new Text(key)));
        }

        /** How many entries, and the first keys. */
        @Override
        public String toString() {
            return entries.isEmpty()
                    ? "an empty dictionary"
                    : "a dictionary of " + entries.size() + " entries (" + Shown.list(entries.keySet()) + ")";
        }
    }

    /**
     * An object, class or function that is not on the list of known data types; none was looked up, made or run.
     *
     * @param type what the file calls its class, e.g. {@code omegaconf.dictconfig.DictConfig}
     * @param number tells the objects of one file apart
     * @param content what the file puts into it, by key; empty where that is nothing, or it is a key of a dictionary
     */
    record Opaque(String type, int number, Dict content) implements TorchValue, Comparable<Opaque> {
        @Override
        public int compareTo(Opaque that) {
            int byNumber = Integer.compare(number, that.number);
            return byNumber == 0 ? type.compareTo(that.type) : byNumber;
        }

        @Override
        public String toString() {
            return "an object of " + Shown.plain(type);
        }
    }
}
