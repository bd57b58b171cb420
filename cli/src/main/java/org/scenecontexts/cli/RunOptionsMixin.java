package org.scenecontexts.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.RunOptions;
import org.scenecontexts.runtime.plugin.PluginCatalog;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how to run. */
final class RunOptionsMixin {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            defaultValue = "runs",
            description = "Folder of run folders (default: ${DEFAULT-VALUE}).")
    private Path runs;

    @Option(names = "--fresh", description = "Start over instead of going on where an earlier run stopped.")
    private boolean fresh;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to compute with (default: all cores).")
    private Optional<Integer> threads = Optional.empty();

    RunOptions options(PluginCatalog plugins) {
        threads.filter(number -> number < 1).ifPresent(number -> {
            throw new ParameterException(command.commandLine(), "--threads must be at least 1, found " + number);
        });
        OptionalInt number = threads.map(OptionalInt::of).orElse(OptionalInt.empty());
        return new RunOptions(plugins, runs, fresh, number);
    }
}
