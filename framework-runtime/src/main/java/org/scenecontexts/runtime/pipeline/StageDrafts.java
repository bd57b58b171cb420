package org.scenecontexts.runtime.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.scenecontexts.runtime.config.Node;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.config.Problems;
import org.scenecontexts.runtime.config.RecordModel;

/** Finds the stages of a document: ids, kinds, defaults merged in, repeated over the matrix. */
final class StageDrafts {

    /** As people write ids, and as {@link Matrix#id} writes those of cells into the pipeline that a run keeps. */
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]*(@[A-Za-z0-9._+=,-]+)?");

    private final Node.Mapping document;
    private final StageCells cells;
    private final Problems problems;

    StageDrafts(Node.Mapping document, StageCells cells, Problems problems) {
        this.document = document;
        this.cells = cells;
        this.problems = problems;
    }

    List<StageDraft> all() {
        Optional<Node> stages = document.get("stages");
        if (!(stages.orElse(null) instanceof Node.Sequence list) || list.items().isEmpty()) {
            problems.add(Problem.error(
                            "the key 'stages' must be a list with at least one stage",
                            stages.map(Node::position).orElse(document.position()),
                            "stages")
                    .suggesting("for example stages: [{id: semseg, train: {...}}]"));
            return List.of();
        }
        Node.Mapping defaults = defaults();
        List<StageDraft> drafts = new ArrayList<>();
        Map<String, Node.Scalar> ids = new HashMap<>();
        for (int i = 0; i < list.items().size(); i++) {
            Optional<StageDraft> written = draft(list.items().get(i), i, defaults, ids);
            written.ifPresent(draft -> drafts.addAll(cells.of(draft)));
        }
        return drafts;
    }

    private Node.Mapping defaults() {
        Optional<Node> node = document.get("defaults");
        Node.Mapping none = new Node.Mapping(List.of(), document.position());
        if (node.isEmpty()) {
            return none;
        }
        if (!(node.get() instanceof Node.Mapping mapping)) {
            problems.add(
                    Problem.error("expected a map of stage keys", node.get().position(), "defaults"));
            return none;
        }
        Set<String> valid = new TreeSet<>();
        for (StageKind kind : StageKind.values()) {
            valid.addAll(keys(kind));
        }
        PipelineLoader.reportUnknown(mapping, List.copyOf(valid), "defaults", problems);
        return mapping;
    }

    private static List<String> keys(StageKind kind) {
        return RecordModel.of(kind.type().asSubclass(Record.class)).names();
    }

    private Optional<StageDraft> draft(Node node, int index, Node.Mapping defaults, Map<String, Node.Scalar> ids) {
        String path = "stages[" + index + "]";
        if (!(node instanceof Node.Mapping stage)) {
            problems.add(
                    Problem.error("expected a stage: a map with 'id' and one of " + kinds(), node.position(), path));
            return Optional.empty();
        }
        PipelineLoader.reportUnknown(stage, PipelineLoader.STAGE_KEYS, path, problems);
        String id = id(stage, path, ids);
        List<Node.Entry> found = stage.entries().stream()
                .filter(entry -> StageKind.byKey(entry.key()).isPresent())
                .toList();
        if (found.size() != 1) {
            problems.add(Problem.error(
                    "a stage has exactly one of " + kinds() + "; found "
                            + (found.isEmpty()
                                    ? "none"
                                    : String.join(
                                            " and ",
                                            found.stream().map(Node.Entry::key).toList())),
                    found.isEmpty() ? stage.position() : found.get(1).keyPosition(),
                    path));
            return Optional.empty();
        }
        Node.Entry chosen = found.getFirst();
        StageKind kind = StageKind.byKey(chosen.key()).orElseThrow();
        if (!(chosen.value() instanceof Node.Mapping keys)) {
            problems.add(Problem.error(
                    "expected a map with the keys of a '" + kind.key() + "' stage: " + String.join(", ", keys(kind)),
                    chosen.value().position(),
                    path + "." + kind.key()));
            return Optional.empty();
        }
        Node one = new Node.Scalar("1", false, stage.position());
        Node seed = stage.get("seed").orElse(document.get("seed").orElse(one));
        Node.Mapping merged = merge(kind == StageKind.PREPARE ? expanded(keys) : keys, applicable(defaults, kind));
        String base = id.contains("@") ? id.substring(0, id.indexOf('@')) : id;
        return Optional.of(
                new StageDraft(index, id, base, Map.of(), seed, kind, merged, chosen.keyPosition(), stage.position()));
    }

    /** {@code prepare: {type: T, ...}} in full: what is not a key of the stage belongs to the work. */
    private static Node.Mapping expanded(Node.Mapping keys) {
        if (keys.get("type").isEmpty()) {
            return keys;
        }
        List<String> own = keys(StageKind.PREPARE);
        Node.Mapping work = new Node.Mapping(
                keys.entries().stream()
                        .filter(entry -> !own.contains(entry.key()))
                        .toList(),
                keys.position());
        Node.Mapping rest = new Node.Mapping(
                keys.entries().stream()
                        .filter(entry -> own.contains(entry.key()))
                        .toList(),
                keys.position());
        return rest.with(new Node.Entry("work", keys.position(), work));
    }

    private static String kinds() {
        return String.join(", ", StageKind.keys());
    }

    private String id(Node.Mapping stage, String path, Map<String, Node.Scalar> ids) {
        if (!(stage.get("id").orElse(null) instanceof Node.Scalar id) || id.isEmpty()) {
            problems.add(Problem.error("the key 'id' is missing", stage.position(), path)
                    .suggesting("add 'id: name'; it names the stage's folder and ${name} refers to it"));
            return "?" + path;
        }
        if (!ID.matcher(id.text()).matches()) {
            problems.add(Problem.error("'" + id.text() + "' cannot be the id of a stage", id.position(), path + ".id")
                    .suggesting("use lower-case letters, digits, '-' and '_'"));
        }
        Node.Scalar first = ids.putIfAbsent(id.text(), id);
        if (first != null) {
            problems.add(Problem.error(
                            "two stages have the id '" + id.text() + "'; the first is in line "
                                    + first.position().line(),
                            id.position(),
                            path + ".id")
                    .suggesting("choose another, for example '" + free(id.text(), ids) + "'"));
        }
        return id.text();
    }

    private static String free(String id, Map<String, Node.Scalar> ids) {
        int number = 2;
        while (ids.containsKey(id + "-" + number)) {
            number++;
        }
        return id + "-" + number;
    }

    private static Node.Mapping applicable(Node.Mapping defaults, StageKind kind) {
        return new Node.Mapping(
                defaults.entries().stream()
                        .filter(entry -> keys(kind).contains(entry.key()))
                        .toList(),
                defaults.position());
    }

    /** What the stage writes wins; maps are merged key by key unless both name different plugins. */
    private static Node.Mapping merge(Node.Mapping stage, Node.Mapping defaults) {
        Node.Mapping result = stage;
        for (Node.Entry entry : defaults.entries()) {
            Optional<Node> own = stage.get(entry.key());
            if (own.isEmpty()) {
                result = result.with(entry);
            } else if (own.get() instanceof Node.Mapping inner
                    && entry.value() instanceof Node.Mapping outer
                    && samePlugin(inner, outer)) {
                Node.Entry written = stage.entry(entry.key()).orElseThrow();
                result = result.with(new Node.Entry(entry.key(), written.keyPosition(), merge(inner, outer)));
            }
        }
        return result;
    }

    private static boolean samePlugin(Node.Mapping inner, Node.Mapping outer) {
        Optional<String> type = text(inner.get("type"));
        return type.isEmpty() || type.equals(text(outer.get("type")));
    }

    private static Optional<String> text(Optional<Node> node) {
        return node.filter(Node.Scalar.class::isInstance)
                .map(Node.Scalar.class::cast)
                .map(Node.Scalar::text);
    }
}
