package org.scenecontexts.runtime.pipeline;

import java.util.Comparator;
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
 * The named values that a pipeline is repeated over ({@code matrix: {seed: [1, 2, 3]}}); {@link StageCells} says which stage
 * over which.
 *
 * @param axes for each axis its values by name, in order
 * @param baseline what the other values of an axis are held against
 * @param folds the axis whose values are parts of one data set, measured in turn
 */
record Matrix(Map<String, Map<String, Node>> axes, Optional<Baseline> baseline, Optional<Folds> folds) {

    private static final String PREFIX = "matrix.";
    private static final String BASELINE = "baseline";
    private static final String FOLDS = "folds";

    /** Reads the value of the key {@code matrix}: for each axis a list of values, or a map of named values. */
    static Matrix read(Optional<Node> node, Problems problems) {
        Map<String, Map<String, Node>> axes = new LinkedHashMap<>();
        if (node.isEmpty()) {
            return new Matrix(axes, Optional.empty(), Optional.empty());
        }
        if (!(node.get() instanceof Node.Mapping mapping)) {
            problems.add(Problem.error(
                            "expected a map from the name of an axis to its values",
                            node.get().position(),
                            "matrix")
                    .suggesting("for example matrix: {seed: [1, 2, 3]}"));
            return new Matrix(axes, Optional.empty(), Optional.empty());
        }
        for (Node.Entry axis : mapping.entries()) {
            if (axis.key().equals(BASELINE) || axis.key().equals(FOLDS)) {
                continue;
            }
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
        return new Matrix(
                axes,
                mapping.get(BASELINE).flatMap(value -> baseline(value, axes, problems)),
                mapping.get(FOLDS).flatMap(value -> folds(value, axes, problems)));
    }

    private static Optional<Folds> folds(Node node, Map<String, Map<String, Node>> axes, Problems problems) {
        if (node instanceof Node.Scalar axis && axes.containsKey(axis.text())) {
            return Optional.of(new Folds(axis.text(), node.position()));
        }
        problems.add(Problem.error("expected the name of one axis of the matrix", node.position(), PREFIX + FOLDS)
                .suggesting("the axes are " + String.join(", ", axes.keySet())));
        return Optional.empty();
    }

    private static Optional<Baseline> baseline(Node node, Map<String, Map<String, Node>> axes, Problems problems) {
        if (node instanceof Node.Mapping mapping && mapping.entries().size() == 1) {
            String axis = mapping.entries().getFirst().key();
            List<String> values = names(mapping.entries().getFirst().value());
            if (!values.isEmpty()
                    && axes.getOrDefault(axis, Map.of()).keySet().containsAll(values)
                    && Set.copyOf(values).size() == values.size()) {
                if (values.size() > 1 && axes.containsKey(Baseline.COLUMN)) {
                    problems.add(Problem.error(
                                    "with several baselines the table of gains has a column '" + Baseline.COLUMN
                                            + "', which an axis is called too",
                                    node.position(),
                                    PREFIX + BASELINE)
                            .suggesting("give the axis another name, or name one baseline"));
                }
                return Optional.of(new Baseline(axis, values, node.position()));
            }
        }
        problems.add(Problem.error(
                        "expected one axis of the matrix and the name of one of its values, or a list of several",
                        node.position(),
                        PREFIX + BASELINE)
                .suggesting(axes.entrySet().stream()
                        .map(axis -> axis.getKey() + ": "
                                + String.join(" | ", axis.getValue().keySet()))
                        .collect(Collectors.joining("; ", "the axes are ", ""))));
        return Optional.empty();
    }

    /** The one name or the several of a list; nothing where there is anything else. */
    private static List<String> names(Node node) {
        List<Node> items = node instanceof Node.Sequence list ? list.items() : List.of(node);
        return items.stream().allMatch(Node.Scalar.class::isInstance)
                ? items.stream().map(item -> ((Node.Scalar) item).text()).toList()
                : List.of();
    }

    private static String name(Node value) {
        return switch (value) {
            case Node.Scalar scalar -> scalar.text();
            case Node.Mapping map when map.get("type").orElse(null) instanceof Node.Scalar type -> type.text();
            default -> "?";
        };
    }

    /** The axes that a tree names, itself or through the values of those axes; unknown ones are reported. */
    Set<String> axesOf(Node node, Problems problems) {
        Set<String> used = new LinkedHashSet<>();
        addAxesOf(node, used, problems);
        return used;
    }

    private void addAxesOf(Node node, Set<String> used, Problems problems) {
        Placeholders.replace(node, (expression, scalar) -> {
            if (expression.startsWith(PREFIX)) {
                String axis = expression.substring(PREFIX.length());
                if (axes.containsKey(axis)) {
                    if (used.add(axis)) {
                        axes.get(axis).values().forEach(value -> addAxesOf(value, used, problems));
                    }
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
    }

    /** The axis that an expression names, if the matrix has it. */
    Optional<String> axisNamed(String expression) {
        return expression.startsWith(PREFIX)
                ? Optional.of(expression.substring(PREFIX.length())).filter(axes::containsKey)
                : Optional.empty();
    }

    /** The first value of every axis. */
    Map<String, String> first() {
        Map<String, String> cell = new LinkedHashMap<>();
        axes.forEach((axis, values) -> values.keySet().stream().findFirst().ifPresent(value -> cell.put(axis, value)));
        return cell;
    }

    /** A cell with its axes in the order of the matrix. */
    Map<String, String> sorted(Map<String, String> cell) {
        Map<String, String> sorted = new LinkedHashMap<>();
        axes.keySet().stream().filter(cell::containsKey).forEach(axis -> sorted.put(axis, cell.get(axis)));
        return sorted;
    }

    /** Cells by the order of axes and of their values; a cell without an axis before those with it. */
    Comparator<Map<String, String>> order() {
        Comparator<Map<String, String>> order = (a, b) -> 0;
        for (var axis : axes.entrySet()) {
            List<String> values = List.copyOf(axis.getValue().keySet());
            order = order.thenComparingInt(cell -> values.indexOf(cell.getOrDefault(axis.getKey(), "")));
        }
        return order;
    }

    /** A tree with {@code ${matrix.axis}} replaced by the values of a cell, also where these name other axes. */
    Node in(Map<String, String> cell, Node node) {
        Node result = node;
        // Values can name axes whose values name axes; as often as there are axes is enough unless they go in circles.
        for (int depth = 0; depth < Math.max(1, axes.size()); depth++) {
            result = Placeholders.replace(
                    result,
                    (expression, scalar) -> expression.startsWith(PREFIX)
                            ? Optional.ofNullable(cell.get(expression.substring(PREFIX.length())))
                                    .map(value -> axes.get(expression.substring(PREFIX.length()))
                                            .get(value))
                            : Optional.empty());
        }
        return result;
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
