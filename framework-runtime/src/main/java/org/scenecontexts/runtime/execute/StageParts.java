package org.scenecontexts.runtime.execute;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.WritesFile;
import org.scenecontexts.runtime.checkpoint.Checkpoint;
import org.scenecontexts.runtime.code.CodeBook;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.ModelRef;
import org.scenecontexts.runtime.pipeline.Stage;
import org.scenecontexts.runtime.pipeline.TrainStage;
import org.scenecontexts.runtime.run.ModelFiles;

/** Looks through the configuration of a stage for the plugins that it uses and the places that it writes to. */
final class StageParts {

    private StageParts() {}

    /**
     * Ids of the plugins whose code makes the results of a stage: those it names, and those that a model it reads was built
     * of. A training that starts from a model takes its numbers only.
     *
     * @param earlier plugins of an earlier stage, by id
     */
    static Set<String> plugins(Stage stage, CodeBook book, Function<String, Set<String>> earlier) {
        Set<String> used = new HashSet<>();
        visit(stage.config(), value -> {
            if (value instanceof Choice<?, ?> choice) {
                used.add(book.plugin(choice.factory()));
            }
        });
        if (!(stage.config() instanceof TrainStage)) {
            for (ModelRef model : stage.config().models()) {
                used.addAll(
                        switch (model) {
                            case ModelRef.OfStage(String id, ModelRef.Checkpoint checkpoint) -> earlier.apply(id);
                            case ModelRef.OfFile(Path place) -> makers(place, book);
                        });
            }
        }
        return used;
    }

    /** The plugins that a checkpoint says it was made of; all where it does not say, none where the stage names them. */
    private static Set<String> makers(Path place, CodeBook book) {
        try (Checkpoint checkpoint = Checkpoint.open(ModelFiles.find(place))) {
            Optional<Map<String, Object>> makers =
                    checkpoint.metadata(StageWork.PLUGINS).flatMap(Json::parse);
            if (makers.isPresent()) {
                Set<String> ids = new HashSet<>();
                makers.get()
                        .values()
                        .forEach(maker -> ids.add(String.valueOf(maker).split(" ")[0]));
                return ids;
            }
            return book.all();
        } catch (RuntimeException e) {
            // Bare weights, whose network the stage names itself; or a file that the stage will complain about.
            return Set.of();
        }
    }

    /** Every file and folder that a stage writes to outside of its own folder. */
    static List<Path> written(Stage stage) {
        List<Path> places = new ArrayList<>();
        written(stage.config(), places);
        return places;
    }

    /** Every file and folder that a stage names, to read or to write. */
    static List<Path> named(Stage stage) {
        List<Path> places = new ArrayList<>();
        visit(stage.config(), value -> {
            switch (value) {
                case Path path -> places.add(path);
                case ModelRef.OfFile(Path path) -> places.add(path);
                default -> {}
            }
        });
        return places;
    }

    private static void written(Object value, List<Path> places) {
        visit(value, inner -> {
            if (inner instanceof Record config) {
                for (RecordComponent component : config.getClass().getRecordComponents()) {
                    if (component.isAnnotationPresent(WritesFile.class)) {
                        visit(Fingerprints.read(config, component), place -> {
                            if (place instanceof Path path) {
                                places.add(path);
                            }
                        });
                    }
                }
            }
        });
    }

    /** Shows a value and everything in it. */
    private static void visit(Object value, Consumer<Object> visitor) {
        visitor.accept(value);
        switch (value) {
            case Choice<?, ?> choice -> visit(choice.config(), visitor);
            case Optional<?> optional -> optional.ifPresent(inner -> visit(inner, visitor));
            case List<?> list -> list.forEach(item -> visit(item, visitor));
            case Map<?, ?> map -> map.values().forEach(item -> visit(item, visitor));
            case ModelRef model -> {}
            case Record config -> {
                for (RecordComponent component : config.getClass().getRecordComponents()) {
                    visit(Fingerprints.read(config, component), visitor);
                }
            }
            default -> {}
        }
    }
}
