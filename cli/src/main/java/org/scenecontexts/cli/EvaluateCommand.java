package org.scenecontexts.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.scenecontexts.runtime.config.InvalidConfigException;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.execute.Preflight;
import org.scenecontexts.runtime.pipeline.DeviceOption;
import org.scenecontexts.runtime.pipeline.Pipeline;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.RunResult;
import org.scenecontexts.runtime.pipeline.PipelineLoader;
import org.scenecontexts.runtime.plugin.Plugins;
import org.scenecontexts.view.RunReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Measures a trained model on a data set, without a pipeline file. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Measure a trained model on a data set.",
        footer = {
            "",
            "Example:",
            "  csc evaluate --model runs/quickstart/semseg --data '{type: point-clouds, path: clouds}' \\",
            "      --benchmark semantic-iou"
        })
final class EvaluateCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "PATH",
            description =
                    "A checkpoint, the folder of a stage in a run folder, or a file of bare weights with --network.")
    private Path model;

    @Option(
            names = "--network",
            paramLabel = "YAML",
            description = "The network that bare weights (.pth) belong to, as under 'network:' in a pipeline.")
    private String network;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "YAML",
            description = "The data set, as under 'data:' in a pipeline.")
    private String data;

    @Option(
            names = "--benchmark",
            required = true,
            paramLabel = "YAML",
            description = "What to measure, as under 'benchmark:' in a pipeline.")
    private String benchmark;

    @Option(
            names = "--name",
            defaultValue = "evaluate",
            description = "Name of the run folder (default: ${DEFAULT-VALUE}).")
    private String name;

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
        if (!Files.exists(model)) {
            throw new ParameterException(spec.commandLine(), "--model: there is no file or folder '" + model + "'");
        }
        PrintWriter out = spec.commandLine().getOut();
        String quoted = model.toString().replace("'", "''");
        String text = "name: " + name + "\nstages:\n  - id: evaluate\n    evaluate:\n      model: '" + quoted
                + "'\n      data: " + data + "\n      benchmark: " + benchmark + "\n"
                + (network == null ? "" : "      network: " + network + "\n")
                + parts.yaml("      ")
                + device.line("      ");
        try (Plugins plugins = main.discover(true)) {
            PipelineLoader.Result loaded = new PipelineLoader(
                            plugins.catalog(), main.host().environment())
                    .load(SourceText.of("command line", text), List.of());
            Pipeline pipeline = loaded.orThrow();
            List<Problem> missing = Preflight.check(loaded, plugins.catalog());
            if (!missing.isEmpty()) {
                throw new InvalidConfigException(missing);
            }
            OptionalInt other = Restart.where(
                    DeviceMixin.engines(DeviceOption.of(pipeline)),
                    spec.root().commandLine().getParseResult().originalArgs());
            if (other.isPresent()) {
                return other.getAsInt();
            }
            DeviceOption.require(pipeline);
            RunResult result = main.host()
                    .executor()
                    .get()
                    .run(
                            pipeline,
                            runOptions.options(plugins.catalog(), main.host().questions()));
            result.lines().forEach(out::println);
            out.flush();
            page.open(
                    result.folder().resolve(RunReport.FILE), spec.commandLine().getErr());
            return 0;
        }
    }
}
