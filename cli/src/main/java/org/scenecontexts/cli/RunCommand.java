package org.scenecontexts.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.scenecontexts.api.text.Printable;
import org.scenecontexts.kernels.tile.TileProductsChoice;
import org.scenecontexts.runtime.code.FrameworkCode;
import org.scenecontexts.runtime.log.ProcessAge;
import org.scenecontexts.runtime.pipeline.DeviceOption;
import org.scenecontexts.runtime.pipeline.Pipeline;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.Invocation;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.RunOptions;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.RunResult;
import org.scenecontexts.runtime.pipeline.RunStoppedException;
import org.scenecontexts.runtime.plugin.Plugins;
import org.scenecontexts.view.RunReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Runs a pipeline. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Run a pipeline, or go on where an earlier run of it stopped.",
            "Ctrl-C and SIGTERM save at the next step and end; a second one ends at once."
        })
final class RunCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PIPELINE", description = "The pipeline, a YAML file.")
    private Path file;

    @Mixin
    private PipelineOptions pipelineOptions;

    @Mixin
    private RunOptionsMixin runOptions;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "1",
            description = {
                "Stages at one time where none needs another, such as the cells of a matrix (default: ${DEFAULT-VALUE}).",
                "They share the threads and the memory; the results are the same."
            })
    private int jobs;

    @Mixin
    private OpenMixin page;

    @Override
    public Integer call() {
        if (jobs < 1) {
            throw new ParameterException(spec.commandLine(), "--jobs must be at least 1, found " + jobs);
        }
        page.check(main.host().environment());
        Thread.ofPlatform().daemon().name("csc-prepare").start(RunCommand::prepareEngine);
        PrintWriter err = spec.commandLine().getErr();
        try (StopSignals signals = StopSignals.listen(err);
                Plugins plugins = main.discover(true)) {
            RunOptions options = runOptions
                    .options(plugins.catalog(), main.host().questions())
                    .stoppedBy(signals)
                    .sideBySide(jobs);
            Path found = main.shipped().file(file, err);
            Pipeline pipeline = pipelineOptions.load(found, plugins.catalog(), main.host(), err, true);
            OptionalInt other = Restart.where(
                    DeviceMixin.engines(DeviceOption.of(pipeline)),
                    spec.root().commandLine().getParseResult().originalArgs());
            if (other.isPresent()) {
                return other.getAsInt();
            }
            DeviceOption.require(pipeline);
            return run(pipeline, options.calledBy(invocation(found)), signals, err);
        }
    }

    /**
     * What of the command line the results depend on.
     *
     * @param found the pipeline, which may come with the program
     */
    private Invocation invocation(Path found) {
        List<String> words = new ArrayList<>(List.of("csc", "run", CommandText.path(file)));
        words.addAll(pipelineOptions.words());
        words.addAll(runOptions.words());
        if (jobs > 1) {
            words.addAll(List.of("--jobs", String.valueOf(jobs)));
        }
        main.addedPluginFolders().forEach(folder -> words.addAll(List.of("--plugins", CommandText.path(folder))));
        return new Invocation(
                CommandText.of(words),
                CommandText.variables(found, main.host().environment()),
                Math.max(0, ProcessAge.seconds()));
    }

    private int run(Pipeline pipeline, RunOptions options, StopSignals signals, PrintWriter err) {
        PrintWriter out = spec.commandLine().getOut();
        try {
            RunResult result = main.host().executor().get().run(pipeline, options);
            result.lines().forEach(out::println);
            out.flush();
            page.open(result.folder().resolve(RunReport.FILE), err);
            return report(result, err);
        } catch (RunStoppedException e) {
            err.println(e.getMessage());
            err.flush();
            return signals.exitCode();
        }
    }

    /** Has generated code and the hashes of the framework ready by the time that plugins and pipeline are read. */
    private static void prepareEngine() {
        try {
            TileProductsChoice.forThisMachine();
        } catch (IllegalStateException e) {
            // The engine meets it again, and says so in its place.
        }
        FrameworkCode.parts();
    }

    /** Says which cells of a matrix have no result, and why. */
    private static int report(RunResult result, PrintWriter err) {
        if (result.failed().isEmpty()) {
            return 0;
        }
        err.println("error: " + result.failed().size()
                + " stages of the matrix have no result; the same command tries them again and keeps the others");
        result.failed().forEach((stage, reason) -> err.println("  " + stage + ": " + Printable.text(reason)));
        err.flush();
        return Failures.FAILED;
    }
}
