package org.scenecontexts.runtime.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scenecontexts.runtime.config.Binder;
import org.scenecontexts.runtime.config.NamedFile;
import org.scenecontexts.runtime.config.Names;
import org.scenecontexts.runtime.config.Node;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.config.Problems;

/**
 * Reads {@code ${stage}}, {@code ${stage.best}} or a file name, and checks that the stage exists, comes earlier and makes
 * what is asked for.
 *
 * @param earlier the stages before the one that is read, by id
 * @param later ids of the stage itself and of those after it
 * @param files told the files that models are read from
 */
record ModelRefReader(Map<String, StageDraft> earlier, List<String> later, Consumer<NamedFile> files)
        implements Binder.SpecialReader<ModelRef> {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(.+?)(?:\\.(last|best))?}");

    @Override
    public Optional<ModelRef> read(Node node, String path, Problems problems) {
        if (!(node instanceof Node.Scalar scalar) || scalar.isEmpty()) {
            problems.add(
                    Problem.error("expected a model: a reference to an earlier stage, or a file", node.position(), path)
                            .suggesting("write ${stage-id}"));
            return Optional.empty();
        }
        if (!scalar.text().contains("${")) {
            Path file = Path.of(scalar.text());
            files.accept(new NamedFile(file, scalar.position(), path, NamedFile.Use.READ));
            return Optional.of(new ModelRef.OfFile(file));
        }
        Matcher reference = REFERENCE.matcher(scalar.text());
        if (!reference.matches()) {
            return refuse(
                    scalar,
                    path,
                    problems,
                    "'" + scalar.text() + "' is not a reference to a stage",
                    "write" + " ${stage-id} or ${stage-id.best}");
        }
        String id = reference.group(1);
        StageDraft stage = earlier.get(id);
        if (stage == null) {
            return unknown(id, scalar, path, problems);
        }
        List<String> models = earlier.values().stream()
                .filter(draft -> draft.kind().makesModel())
                .map(StageDraft::id)
                .toList();
        if (!stage.kind().makesModel()) {
            return refuse(
                    scalar,
                    path,
                    problems,
                    "stage '" + id + "' is an '" + stage.kind().key() + "' stage and makes no model",
                    "stages that make one: " + String.join(", ", models));
        }
        ModelRef.Checkpoint checkpoint = reference.group(2) == null
                ? ModelRef.Checkpoint.LAST
                : ModelRef.Checkpoint.valueOf(reference.group(2).toUpperCase(Locale.ROOT));
        if (checkpoint == ModelRef.Checkpoint.BEST
                && stage.keys().get("validation").isEmpty()) {
            return refuse(
                    scalar,
                    path,
                    problems,
                    "stage '" + id + "' has no 'validation', so no checkpoint of it is known to be the best",
                    "write ${" + id + "}, or add 'validation' to the stage");
        }
        return Optional.of(new ModelRef.OfStage(id, checkpoint));
    }

    private Optional<ModelRef> unknown(String id, Node.Scalar scalar, String path, Problems problems) {
        if (later.contains(id)) {
            return refuse(
                    scalar,
                    path,
                    problems,
                    "stage '" + id + "' does not come before this one",
                    "move it up: stages run in the order written");
        }
        List<String> valid = List.copyOf(earlier.keySet());
        return refuse(
                scalar,
                path,
                problems,
                "there is no stage '" + id + "' to refer to",
                (Names.didYouMean(id, valid) + " earlier stages: "
                                + (valid.isEmpty() ? "none" : String.join(", ", valid)))
                        .strip());
    }

    private static Optional<ModelRef> refuse(
            Node node, String path, Problems problems, String message, String suggestion) {
        problems.add(Problem.error(message, node.position(), path).suggesting(suggestion));
        return Optional.empty();
    }
}
