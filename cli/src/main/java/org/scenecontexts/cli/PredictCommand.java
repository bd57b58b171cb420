package org.scenecontexts.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.scenecontexts.io.cloud.Up;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.Frame;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.PredictRequest;
import org.scenecontexts.runtime.plugin.Plugins;
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
        description = "Label a point cloud with a trained model; every point, its order and its other fields stay.",
        footer = {"", "Example:", "  csc predict --model runs/quickstart/semseg cloud.ply --out labelled.ply"})
final class PredictCommand implements Callable<Integer> {

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
            description = "A checkpoint, or the folder of a stage in a run folder.")
    private Path model;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The labelled cloud to write.")
    private Path out;

    @Option(names = "--logits", paramLabel = "FILE", description = "Also write the raw scores, in NumPy's format.")
    private Optional<Path> logits = Optional.empty();

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
                "The axis of the cloud that points upwards: ${COMPLETION-CANDIDATES};",
                "minus-y for camera frames. Use what the training data used (default: ${DEFAULT-VALUE})."
            })
    private Up up;

    @Mixin
    private RunOptionsMixin runOptions;

    @Override
    public Integer call() {
        mustExist("--model", model);
        mustExist("CLOUD", cloud);
        if (out.toAbsolutePath().normalize().equals(cloud.toAbsolutePath().normalize())) {
            throw new ParameterException(spec.commandLine(), "--out would overwrite the cloud; name another file");
        }
        if (!(scale > 0)) {
            throw new ParameterException(spec.commandLine(), "--scale must be greater than 0, found " + scale);
        }
        PrintWriter console = spec.commandLine().getOut();
        try (Plugins plugins = main.discover(true)) {
            PredictRequest request = new PredictRequest(model, cloud, out, logits, new Frame(scale, up));
            main.host()
                    .executor()
                    .get()
                    .predict(
                            request,
                            runOptions.options(plugins.catalog(), main.host().questions()));
            console.println("wrote " + out + logits.map(file -> " and " + file).orElse(""));
            console.flush();
            return 0;
        }
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
