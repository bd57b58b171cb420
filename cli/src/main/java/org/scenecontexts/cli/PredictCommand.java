package org.scenecontexts.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.text.Printable;
import org.scenecontexts.io.cloud.CloudReader;
import org.scenecontexts.io.cloud.Up;
import org.scenecontexts.runtime.pipeline.PartsOptions;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.Colours;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.Extras;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.Frame;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.PredictRequest;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.PredictResult;
import org.scenecontexts.runtime.plugin.Plugins;
import org.scenecontexts.view.Viewer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Labels one cloud. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description = {
            "Apply a trained model to a point cloud; every point, its order and its other fields stay.",
            "Objects, boxes and values of the whole scene go to a JSON file beside the cloud, boxes also"
                    + " as wires to a PLY file (NAME.boxes.ply) that viewers show over the cloud. A page that shows the"
                    + " labelled cloud in a browser (NAME.html) is written beside it.",
            "What does not fit the scenes that the model was trained on (unit, orientation, colours) is said."
        },
        footer = {"", "Example:", "  csc predict --model runs/osd/train view.pcd --out view.ply --up minus-y"})
final class PredictCommand implements Callable<Integer> {

    /** Above this many bytes a cloud is not read again only to be shown. */
    private static final long LARGE = 500_000_000;

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CLOUD", description = "The cloud to label.")
    private Path cloud;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "PATH",
            description = {
                "A checkpoint, the folder of a stage in a run folder, or the NAME of a model in the folder of csc"
                        + " (models/NAME/NAME.safetensors)."
            })
    private Path model;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = {
                "The labelled cloud to write, replacing an earlier one (default: NAME-labelled.ply in"
                        + " the folder where csc is called, for a cloud called NAME)."
            })
    private Optional<Path> given = Optional.empty();

    private Path out = Path.of("");

    @Option(names = "--logits", paramLabel = "FILE", description = "Also write the raw scores, in NumPy's format.")
    private Optional<Path> logits = Optional.empty();

    @Option(
            names = "--features",
            paramLabel = "FILE.npy",
            description = "Also write the backbone's features at every point, [N, C] float32 in NumPy's format.")
    private Optional<Path> features = Optional.empty();

    @Option(
            names = "--colours",
            paramLabel = "WHICH",
            defaultValue = "own",
            description = {
                "The colours of the labelled cloud: ${COMPLETION-CANDIDATES}"
                        + " (its own go on as scan_red ...; default: ${DEFAULT-VALUE})."
            })
    private Colours colours;

    @Option(
            names = "--scale",
            paramLabel = "FACTOR",
            defaultValue = "1",
            description = "Factor that turns the cloud's unit into metres, e.g. 0.001 for millimetres.")
    private double scale;

    @Option(
            names = "--up",
            paramLabel = "AXIS",
            defaultValue = "z",
            description = {
                "The axis of the cloud that points upwards: ${COMPLETION-CANDIDATES};"
                        + " minus-y for camera frames. Use what the training data used (default: ${DEFAULT-VALUE})."
            })
    private Up up;

    @Option(
            names = "--confidence",
            paramLabel = "LEAST",
            defaultValue = "0.3",
            description = "Least confidence of boxes that are written, 0 to 1 (default: ${DEFAULT-VALUE}).")
    private double confidence;

    @Mixin
    private PartsMixin parts;

    @Mixin
    private DeviceMixin device;

    @Mixin
    private RunOptionsMixin runOptions;

    @Mixin
    private OpenMixin page;

    @Override
    public Integer call() {
        page.check(main.host().environment());
        findShipped();
        mustExist("--model", model);
        mustExist("CLOUD", cloud);
        requireOwnFiles();
        if (features.isPresent() && parts.given()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--features are those of a whole cloud seen once; leave out --features, or --blocks and --tta");
        }
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new ParameterException(spec.commandLine(), "--scale must be greater than 0, found " + scale);
        }
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new ParameterException(spec.commandLine(), "--confidence is from 0 to 1, found " + confidence);
        }
        PrintWriter console = spec.commandLine().getOut();
        try (Plugins plugins = main.discover(true)) {
            Optional<Choice<EngineFactory.Context, TensorEngine>> chosen = device.read(plugins.catalog());
            OptionalInt other = Restart.where(
                    DeviceMixin.engines(chosen.stream().toList()),
                    spec.root().commandLine().getParseResult().originalArgs());
            if (other.isPresent()) {
                return other.getAsInt();
            }
            PartsOptions seen = parts.read(plugins.catalog());
            Extras extras = new Extras(logits, features, colours, seen.blocks(), seen.tta());
            PredictRequest request = new PredictRequest(model, cloud, out, extras, new Frame(scale, up));
            PredictRequest wanted = request.withConfidence(confidence).on(chosen);
            PredictResult result = main.host()
                    .executor()
                    .get()
                    .predict(
                            wanted,
                            runOptions.options(plugins.catalog(), main.host().questions()));
            ClassCounts.lines(result).forEach(console::println);
            String more = Stream.of(logits, features, result.document(), result.wires())
                    .flatMap(Optional::stream)
                    .map(file -> ", " + file)
                    .collect(Collectors.joining());
            Optional<Path> shown = show(plugins.catalog().extensions(CloudReader.class));
            console.println("wrote " + out + more);
            shown.ifPresent(html -> console.println("to look at it: " + html));
            console.flush();
            shown.ifPresent(html -> page.open(html, spec.commandLine().getErr()));
            return 0;
        }
    }

    /** Takes what comes with csc where there is nothing else of that name, and names the result where no one did. */
    private void findShipped() {
        Shipped shipped = main.shipped();
        PrintWriter err = spec.commandLine().getErr();
        Path found = shipped.model(model, err);
        if (!Files.exists(found) && model.getNameCount() == 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--model: there is no file '" + model + "' (looked in "
                            + Path.of("").toAbsolutePath()
                            + ") and no model of this name in the folder of csc, which has "
                            + (shipped.models().isEmpty() ? "none" : String.join(", ", shipped.models())));
        }
        model = found;
        cloud = shipped.file(cloud, err);
        out = given.orElseGet(() -> Path.of(stem(cloud) + "-labelled.ply"));
    }

    /** Writes the page that shows the labelled cloud; that it cannot be written is a warning, since the cloud is there. */
    private Optional<Path> show(List<CloudReader> readers) {
        Path html = html();
        PrintWriter err = spec.commandLine().getErr();
        if (out.toFile().length() > LARGE) {
            err.println("warning: " + out + " is large; 'csc view' makes a page of it");
            err.flush();
            return Optional.empty();
        }
        try {
            new Viewer(readers).write(Viewer.Request.of(out, html).withUp(up));
            return Optional.of(html);
        } catch (CloudException | UncheckedIOException e) {
            err.println("warning: no page to look at was written: " + Printable.text(e.getMessage()));
            err.flush();
            return Optional.empty();
        }
    }

    private Path html() {
        return out.resolveSibling(stem(out) + ".html");
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    /** No file that is written may be the cloud, or be written twice. */
    private void requireOwnFiles() {
        Map<Path, String> files = new HashMap<>(Map.of(absolute(cloud), "the cloud"));
        Map<String, Optional<Path>> written = new LinkedHashMap<>();
        written.put("--out", Optional.of(out));
        written.put("the page beside --out", Optional.of(html()));
        written.put("--logits", logits);
        written.put("--features", features);
        written.forEach((option, file) -> file.ifPresent(path -> {
            String other = files.putIfAbsent(absolute(path), "the file of " + option);
            if (other != null) {
                throw new ParameterException(
                        spec.commandLine(), option + " would overwrite " + other + "; name another file");
            }
        }));
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private void mustExist(String what, Path path) {
        if (!Files.exists(path)) {
            throw new ParameterException(
                    spec.commandLine(),
                    what + ": there is no file '" + path + "' (looked in "
                            + Path.of("").toAbsolutePath() + ")");
        }
    }
}
