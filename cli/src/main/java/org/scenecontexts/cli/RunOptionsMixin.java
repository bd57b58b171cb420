package org.scenecontexts.cli;

import java.nio.file.Path;
import java.util.List;
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

    @Option(
            names = "--fresh",
            description = {
                "Start over instead of going on where an earlier run stopped.",
                "The old results are kept until 'csc runs clean'."
            })
    private boolean fresh;

    @Option(
            names = "--accept-code",
            description = {
                "Keep results, and go on from them, where only code has changed since: a plugin or csc itself.",
                "Without it you are asked; where nobody can be asked they are kept with a warning."
            })
    private boolean acceptCode;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to compute with (default: all cores).")
    private Optional<Integer> threads = Optional.empty();

    /** Those that can make a difference to the results, as they are typed. */
    List<String> words() {
        return threads.map(number -> List.of("--threads", String.valueOf(number)))
                .orElse(List.of());
    }

    RunOptions options(PluginCatalog plugins, Questions questions) {
        if (fresh && acceptCode) {
            throw new ParameterException(
                    command.commandLine(),
                    "--fresh and --accept-code exclude each other: the one runs everything again, the other keeps it");
        }
        threads.filter(number -> number < 1).ifPresent(number -> {
            throw new ParameterException(command.commandLine(), "--threads must be at least 1, found " + number);
        });
        OptionalInt number = threads.map(OptionalInt::of).orElse(OptionalInt.empty());
        return new RunOptions(plugins, runs, fresh, number, new ChangedCode(acceptCode, questions), () -> false);
    }
}
