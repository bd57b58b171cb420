package org.scenecontexts.runtime.execute;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.WritesFile;
import org.scenecontexts.io.folder.DataFolder;
import org.scenecontexts.runtime.config.Node;
import org.scenecontexts.runtime.config.Problems;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.config.YamlReader;
import org.scenecontexts.runtime.config.YamlWriter;
import org.scenecontexts.runtime.pipeline.HookChoices;
import org.scenecontexts.runtime.pipeline.ModelRef;
import org.scenecontexts.runtime.pipeline.PipelineWriter;
import org.scenecontexts.runtime.pipeline.Stage;
import org.scenecontexts.runtime.pipeline.StageKind;
import org.scenecontexts.runtime.pipeline.TrainStage;

/**
 * Tells whether what a stage depends on has changed: its configuration, the models that it reads, and names, sizes and
 * times of the files that its configuration names. Threads and logging do not count, because they do not change results, and neither do hooks that only look.
 *
 * @since 0.1
 */
final class Fingerprints {

    private static final List<String> WITHOUT_EFFECT = List.of("threads", "workers", "log-every", "checkpoint-every");

    private Fingerprints() {}

    /**
     * The fingerprint of a stage.
     *
     * @param earlier fingerprint of an earlier stage, by id
     */
    static String of(Stage stage, Function<String, String> earlier) {
        List<String> parts = new ArrayList<>();
        parts.add(configuration(stage));
        for (ModelRef model : stage.config().models()) {
            switch (model) {
                case ModelRef.OfStage(String id, ModelRef.Checkpoint checkpoint) ->
                    parts.add(checkpoint + " of " + earlier.apply(id));
                case ModelRef.OfFile(Path path) -> stamps(path, parts);
            }
        }
        files(stage.config(), parts);
        return sha256(String.join("\n", parts));
    }

    private static String configuration(Stage stage) {
        String yaml = PipelineWriter.yaml(stage);
        String kind = StageKind.of(stage.config()).key();
        Optional<Node> root = YamlReader.read(SourceText.of("stage", yaml), new Problems());
        if (root.isPresent()
                && root.get() instanceof Node.Mapping top
                && top.get(kind).isPresent()
                && top.get(kind).get() instanceof Node.Mapping keys) {
            Node.Mapping kept = keys;
            for (String key : WITHOUT_EFFECT) {
                kept = kept.without(key);
            }
            if (stage.config() instanceof TrainStage train) {
                kept = steered(kept, train);
            }
            return YamlWriter.write(top.with(new Node.Entry(kind, keys.position(), kept)));
        }
        return yaml;
    }

    /** Only the hooks that change the result; without any, as before there were hooks. */
    private static Node.Mapping steered(Node.Mapping keys, TrainStage train) {
        Node.Mapping kept = keys;
        for (String list : List.of("hooks", "freeze", "groups")) {
            if (kept.get(list).orElse(null) instanceof Node.Sequence all) {
                List<Node> counting = IntStream.range(0, all.items().size())
                        .filter(i -> !list.equals("hooks")
                                || !HookChoices.observes(train.hooks().get(i)))
                        .mapToObj(all.items()::get)
                        .toList();
                kept = counting.isEmpty()
                        ? kept.without(list)
                        : kept.with(new Node.Entry(list, all.position(), new Node.Sequence(counting, all.position())));
            }
        }
        return kept;
    }

    private static void files(Object value, List<String> parts) {
        switch (value) {
            case Path path -> stamps(path, parts);
            case Choice<?, ?> choice when HookChoices.observes(choice) -> {}
            case Choice<?, ?> choice -> files(choice.config(), parts);
            case Optional<?> optional -> optional.ifPresent(inner -> files(inner, parts));
            case List<?> list -> list.forEach(item -> files(item, parts));
            case Map<?, ?> map -> map.values().forEach(item -> files(item, parts));
            case ModelRef model -> {}
            case Record config -> {
                for (RecordComponent component : config.getClass().getRecordComponents()) {
                    if (!component.isAnnotationPresent(WritesFile.class)) {
                        files(read(config, component), parts);
                    }
                }
            }
            default -> {}
        }
    }

    static Object read(Record config, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(config);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "cannot read " + config.getClass().getName() + "." + component.getName(), e);
        }
    }

    private static void stamps(Path path, List<String> parts) {
        if (!Files.exists(path)) {
            parts.add(path + " missing");
            return;
        }
        try {
            // The same walk as that of the data sets, so that what they read through links counts too.
            List<Path> files = Files.isDirectory(path) ? DataFolder.of(path).files() : List.of(path);
            for (Path file : files.stream().sorted().toList()) {
                parts.add(path.relativize(file) + " " + Files.size(file) + " "
                        + Files.getLastModifiedTime(file).toMillis());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be listed: " + e, e);
        }
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
