package org.scenecontexts.runtime.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.io.torch.WeightFiles;
import org.scenecontexts.runtime.checkpoint.InitialWeights;
import org.scenecontexts.runtime.checkpoint.PublishedNames;
import org.scenecontexts.runtime.checkpoint.SelfDescription;
import org.scenecontexts.runtime.config.Binder;
import org.scenecontexts.runtime.config.ConfigTree;
import org.scenecontexts.runtime.config.FactoryLookup;
import org.scenecontexts.runtime.config.Problems;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.config.YamlReader;
import org.scenecontexts.runtime.config.YamlWriter;
import org.scenecontexts.runtime.frame.TrainingFrame;
import org.scenecontexts.runtime.log.Json;

/**
 * What a checkpoint says about its own network, so that the file alone is enough to use it again.
 *
 * @since 0.1
 */
public final class ModelCard {

    private static final String MODEL = SelfDescription.MODEL;
    private static final String CLASSES = "csc.classes";
    private static final String NAMES = "names";
    private static final String PALETTE = "palette";

    private static final String NOTES = "csc.task.";

    private ModelCard() {}

    /** The texts to store with the tensors of a model. */
    public static Map<String, String> of(Model model) {
        Map<String, Object> classes = new LinkedHashMap<>();
        classes.put(NAMES, model.classes().names());
        classes.put(PALETTE, model.classes().palette());
        Map<String, String> card = new LinkedHashMap<>();
        card.put(MODEL, YamlWriter.write(new ConfigTree(Map.of()).of(model.spec())));
        card.put(CLASSES, Json.line(classes));
        String prefix = model.spec().facts().prefix();
        if (!prefix.isEmpty()) {
            card.put(PublishedNames.PREFIX, prefix);
            card.put(
                    PublishedNames.HEAD,
                    Json.line(Map.of(
                            "names",
                            model.task().module().state().stream()
                                    .map(StateEntry::name)
                                    .filter(name -> model.spec().facts().underPrefix().stream()
                                            .noneMatch(name::startsWith))
                                    .toList())));
        }
        return card;
    }

    /** The texts to store of what the task measured so far. */
    public static Map<String, String> notes(Task task) {
        Map<String, String> notes = new LinkedHashMap<>();
        task.notes().forEach((name, text) -> notes.put(NOTES + name, text));
        return notes;
    }

    /** Gives a task back what it measured, where a file says so. */
    public static void restoreNotes(Task task, Map<String, String> metadata) {
        Map<String, String> notes = new LinkedHashMap<>();
        metadata.forEach((key, text) -> {
            if (key.startsWith(NOTES)) {
                notes.put(key.substring(NOTES.length()), text);
            }
        });
        if (!notes.isEmpty()) {
            task.restore(notes);
        }
    }

    /**
     * Builds the model of a checkpoint and gives it its values; converted ones ({@code .pth}, another kernel layout) are put
     * back into the form of the model.
     *
     * @param plugins what the checkpoint's backbone and task are looked up in
     * @throws CloudException when the file has no card, or does not fit the network that the card describes
     * @throws org.scenecontexts.runtime.config.InvalidConfigException when a plugin of the card is not installed
     */
    public static Model load(Path file, FactoryLookup plugins, TensorEngine engine, RunContext context) {
        Map<String, String> card = WeightFiles.metadata(file);
        Model model = Model.create(spec(file, card, plugins), engine, classes(file, card), context);
        InitialWeights.loadWhole(
                file,
                WeightFiles.read(file),
                InitialWeights.Said.nothing("csc weights convert --from-layout"),
                model.network().state(),
                model.backbone().metadata(),
                true);
        restoreNotes(model.task(), card);
        model.network().training(false);
        return model;
    }

    /** What the scenes looked like that a file's model was trained on; nothing in files that do not say so. */
    public static Optional<TrainingFrame> frame(Path file) {
        return Optional.ofNullable(WeightFiles.metadata(file).get(TrainingFrame.METADATA_KEY))
                .flatMap(TrainingFrame::parse);
    }

    /** The classes that the model of a file tells apart; nothing when the file does not say. */
    public static Optional<SceneClasses> classesIn(Path file) {
        Map<String, String> card = WeightFiles.metadata(file);
        return card.containsKey(CLASSES) ? Optional.of(classes(file, card)) : Optional.empty();
    }

    private static ModelSpec spec(Path file, Map<String, String> card, FactoryLookup plugins) {
        SourceText source = SourceText.of(file + " (" + MODEL + ")", text(file, card, MODEL));
        Problems problems = new Problems();
        Optional<ModelSpec> spec = YamlReader.read(source, problems)
                .flatMap(node ->
                        new Binder(plugins, Map.of(), problems).bind(node, ModelSpec.class, node.position(), ""));
        problems.throwIfErrors();
        return spec.orElseThrow(() -> new CloudException(file + ": its '" + MODEL + "' cannot be read"));
    }

    private static SceneClasses classes(Path file, Map<String, String> card) {
        Map<String, Object> values = Json.parse(text(file, card, CLASSES)).orElse(Map.of());
        if (values.get(NAMES) instanceof List<?> names && values.get(PALETTE) instanceof List<?> palette) {
            return new SceneClasses(
                    names.stream().map(String::valueOf).toList(),
                    palette.stream().map(colour -> ((Number) colour).intValue()).toList());
        }
        throw new CloudException(file + ": its '" + CLASSES + "' cannot be read");
    }

    private static String text(Path file, Map<String, String> card, String key) {
        return Optional.ofNullable(card.get(key))
                .orElseThrow(() -> new CloudException(
                        file + ": has no '" + key + "' in its metadata, so it is not a checkpoint of this program, nor"
                                + " made of one by 'csc weights convert', and cannot be used alone; evaluate it with"
                                + " 'network', or train from it with 'init'"));
    }
}
