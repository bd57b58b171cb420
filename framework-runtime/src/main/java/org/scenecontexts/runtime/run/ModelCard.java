package org.scenecontexts.runtime.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.runtime.checkpoint.Checkpoint;
import org.scenecontexts.runtime.config.Binder;
import org.scenecontexts.runtime.config.ConfigTree;
import org.scenecontexts.runtime.config.FactoryLookup;
import org.scenecontexts.runtime.config.Problems;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.config.YamlReader;
import org.scenecontexts.runtime.config.YamlWriter;
import org.scenecontexts.runtime.log.Json;

/**
 * What a checkpoint says about its own network, so that the file alone is enough to use it again.
 *
 * @since 0.1
 */
public final class ModelCard {

    private static final String MODEL = "csc.model";
    private static final String CLASSES = "csc.classes";
    private static final String NAMES = "names";
    private static final String PALETTE = "palette";

    private ModelCard() {}

    /** The texts to store with the tensors of a model. */
    public static Map<String, String> of(Model model) {
        Map<String, Object> classes = new LinkedHashMap<>();
        classes.put(NAMES, model.classes().names());
        classes.put(PALETTE, model.classes().palette());
        Map<String, String> card = new LinkedHashMap<>();
        card.put(MODEL, YamlWriter.write(new ConfigTree(Map.of()).of(model.spec())));
        card.put(CLASSES, Json.line(classes));
        return card;
    }

    /**
     * Builds the model of a checkpoint and gives it its values.
     *
     * @param plugins what the checkpoint's backbone and task are looked up in
     * @throws CloudException when the file has no card, or does not fit the network that the card describes
     * @throws org.scenecontexts.runtime.config.InvalidConfigException when a plugin of the card is not installed
     */
    public static Model load(Path file, FactoryLookup plugins, TensorEngine engine, RunContext context) {
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            Model model = Model.create(spec(checkpoint, plugins), engine, classes(checkpoint), context);
            checkpoint.load(model.network().state(), true);
            model.network().training(false);
            return model;
        }
    }

    /** Whether a file is a checkpoint that describes its network. */
    static boolean isIn(Path file) {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")) {
            return false;
        }
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            return checkpoint.metadata(MODEL).isPresent();
        }
    }

    private static ModelSpec spec(Checkpoint checkpoint, FactoryLookup plugins) {
        SourceText source = SourceText.of(checkpoint.path() + " (" + MODEL + ")", text(checkpoint, MODEL));
        Problems problems = new Problems();
        Optional<ModelSpec> spec = YamlReader.read(source, problems)
                .flatMap(node ->
                        new Binder(plugins, Map.of(), problems).bind(node, ModelSpec.class, node.position(), ""));
        problems.throwIfErrors();
        return spec.orElseThrow(() -> new CloudException(checkpoint.path() + ": its '" + MODEL + "' cannot be read"));
    }

    private static SceneClasses classes(Checkpoint checkpoint) {
        Map<String, Object> values = Json.parse(text(checkpoint, CLASSES)).orElse(Map.of());
        if (values.get(NAMES) instanceof List<?> names && values.get(PALETTE) instanceof List<?> palette) {
            return new SceneClasses(
                    names.stream().map(String::valueOf).toList(),
                    palette.stream().map(colour -> ((Number) colour).intValue()).toList());
        }
        throw new CloudException(checkpoint.path() + ": its '" + CLASSES + "' cannot be read");
    }

    private static String text(Checkpoint checkpoint, String key) {
        return checkpoint
                .metadata(key)
                .orElseThrow(
                        () -> new CloudException(
                                checkpoint.path() + ": has no '" + key + "' in its metadata, so it was"
                                        + " not written by a training of this program and cannot be used alone; evaluate it with 'network', or train from it with 'init'"));
    }
}
