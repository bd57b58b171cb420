package org.scenecontexts.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.scenecontexts.runtime.log.Durations;
import org.scenecontexts.runtime.record.RecordedResult;
import org.scenecontexts.runtime.record.RunRecorder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Puts the figures of a finished run on record. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description = {
            "Write what a finished run found to one file that can be kept with a text.",
            "It has command, version, machine, date and figures.",
            "'csc runs renew' writes its figures into Markdown; docs/results/README.md says how."
        })
final class RecordCommand implements Callable<Integer> {

    @ParentCommand
    private RunsCommand runs;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            defaultValue = "runs",
            description = "Folder of run folders (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Option(names = "--out", paramLabel = "FILE", description = "File to write (default: docs/results/NAME.json).")
    private Optional<Path> out = Optional.empty();

    @Parameters(paramLabel = "NAME", description = "The run, as 'csc runs list' shows it.")
    private String name;

    @Override
    public Integer call() {
        RecordedResult result = RunRecorder.of(runs.run(folder, name));
        Path file = out.orElse(Path.of("docs", "results", name + ".json"));
        Optional<RecordedResult> before =
                Files.exists(file) ? Optional.of(RecordedResult.read(file)) : Optional.empty();
        result.write(file);
        PrintWriter console = spec.commandLine().getOut();
        console.println(file + ": " + result.values().size() + " figures, " + time(result)
                + before.map(old -> ", " + changed(old, result) + " of them not as before")
                        .orElse(""));
        console.flush();
        warn(result);
        return 0;
    }

    private static String time(RecordedResult result) {
        return Double.isNaN(result.time().seconds())
                ? "of a time that nobody knows"
                : Durations.text(result.time().seconds()) + " of "
                        + result.time().of();
    }

    private static long changed(RecordedResult before, RecordedResult now) {
        TreeSet<String> keys = new TreeSet<>(before.values().keySet());
        keys.addAll(now.values().keySet());
        return keys.stream()
                .filter(key -> !before.figure(key).equals(now.figure(key)))
                .count();
    }

    private void warn(RecordedResult result) {
        PrintWriter err = spec.commandLine().getErr();
        if (result.command().isEmpty()) {
            err.println("warning: the run does not know its command, since no 'csc run' made it; the record has none");
        }
        if (result.about().getOrDefault("commit", "").contains("-dirty")) {
            err.println(
                    "warning: the run was made with changes that are in no commit; commit them and run it again with"
                            + " --fresh, if others are to repeat it");
        }
        err.flush();
    }
}
