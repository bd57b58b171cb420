package org.scenecontexts.runtime.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scenecontexts.runtime.config.Names;
import org.scenecontexts.runtime.config.Node;
import org.scenecontexts.runtime.config.Position;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.config.Problems;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.config.YamlReader;

/**
 * Applies {@code --set path=value}: a path is {@code stage-id.key.sub}, {@code stages.stage-id.key.sub} or a top-level
 * key such as {@code seed}; {@code *} is every stage; {@code [2]} or {@code .2} counts list items from 0; the value is YAML.
 */
final class Overrides {

    private final Problems problems;

    Overrides(Problems problems) {
        this.problems = problems;
    }

    Node.Mapping apply(Node.Mapping document, List<String> assignments) {
        Node.Mapping result = document;
        for (int i = 0; i < assignments.size(); i++) {
            SourceText source = SourceText.of("--set #" + (i + 1), assignments.get(i));
            result = apply(result, source, assignments.get(i));
        }
        return result;
    }

    private Node.Mapping apply(Node.Mapping document, SourceText source, String assignment) {
        Position start = source.at(1, 1);
        int equals = assignment.indexOf('=');
        if (equals <= 0) {
            problems.add(Problem.error("expected path=value, found \"" + assignment + "\"", start, "")
                    .suggesting("for example --set seed=2 or --set semseg.optimizer.lr=0.05"));
            return document;
        }
        String padded = " ".repeat(equals + 1) + assignment.substring(equals + 1);
        Optional<Node> read = padded.isBlank()
                ? Optional.of(new Node.Scalar("", false, source.at(1, equals + 2)))
                : YamlReader.read(source, padded, problems);
        if (read.isEmpty()) {
            return document;
        }
        List<String> path = new ArrayList<>(List.of(
                assignment.substring(0, equals).replaceAll("\\[(\\d+)]", ".$1").split("\\.", -1)));
        Node.Mapping changed = document;
        for (List<String> one : ofEveryStage(document, path)) {
            changed = (Node.Mapping) set(changed, located(changed, one, start), 0, read.get(), start);
        }
        return changed;
    }

    /** A path that begins with {@code *}, for each stage; any other alone. */
    private static List<List<String>> ofEveryStage(Node.Mapping document, List<String> path) {
        if (!path.getFirst().equals("*") || !(document.get("stages").orElse(null) instanceof Node.Sequence list)) {
            return List.of(path);
        }
        List<List<String>> all = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            List<String> one = new ArrayList<>(List.of("stages", Integer.toString(i)));
            one.addAll(path.subList(1, path.size()));
            all.add(one);
        }
        return all;
    }

    /** Adds what a short path leaves out: {@code stages}, the position of the stage, and the stage's kind. */
    private List<String> located(Node.Mapping document, List<String> path, Position at) {
        List<Node> stages =
                document.get("stages").orElse(null) instanceof Node.Sequence list ? list.items() : List.of();
        List<String> ids = stages.stream().map(Overrides::id).toList();
        List<String> inner = path;
        if (path.getFirst().equals("stages") && path.size() > 1) {
            inner = path.subList(1, path.size());
        } else if (PipelineLoader.TOP_KEYS.contains(path.getFirst())) {
            return path;
        }
        int index = ids.indexOf(inner.getFirst());
        if (index < 0 && inner != path && inner.getFirst().matches("\\d{1,6}")) {
            index = Integer.parseInt(inner.getFirst());
        }
        if (index < 0 || index >= stages.size()) {
            List<String> valid = new ArrayList<>(ids);
            valid.addAll(PipelineLoader.TOP_KEYS);
            problems.add(Problem.error("there is no stage '" + inner.getFirst() + "' to set a key of", at, "")
                    .suggesting((Names.didYouMean(inner.getFirst(), valid) + " stages: " + String.join(", ", ids))
                            .strip()));
            return List.of();
        }
        List<String> full = new ArrayList<>(List.of("stages", Integer.toString(index)));
        List<String> rest = inner.subList(1, inner.size());
        boolean ofStage = rest.isEmpty() || PipelineLoader.STAGE_KEYS.contains(rest.getFirst());
        if (!ofStage && stages.get(index) instanceof Node.Mapping stage) {
            StageKind.keys().stream()
                    .filter(key -> stage.get(key).isPresent())
                    .findFirst()
                    .ifPresent(full::add);
        }
        full.addAll(rest);
        return full;
    }

    private static String id(Node stage) {
        return stage instanceof Node.Mapping mapping && mapping.get("id").orElse(null) instanceof Node.Scalar id
                ? id.text()
                : "";
    }

    private Node set(Node node, List<String> path, int depth, Node value, Position at) {
        if (depth == path.size()) {
            return path.isEmpty() ? node : value;
        }
        String step = path.get(depth);
        switch (node) {
            case Node.Mapping map -> {
                Node inner = map.get(step).orElse(new Node.Scalar("", false, at));
                return map.with(new Node.Entry(step, at, set(inner, path, depth + 1, value, at)));
            }
            case Node.Sequence list -> {
                int index = step.matches("\\d{1,6}") ? Integer.parseInt(step) : -1;
                if (index < 0 || index >= list.items().size()) {
                    problems.add(Problem.error(
                            "'" + step + "' is no item of the list " + String.join(".", path.subList(0, depth))
                                    + "; items are numbered 0 to "
                                    + (list.items().size() - 1),
                            at,
                            String.join(".", path)));
                    return node;
                }
                List<Node> items = new ArrayList<>(list.items());
                items.set(index, set(items.get(index), path, depth + 1, value, at));
                return new Node.Sequence(items, list.position());
            }
            case Node.Scalar scalar -> {
                // "backbone: res16unet34c" is short for "backbone: {type: res16unet34c}", so a key can be set inside.
                List<Node.Entry> type =
                        scalar.isEmpty() ? List.of() : List.of(new Node.Entry("type", scalar.position(), scalar));
                return set(new Node.Mapping(type, scalar.position()), path, depth, value, at);
            }
        }
    }
}
