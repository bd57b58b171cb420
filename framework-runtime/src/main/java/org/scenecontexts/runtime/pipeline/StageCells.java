package org.scenecontexts.runtime.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scenecontexts.runtime.config.Node;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.config.Problems;

/**
 * Repeats stages over a matrix, each only over the axes that it depends on, so that what does not differ is done once.
 *
 * <p>What a stage depends on can differ between its cells: with {@code init: ${matrix.start}} and
 * {@code start: {scratch: ~, pretrained: "${pretrain}"}} only the second start depends on what the pre-training depends on.
 */
final class StageCells {

    private static final Pattern REFERENCE = Pattern.compile("([a-z0-9][a-z0-9_-]*)(\\.(?:last|best))?");

    private final Matrix matrix;
    private final Problems problems;
    private final Map<String, List<Map<String, String>>> cellsOf = new HashMap<>();
    private final Set<String> seedAxes = new LinkedHashSet<>();

    StageCells(Matrix matrix, Problems problems) {
        this.matrix = matrix;
        this.problems = problems;
    }

    /** The stage once for every combination of the axes that it depends on; earlier stages must have been asked first. */
    List<StageDraft> of(StageDraft draft) {
        matrix.axesOf(draft.keys(), problems);
        seedAxes.addAll(matrix.axesOf(draft.seed(), problems));
        List<Map<String, String>> cells = new ArrayList<>();
        expand(draft, Map.of(), cells);
        cells.sort(matrix.order());
        cellsOf.put(draft.id(), List.copyOf(cells));
        return cells.stream().map(cell -> in(cell, draft)).toList();
    }

    /** The axes that {@code seed:} has named so far: results are averaged over them. */
    Set<String> seedAxes() {
        return seedAxes;
    }

    /** Refuses a baseline that nothing could be held against, once all stages were asked for. */
    void check(Baseline baseline, Problems problems) {
        boolean used =
                cellsOf.values().stream().flatMap(List::stream).anyMatch(cell -> cell.containsKey(baseline.axis()));
        if (!used || seedAxes.contains(baseline.axis())) {
            problems.add(Problem.error(
                            used
                                    ? "the axis '" + baseline.axis() + "' repeats the same work with other seeds, which"
                                            + " has no baseline"
                                    : "no stage uses the axis '" + baseline.axis() + "'",
                            baseline.position(),
                            "matrix.baseline")
                    .suggesting("name an axis whose values are to be compared"));
        }
    }

    /** Refuses folds that no stage depends on, once all stages were asked for. */
    void check(Folds folds, Problems problems) {
        if (cellsOf.values().stream().flatMap(List::stream).noneMatch(cell -> cell.containsKey(folds.axis()))) {
            problems.add(
                    Problem.error("no stage uses the axis '" + folds.axis() + "'", folds.position(), "matrix.folds")
                            .suggesting("name the axis that chooses what a stage is trained on and measured with"));
        }
    }

    /** Adds all cells that extend a part of one. */
    private void expand(StageDraft draft, Map<String, String> part, List<Map<String, String>> cells) {
        Optional<String> next = missingAxis(draft, part);
        if (next.isEmpty()) {
            cells.add(part);
            return;
        }
        for (String value : matrix.axes().get(next.get()).keySet()) {
            Map<String, String> longer = new HashMap<>(part);
            longer.put(next.get(), value);
            expand(draft, matrix.sorted(longer), cells);
        }
    }

    /** An axis whose value makes a difference to a stage in what is known of a cell. */
    private Optional<String> missingAxis(StageDraft draft, Map<String, String> part) {
        Set<String> expressions = new LinkedHashSet<>();
        Placeholders.visit(matrix.in(part, draft.keys()), expressions::add);
        Placeholders.visit(matrix.in(part, draft.seed()), expressions::add);
        Optional<String> named = expressions.stream()
                .flatMap(expression -> matrix.axisNamed(expression).stream())
                .filter(axis -> !part.containsKey(axis))
                .findFirst();
        return named.or(() -> expressions.stream()
                .map(REFERENCE::matcher)
                .filter(Matcher::matches)
                .flatMap(reference -> missingAxisOf(reference.group(1), part).stream())
                .findFirst());
    }

    private Optional<String> missingAxisOf(String stage, Map<String, String> part) {
        List<Map<String, String>> candidates = compatible(stage, part);
        return matrix.axes().keySet().stream()
                .filter(axis -> !part.containsKey(axis) && !candidates.isEmpty())
                .filter(axis -> candidates.stream().allMatch(cell -> cell.containsKey(axis)))
                .findFirst();
    }

    /** The cells of an earlier stage that agree with a cell on every axis that both have. */
    private List<Map<String, String>> compatible(String stage, Map<String, String> cell) {
        return cellsOf.getOrDefault(stage, List.of()).stream()
                .filter(other -> other.entrySet().stream()
                        .allMatch(value -> cell.getOrDefault(value.getKey(), value.getValue())
                                .equals(value.getValue())))
                .toList();
    }

    private StageDraft in(Map<String, String> cell, StageDraft draft) {
        if (cell.isEmpty()) {
            return draft;
        }
        Node keys = Placeholders.replace(matrix.in(cell, draft.keys()), (expression, scalar) -> {
            Matcher reference = REFERENCE.matcher(expression);
            if (!reference.matches()) {
                return Optional.empty();
            }
            String which = reference.group(2) == null ? "" : reference.group(2);
            return compatible(reference.group(1), cell).stream()
                    .findFirst()
                    .map(part -> "${" + Matrix.id(reference.group(1), part) + which + "}")
                    .map(text -> new Node.Scalar(text, scalar.quoted(), scalar.position()));
        });
        return new StageDraft(
                draft.index(),
                Matrix.id(draft.base(), cell),
                draft.base(),
                new LinkedHashMap<>(cell),
                matrix.in(cell, draft.seed()),
                draft.kind(),
                (Node.Mapping) keys,
                draft.kindAt(),
                draft.position());
    }
}
