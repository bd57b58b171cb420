package org.scenecontexts.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.scenecontexts.cli.scaffold.PluginKind;
import org.scenecontexts.cli.scaffold.PluginProject;
import org.scenecontexts.runtime.plugin.ApiVersion;
import org.scenecontexts.runtime.plugin.ExtensionPoints;
import org.scenecontexts.runtime.plugin.Plugins;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Writes the project of a plugin that works, for its author to change. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description = {
            "Write the Maven project of a plugin that works, to begin your own with.",
            "It has a small part of the kind, tests made of the test kit, a pipeline that uses it, and the build. Change"
                    + " what the comments that begin with YOURS point at."
        },
        footer = {"", "Example:", "  csc plugins new my-net --kind backbone"})
final class PluginNewCommand implements Callable<Integer> {

    @ParentCommand
    private PluginsCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            description = "What pipelines write for the part: lower-case words joined by hyphens. The plugin and its"
                    + " project have this name too.")
    private String name;

    @Option(names = "--kind", required = true, paramLabel = "KIND", description = "One of: ${COMPLETION-CANDIDATES}.")
    private PluginKind kind;

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            description = "Package of the classes (default: com.example.NAME without hyphens).")
    private Optional<String> packageName = Optional.empty();

    @Option(names = "--folder", paramLabel = "DIR", description = "Where to write it; must not exist (default: NAME).")
    private Optional<Path> folder = Optional.empty();

    @Override
    public Integer call() throws IOException {
        PluginProject project = project();
        Path place = folder.orElse(Path.of(name));
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there is something at '" + place.toAbsolutePath().normalize()
                            + "' already, which is left alone; choose another place with --folder");
        }
        requireFree();
        int files = project.write(place).size();
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                "wrote " + place + " (" + files + " files): the " + kind.noun() + " '" + name + "', " + kind.example());
        out.println();
        if (project.repository().isEmpty()) {
            out.println("once, in a clone of csc, so that Maven finds csc's artefacts:");
            out.println("  ./mvnw install -DskipTests");
            out.println();
        }
        out.println("next:");
        out.println("  cd " + place);
        project.commands()
                .forEach((command, what) -> out.println(String.format(Locale.ROOT, "  %-45s # %s", command, what)));
        out.println();
        out.println("your own goes where " + project.mainClass() + " says YOURS; README.md tells the rest");
        out.flush();
        return 0;
    }

    private PluginProject project() {
        String[] numbers = ApiVersion.CURRENT.split("\\.");
        String requires =
                ">=" + ApiVersion.CURRENT + " & <" + numbers[0] + "." + (Integer.parseInt(numbers[1]) + 1) + ".0";
        String jarVersion = Main.class.getPackage().getImplementationVersion();
        Optional<Path> repository = parent.main()
                .host()
                .home()
                .map(home -> home.resolve("repository"))
                .filter(Files::isDirectory);
        try {
            return new PluginProject(
                    name,
                    kind,
                    packageName.orElseGet(() -> PluginProject.packageOf(name)),
                    jarVersion == null ? ApiVersion.CURRENT + "-SNAPSHOT" : jarVersion,
                    requires,
                    repository);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** A pipeline that writes the name must mean this part and no other. */
    private void requireFree() {
        try (Plugins plugins = parent.main().discover(false)) {
            plugins.catalog().factories().stream()
                    .filter(offer -> offer.name().equals(name)
                            && ExtensionPoints.noun(offer.factory()).equals(kind.noun()))
                    .findFirst()
                    .ifPresent(offer -> {
                        throw new ParameterException(
                                spec.commandLine(),
                                "NAME: there is a " + kind.noun() + " '" + name + "' already, of the plugin '"
                                        + offer.plugin() + "'; choose another name");
                    });
            plugins.catalog().plugins().stream()
                    .filter(plugin -> plugin.id().equals(name))
                    .findFirst()
                    .ifPresent(plugin -> {
                        throw new ParameterException(
                                spec.commandLine(),
                                "NAME: there is a plugin '" + name + "' already, in " + plugin.location()
                                        + "; choose another name");
                    });
        }
    }
}
