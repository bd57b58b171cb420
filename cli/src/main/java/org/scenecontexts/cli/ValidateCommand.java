package org.scenecontexts.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.scenecontexts.runtime.config.InvalidConfigException;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.pipeline.Pipeline;
import org.scenecontexts.runtime.pipeline.PipelineWriter;
import org.scenecontexts.runtime.pipeline.StageKind;
import org.scenecontexts.runtime.plugin.Plugins;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Checks pipelines without running them; all are looked at, though one may be wrong. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Check pipelines whole, without running or writing anything.")
final class ValidateCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PIPELINE", arity = "1..*", description = "One or more pipelines, YAML files.")
    private List<Path> files;

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
        List<Problem> problems = new ArrayList<>();
        try (Plugins plugins = main.discover(true)) {
            for (Path file : files) {
                try {
                    tell(file, plugins, out);
                } catch (InvalidConfigException e) {
                    problems.addAll(e.problems());
                }
            }
        }
        out.flush();
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return 0;
    }

    private void tell(Path file, Plugins plugins, PrintWriter out) {
        PrintWriter err = spec.commandLine().getErr();
        Pipeline pipeline =
                pipelineOptions.load(main.shipped().file(file, err), plugins.catalog(), main.host(), err, !noFiles);
        if (print) {
            out.print(PipelineWriter.yaml(pipeline));
            return;
        }
        String stages = pipeline.stages().stream()
                .map(stage -> stage.id() + " (" + StageKind.of(stage.config()).key() + ")")
                .collect(Collectors.joining(", "));
        int count = pipeline.stages().size();
        out.println(file + " is valid: " + count + (count == 1 ? " stage: " : " stages: ") + stages);
    }
}
