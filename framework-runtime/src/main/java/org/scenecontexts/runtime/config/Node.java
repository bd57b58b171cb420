package org.scenecontexts.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A piece of a YAML document that remembers where it was written. Immutable; what it means is decided by the type that
 * it is bound to, not by YAML's own guesses.
 *
 * @since 0.1
 */
public sealed interface Node {

    /** Where it was written. */
    Position position();

    /**
     * A single value.
     *
     * @param text the text, without quotes
     * @param quoted whether it was written in quotes or as a block, and thus is text whatever it looks like
     */
    record Scalar(String text, boolean quoted, Position position) implements Node {

        /** Whether nothing was written ({@code key:}, {@code ~} or {@code null}). */
        public boolean isEmpty() {
            return !quoted && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
        }
    }

    /** A list of values. */
    record Sequence(List<Node> items, Position position) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Keys and values, in the order written. Keys are unique. */
    record Mapping(List<Entry> entries, Position position) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /** The entry of a key. */
        public Optional<Entry> entry(String key) {
            return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
        }

        /** The value of a key. */
        public Optional<Node> get(String key) {
            return entry(key).map(Entry::value);
        }

        /** The same mapping with one key set, at its old place or at the end. */
        public Mapping with(Entry changed) {
            List<Entry> result = new ArrayList<>();
            boolean replaced = false;
            for (Entry entry : entries) {
                boolean same = entry.key().equals(changed.key());
                result.add(same ? changed : entry);
                replaced |= same;
            }
            if (!replaced) {
                result.add(changed);
            }
            return new Mapping(result, position);
        }

        /** The same mapping without a key. */
        public Mapping without(String key) {
            return new Mapping(
                    entries.stream().filter(entry -> !entry.key().equals(key)).toList(), position);
        }
    }

    /**
     * A key with its value.
     *
     * @param keyPosition where the key was written
     */
    record Entry(String key, Position keyPosition, Node value) {}
}
