package org.scenecontexts.runtime.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.runtime.pipeline.ModelRef;

/**
 * Finds the checkpoint that a user means by a file, the folder of a stage, or a run folder.
 *
 * @since 0.1
 */
public final class ModelFiles {

    private ModelFiles() {}

    /** The checkpoint of a reference in a pipeline. */
    public static Path of(ModelRef model, RunFolder run) {
        return switch (model) {
            case ModelRef.OfStage(String id, ModelRef.Checkpoint checkpoint) ->
                switch (checkpoint) {
                    case LAST -> run.stage(id).last();
                    case BEST -> run.stage(id).best();
                };
            case ModelRef.OfFile(Path path) -> find(path);
        };
    }

    /**
     * The checkpoint at a place: a file itself; of a stage's folder the best, or the last where none was measured; of a run
     * folder that of its only trained stage; of a folder of checkpoints the best or the last in it.
     *
     * @throws CloudException when there is none, or several; the message names what there is
     */
    public static Path find(Path place) {
        if (Files.isRegularFile(place)) {
            return place;
        }
        if (!Files.isDirectory(place)) {
            throw new CloudException(
                    place + ": no such file or folder; name a checkpoint (*.safetensors) or the folder of"
                            + " a trained stage, such as runs/NAME/STAGE");
        }
        StageFolder stage = new StageFolder(place);
        if (trained(stage)) {
            return Files.isRegularFile(stage.best()) ? stage.best() : stage.last();
        }
        for (String name : List.of("best.safetensors", "last.safetensors")) {
            if (Files.isRegularFile(place.resolve(name))) {
                return place.resolve(name);
            }
        }
        List<StageFolder> inside = stages(place);
        if (inside.size() == 1) {
            return find(inside.getFirst().path());
        }
        throw new CloudException(
                inside.isEmpty()
                        ? place
                                + ": holds no checkpoint; expected checkpoints/last.safetensors in it or in one of its"
                                + " folders: name the folder of a stage that trains, such as runs/NAME/STAGE"
                        : place + ": holds several trained stages; name one of "
                                + inside.stream().map(StageFolder::path).toList());
    }

    private static boolean trained(StageFolder stage) {
        return Files.isRegularFile(stage.last()) || Files.isRegularFile(stage.best());
    }

    private static List<StageFolder> stages(Path run) {
        try (Stream<Path> folders = Files.list(run)) {
            return folders.sorted()
                    .filter(folder -> !folder.getFileName().toString().startsWith("."))
                    .map(StageFolder::new)
                    .filter(ModelFiles::trained)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(run + ": cannot be listed: " + e, e);
        }
    }
}
