package org.scenecontexts.runtime.pipeline;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scenecontexts.runtime.config.Names;
import org.scenecontexts.runtime.config.Node;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.config.Problems;

/** Replaces {@code ${...}} in a tree. */
final class Placeholders {

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}]*)}");

    private Placeholders() {}

    /**
     * Replaces expressions.
     *
     * @param replace the value of the expression that a scalar holds, or nothing to leave it as it is. An expression that
     *     is all of a scalar is replaced by the value whatever it is; inside a longer text, by the value's text
     */
    static Node replace(Node node, BiFunction<String, Node.Scalar, Optional<Node>> replace) {
        return switch (node) {
            case Node.Mapping map ->
                new Node.Mapping(
                        map.entries().stream()
                                .map(entry -> new Node.Entry(
                                        entry.key(), entry.keyPosition(), replace(entry.value(), replace)))
                                .toList(),
                        map.position());
            case Node.Sequence list ->
                new Node.Sequence(
                        list.items().stream()
                                .map(item -> replace(item, replace))
                                .toList(),
                        list.position());
            case Node.Scalar scalar -> scalar(scalar, replace);
        };
    }

    private static Node scalar(Node.Scalar scalar, BiFunction<String, Node.Scalar, Optional<Node>> replace) {
        Matcher whole = EXPRESSION.matcher(scalar.text());
        if (whole.matches()) {
            return replace.apply(whole.group(1), scalar).orElse(scalar);
        }
        if (!whole.reset().find()) {
            return scalar;
        }
        String text = EXPRESSION
                .matcher(scalar.text())
                .replaceAll(match -> Matcher.quoteReplacement(replace.apply(match.group(1), scalar)
                        .map(value -> value instanceof Node.Scalar inner ? inner.text() : match.group())
                        .orElse(match.group())));
        return new Node.Scalar(text, scalar.quoted(), scalar.position());
    }

    /** Visits every expression of a tree. */
    static void visit(Node node, Consumer<String> visitor) {
        switch (node) {
            case Node.Mapping map -> map.entries().forEach(entry -> visit(entry.value(), visitor));
            case Node.Sequence list -> list.items().forEach(item -> visit(item, visitor));
            case Node.Scalar scalar ->
                EXPRESSION
                        .matcher(scalar.text())
                        .results()
                        .map((MatchResult match) -> match.group(1))
                        .forEach(visitor);
        }
    }

    /** Replaces {@code ${env:NAME}} and {@code ${env:NAME:default}}. */
    static Node environment(Node node, Map<String, String> variables, Problems problems) {
        return replace(node, (expression, scalar) -> {
            if (!expression.startsWith("env:")) {
                return Optional.empty();
            }
            String[] parts = expression.split(":", 3);
            String value = variables.get(parts[1]);
            if (value == null && parts.length < 3) {
                problems.add(
                        Problem.error("the environment variable '" + parts[1] + "' is not set", scalar.position(), "")
                                .suggesting((Names.didYouMean(parts[1], variables.keySet())
                                                + " set it, or give a default:" + " ${env:" + parts[1] + ":default}")
                                        .strip()));
                return Optional.empty();
            }
            String text = value == null ? parts[2] : value;
            return Optional.of(new Node.Scalar(text, scalar.quoted(), scalar.position()));
        });
    }
}
