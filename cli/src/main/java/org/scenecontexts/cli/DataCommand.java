package org.scenecontexts.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.array.FileNames;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.CloudReader;
import org.scenecontexts.io.cloud.CloudScene;
import org.scenecontexts.io.cloud.CloudScenes;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.io.cloud.Up;
import org.scenecontexts.io.folder.DataFolder;
import org.scenecontexts.runtime.inspect.SceneInspection;
import org.scenecontexts.runtime.inspect.TopView;
import org.scenecontexts.runtime.pipeline.DataOption;
import org.scenecontexts.runtime.plugin.PluginCatalog;
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

/** Looks at data before it is used. */
@Command(
        name = "data",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Look at point clouds and data sets before they are used.")
final class DataCommand implements Runnable {

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: inspect.");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Tell what is in a cloud, a folder of clouds or a data set, and draw each scene from above.",
                "Tells counts, extents, classes, sizes of objects, and what looks as if unit or frame were wrong. Links in a"
                        + " folder are followed."
            },
            footer = {
                "",
                "Examples:",
                "  csc data inspect scans",
                "  csc data inspect --data '{type: scannet, path: /data/scannet}' --scenes 5"
            })
    int inspect(
            @Parameters(arity = "0..1", paramLabel = "PATH", description = "A cloud, or a folder of clouds.") Path path,
            @Option(
                            names = "--data",
                            paramLabel = "YAML",
                            description = "A data set, as under 'data:' in a pipeline, in place of PATH.")
                    String data,
            @Option(
                            names = "--scenes",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "Scenes to look at, the first ones (default: ${DEFAULT-VALUE}).")
                    int most,
            @Option(
                            names = "--out",
                            paramLabel = "DIR",
                            defaultValue = "inspect",
                            description = "Folder for the pictures (default: ${DEFAULT-VALUE}).")
                    Path out,
            @Option(
                            names = "--scale",
                            paramLabel = "FACTOR",
                            defaultValue = "1",
                            description = "Factor that turns the unit of PATH into metres.")
                    double scale,
            @Option(
                            names = "--up",
                            paramLabel = "AXIS",
                            defaultValue = "z",
                            description = "The axis of PATH that points upwards: ${COMPLETION-CANDIDATES}.")
                    Up up) {
        if ((path == null) == (data == null)) {
            throw new ParameterException(spec.commandLine(), "name a PATH or --data, one of them");
        }
        if (most < 1 || !(scale > 0) || Double.isInfinite(scale)) {
            throw new ParameterException(spec.commandLine(), "--scenes must be 1 or more, and --scale greater than 0");
        }
        Set<String> warnings = new LinkedHashSet<>();
        try (Plugins plugins = main.discover(true)) {
            Pictures pictures = new Pictures(spec.commandLine().getOut(), out, new FileNames(), warnings);
            if (data == null) {
                clouds(path, most, new Frame(scale, up), plugins.catalog(), pictures);
            } else {
                scenes(data, most, plugins.catalog(), pictures);
            }
            warnings.forEach(warning -> pictures.console().println("warning: " + warning));
            pictures.console().flush();
            return 0;
        }
    }

    private record Frame(double scale, Up up) {}

    /** Where results go. */
    private record Pictures(PrintWriter console, Path folder, FileNames names, Set<String> warnings) {
        void tell(Scene scene, SceneInspection inspection) {
            console.println(scene.id());
            inspection.facts().forEach((name, text) -> console.println("  %-10s %s".formatted(name, text)));
            Path picture = folder.resolve(names.of(scene.id()) + ".png");
            TopView.write(picture, scene);
            console.println("  %-10s %s".formatted("picture", picture));
            warnings.addAll(inspection.warnings());
        }

        void more(int shown, int all) {
            if (shown < all) {
                console.println("and " + (all - shown) + " more: --scenes " + all + " shows all");
            }
        }
    }

    private void clouds(Path path, int most, Frame frame, PluginCatalog plugins, Pictures pictures) {
        if (!Files.exists(path)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "PATH: there is nothing at '" + path + "' (looked in "
                            + Path.of("").toAbsolutePath() + ")");
        }
        List<CloudReader> readers = plugins.extensions(CloudReader.class);
        List<Path> files = Files.isDirectory(path) ? inFolder(path, readers) : List.of(path);
        int shown = Math.min(most, files.size());
        for (Path file : files.subList(0, shown)) {
            PointCloud cloud = CloudFiles.read(file, readers);
            String id = Files.isDirectory(path)
                    ? path.relativize(file).toString()
                    : file.getFileName().toString();
            CloudScene converted = CloudScenes.convert(cloud, id, frame.scale());
            pictures.warnings().addAll(converted.warnings());
            Scene scene = frame.up().turned(converted.scene());
            pictures.tell(scene, SceneInspection.of(cloud, scene));
        }
        pictures.more(shown, files.size());
    }

    private static List<Path> inFolder(Path folder, List<CloudReader> readers) {
        List<String> endings = Stream.concat(
                        CloudFiles.EXTENSIONS.stream(),
                        readers.stream().flatMap(reader -> reader.extensions().stream()))
                .distinct()
                .toList();
        DataFolder.Taken taken = DataFolder.of(folder).ending(endings);
        if (taken.files().isEmpty()) {
            throw new CloudException(folder + ": no file of it is a cloud; read are " + String.join(", ", endings)
                    + "; data sets with layouts of their own are named with --data");
        }
        return taken.files();
    }

    private static void scenes(String yaml, int most, PluginCatalog plugins, Pictures pictures) {
        RunContext context =
                new RunContext(new Chance(0).at("inspect"), pictures.warnings()::add, () -> false, plugins);
        Dataset data = DataOption.read(yaml, plugins).create(context.build("data"));
        if (data.size() == 0) {
            throw new CloudException("the data set has no scene; 'csc plugins show TYPE' describes its keys");
        }
        int shown = Math.min(most, data.size());
        for (int i = 0; i < shown; i++) {
            for (Scene scene : data.load(i).views()) {
                pictures.tell(scene, SceneInspection.of(scene, data.classes()));
            }
        }
        pictures.more(shown, data.size());
    }
}
