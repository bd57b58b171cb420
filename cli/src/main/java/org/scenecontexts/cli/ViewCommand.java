package org.scenecontexts.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.scenecontexts.api.text.Printable;
import org.scenecontexts.io.cloud.CloudReader;
import org.scenecontexts.io.cloud.Up;
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

/** Makes a page of clouds that any browser shows. */
@Command(
        name = "view",
        mixinStandardHelpOptions = true,
        description = {
            "Write a page that shows a cloud, a folder of clouds or the results of a run.",
            "It is one HTML file, which any browser opens without a network: colours by photo, label, prediction, error,"
                    + " confidence, object and height; two linked views, boxes, and what the file says of the point under the mouse.",
            "Worst scenes come first."
        },
        footer = {
            "",
            "Examples:",
            "  csc view runs/quickstart",
            "  csc view room.ply --beside other.ply --out compare.html"
        })
final class ViewCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            description = "A cloud, a folder of clouds, a run folder or the folder of a stage.")
    private Path what;

    @Option(
            names = "--beside",
            paramLabel = "PATH",
            description = "What the right view shows: another cloud, or another run of the same scenes.")
    private Optional<Path> beside = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "view.html",
            description = "The page to write (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--up",
            paramLabel = "AXIS",
            defaultValue = "z",
            description =
                    "The axis of the clouds that points upwards: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Up up;

    @Option(
            names = "--label",
            paramLabel = "FIELD",
            description = "The field of the true class, where it is not found by its name.")
    private Optional<String> label = Optional.empty();

    @Option(
            names = "--prediction",
            paramLabel = "FIELD",
            description = "The field of the predicted class, where it is not found by its name.")
    private Optional<String> prediction = Optional.empty();

    @Option(
            names = "--points",
            paramLabel = "N",
            defaultValue = "" + Viewer.POINTS,
            description = {
                "Most points of a cloud; larger ones are thinned evenly (default: ${DEFAULT-VALUE}, at most "
                        + Viewer.MOST_POINTS + " in one page)."
            })
    private int points;

    @Option(
            names = "--scenes",
            paramLabel = "N",
            defaultValue = "" + Viewer.SCENES,
            description = "Most scenes, the worst ones (default: ${DEFAULT-VALUE}).")
    private int scenes;

    @Mixin
    private OpenMixin page;

    @Override
    public Integer call() {
        page.check(main.host().environment());
        what = main.shipped().file(what, spec.commandLine().getErr());
        mustExist("PATH", what);
        beside.ifPresent(other -> mustExist("--beside", other));
        if (points < 1 || points > Viewer.MOST_POINTS || scenes < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--points is from 1 to " + Viewer.MOST_POINTS + ", found " + points
                            + "; --scenes is 1 or more, found " + scenes);
        }
        PrintWriter console = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (Plugins plugins = main.discover(true)) {
            Viewer.Request request = new Viewer.Request(what, beside, out, up, label, prediction, points, scenes);
            Viewer.Written written = new Viewer(plugins.catalog().extensions(CloudReader.class)).write(request);
            written.notes().forEach(note -> err.println("warning: " + Printable.text(note)));
            err.flush();
            int shown = written.scenes().size();
            console.println(String.format(
                    Locale.ROOT,
                    "wrote %s (%s, %,d points, %.1f MB); open it in a browser",
                    out,
                    shown == 1 ? "1 scene" : shown + " scenes",
                    written.points(),
                    out.toFile().length() / 1e6));
            console.flush();
            page.open(out, err);
            return 0;
        }
    }

    private void mustExist(String name, Path path) {
        if (!Files.exists(path)) {
            throw new ParameterException(
                    spec.commandLine(),
                    name + ": there is no file or folder '" + path + "' (looked in "
                            + Path.of("").toAbsolutePath() + ")");
        }
    }
}
