package org.scenecontexts.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.scenecontexts.runtime.pipeline.Pipeline;
import org.scenecontexts.runtime.pipeline.PipelineWriter;
import org.scenecontexts.runtime.pipeline.StageKind;
import org.scenecontexts.runtime.plugin.Plugins;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Checks a pipeline without running it. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Check a pipeline whole, without running or writing anything.")
final class ValidateCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Mixin
    private PipelineOptions pipelineOptions;

    @Option(names = "--print", description = "Print the pipeline with every default filled in.")
    private boolean print;

    @Option(
            names = "--no-files",
            description = "Do not look for the files that stages read, for pipelines that run on another machine.")
    private boolean noFiles;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Plugins plugins = main.discover(true)) {
            Pipeline pipeline = pipelineOptions.load(
                    plugins.catalog(), main.host(), spec.commandLine().getErr(), !noFiles);
            if (print) {
                out.print(PipelineWriter.yaml(pipeline));
            } else {
                String stages = pipeline.stages().stream()
                        .map(stage ->
                                stage.id() + " (" + StageKind.of(stage.config()).key() + ")")
                        .collect(Collectors.joining(", "));
                int count = pipeline.stages().size();
                out.println(pipelineOptions.file() + " is valid: " + count + (count == 1 ? " stage: " : " stages: ")
                        + stages);
            }
            out.flush();
            return 0;
        }
    }
}
