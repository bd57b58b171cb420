package org.scenecontexts.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.scenecontexts.runtime.evaluate.ReportFiles;
import org.scenecontexts.runtime.evaluate.SubmissionScore;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.plugin.Plugins;
import org.scenecontexts.runtime.run.Chance;
import org.scenecontexts.runtime.run.RunContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Says before it is sent what a benchmark's server would say about a folder of submission files. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = {
            "Read a folder of submission files as a benchmark's server does, and tell the figures that it would tell.",
            "A folder that it would refuse is refused with file, line and reason. Scenes without labels, as those of a test"
                    + " split, are looked at only."
        },
        footer = {
            "",
            "Example:",
            "  csc score runs/scannet/eval/exports/semantic-iou --data '{type: scannet, path: prepared, split: val}' \\",
            "      --benchmark '{type: semantic-iou, submission-labels: [1, 2, 3]}'"
        })
final class ScoreCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FOLDER",
            description = "The files, or the folder that they lie in under their usual name.")
    private Path folder;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "YAML",
            description = "The scenes with their truth, as under 'data:' in a pipeline.")
    private String data;

    @Option(
            names = "--benchmark",
            required = true,
            paramLabel = "YAML",
            description = "The benchmark that the files are for, as under 'benchmark:' in a pipeline.")
    private String benchmark;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the figures as JSON too.")
    private Optional<Path> out;

    @Override
    public Integer call() {
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "FOLDER: there is no folder '" + folder + "' (looked in "
                            + Path.of("").toAbsolutePath() + ")");
        }
        PrintWriter console = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (Plugins plugins = main.discover(true)) {
            RunContext context = new RunContext(
                    new Chance(0).at("score"),
                    warning -> err.println("warning: " + warning),
                    () -> false,
                    plugins.catalog());
            SubmissionScore.Scored scored =
                    SubmissionScore.read(data, benchmark, plugins.catalog()).of(folder, context);
            console.println("valid: " + folder + ", " + scored.scenes() + " scenes");
            if (scored.labelled() > 0) {
                tell(console, scored);
            } else {
                console.println("none of the scenes has " + scored.truth() + " here, so there are no figures");
            }
            console.flush();
            err.flush();
            out.ifPresent(file -> Json.write(file, scored.report().figures()));
            return 0;
        }
    }

    private static void tell(PrintWriter console, SubmissionScore.Scored scored) {
        if (scored.labelled() < scored.scenes()) {
            console.println(
                    (scored.scenes() - scored.labelled()) + " of them lack " + scored.truth() + " and are not counted");
        }
        scored.report()
                .figures()
                .forEach((name, value) -> console.println(String.format(Locale.ROOT, "%-20s %.4f", name, value)));
        scored.report().tables().stream().findFirst().ifPresent(table -> console.print(ReportFiles.markdown(table)));
    }
}
