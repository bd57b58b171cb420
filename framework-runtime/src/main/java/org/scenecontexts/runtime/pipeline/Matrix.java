package org.scenecontexts.runtime.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.scenecontexts.runtime.config.Names;
import org.scenecontexts.runtime.config.Node;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.config.Problems;

/**
 * The named values that a pipeline is repeated over ({@code matrix: {seed: [1, 2, 3]}}).
 *
 * <p>A stage is repeated only over the axes that it depends on, directly or through the stages that it refers to, so that
 * what does not differ is shared.
 *
 * @param axes for each axis its values by name, in order
 */
record Matrix(Map<String, Map<String, Node>> axes) {

    private static final String PREFIX = "matrix.";

    /** Reads the value of the key {@code matrix}: for each axis a list of values, or a map of named values. */
    static Matrix read(Optional<Node> node, Problems problems) {
        Map<String, Map<String, Node>> axes = new LinkedHashMap<>();
        if (node.isEmpty()) {
            return new Matrix(axes);
        }
        if (!(node.get() instanceof Node.Mapping mapping)) {
            problems.add(Problem.error(
                            "expected a map from the name of an axis to its values",
                            node.get().position(),
                            "matrix")
                    .suggesting("for example matrix: {seed: [1, 2, 3]}"));
            return new Matrix(axes);
        }
        for (Node.Entry axis : mapping.entries()) {
            Map<String, Node> values = new LinkedHashMap<>();
            switch (axis.value()) {
                case Node.Sequence list -> list.items().forEach(item -> values.put(name(item), item));
                case Node.Mapping named -> named.entries().forEach(value -> values.put(value.key(), value.value()));
                case Node.Scalar scalar -> {}
            }
            int size = axis.value() instanceof Node.Sequence list ? list.items().size() : values.size();
            if (values.isEmpty() || values.size() < size) {
                problems.add(Problem.error(
                                values.isEmpty()
                                        ? "expected a list of values, or a map of named values"
                                        : "two values of the axis have the same name",
                                axis.value().position(),
                                PREFIX + axis.key())
                        .suggesting("name them: " + axis.key() + ": {first: ..., second: ...}"));
            }
            axes.put(axis.key(), values);
        }
        return new Matrix(axes);
    }

    private static String name(Node value) {
        return switch (value) {
            case Node.Scalar scalar -> scalar.text();
            case Node.Mapping map when map.get("type").orElse(null) instanceof Node.Scalar type -> type.text();
            default -> "?";
        };
    }

    /** The axes that a tree names; unknown ones are reported. */
    Set<String> axesOf(Node node, Problems problems) {
        Set<String> used = new LinkedHashSet<>();
        Interpolation.replace(node, (expression, scalar) -> {
            if (expression.startsWith(PREFIX)) {
                String axis = expression.substring(PREFIX.length());
                if (axes.containsKey(axis)) {
                    used.add(axis);
                } else {
                    problems.add(Problem.error("the matrix has no axis '" + axis + "'", scalar.position(), "")
                            .suggesting(
                                    axes.isEmpty()
                                            ? "add it: matrix: {" + axis + ": [...]}"
                                            : (Names.didYouMean(axis, axes.keySet()) + " axes: "
                                                            + String.join(", ", axes.keySet()))
                                                    .strip()));
                }
            }
            return Optional.empty();
        });
        return used;
    }

    /** All combinations of the values of some axes, each as names by axis; one empty combination without axes. */
    List<Map<String, String>> cells(Set<String> over) {
        List<Map<String, String>> cells = List.of(Map.of());
        for (var axis : axes.entrySet()) {
            if (over.contains(axis.getKey())) {
                List<Map<String, String>> longer = new ArrayList<>();
                for (Map<String, String> cell : cells) {
                    for (String value : axis.getValue().keySet()) {
                        Map<String, String> extended = new LinkedHashMap<>(cell);
                        extended.put(axis.getKey(), value);
                        longer.add(extended);
                    }
                }
                cells = longer;
            }
        }
        return cells;
    }

    /** A tree with {@code ${matrix.axis}} replaced by the values of a cell. */
    Node in(Map<String, String> cell, Node node) {
        return Interpolation.replace(
                node,
                (expression, scalar) -> expression.startsWith(PREFIX)
                        ? Optional.ofNullable(cell.get(expression.substring(PREFIX.length())))
                                .map(value -> axes.get(expression.substring(PREFIX.length()))
                                        .get(value))
                        : Optional.empty());
    }

    /** The id of a stage in a cell, usable as a folder name: {@code semseg@seed=2,width=0.5}. */
    static String id(String base, Map<String, String> cell) {
        return cell.isEmpty()
                ? base
                : base + "@"
                        + cell.entrySet().stream()
                                .map(value ->
                                        value.getKey() + "=" + value.getValue().replaceAll("[^A-Za-z0-9._+-]", "_"))
                                .collect(Collectors.joining(","));
    }
}
