package org.scenecontexts.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.scenecontexts.runtime.plugin.InstallablePlugin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Adds a plugin whose libraries are too large for the distribution. */
@Command(
        name = "install",
        mixinStandardHelpOptions = true,
        description = {
            "Fetch the libraries of a plugin that the distribution does not carry, and put it into the plugin folder.",
            "Says first how much that is, and asks."
        })
final class PluginsInstallCommand implements Callable<Integer> {

    private static final String ND4J = InstallablePlugin.ND4J.name();

    @ParentCommand
    private PluginsCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "What to install: nd4j.")
    private String name;

    @Option(names = "--cuda", description = "Also what NVIDIA cards of compute capability 3.7 to 8.9 need.")
    private boolean cuda;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(
            names = "--repository",
            paramLabel = "URL",
            defaultValue = OptionalPlugin.CENTRAL,
            description = "Maven repository, such as a mirror; also file:... (default: ${DEFAULT-VALUE}).")
    private String repository;

    @Option(names = "--jar", paramLabel = "FILE", description = "The plugin's own jar, where csc was built without it.")
    private Path jar;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (!name.equals(ND4J)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "nothing to install is called '" + name + "'; there is: " + ND4J
                            + ". Other plugins are dropped into " + folder());
        }
        requirePlatform();
        requireAddress();
        Path own = ownJar();
        OptionalPlugin plugin = OptionalPlugin.nd4j(cuda);
        PluginInstaller installer = new PluginInstaller(plugin, repository, folder(), out);
        List<OptionalPlugin.Library> missing = installer.missing();
        long bytes = missing.stream().mapToLong(OptionalPlugin.Library::bytes).sum();
        out.println("plugin-" + name + ": " + plugin.files().size() + " libraries, "
                + OptionalPlugin.megabytes(plugin.bytes()) + " in " + installer.target());
        out.println("to be fetched: " + missing.size() + " files, " + OptionalPlugin.megabytes(bytes) + ", from "
                + repository);
        out.flush();
        if (bytes > 0 && !agreed(bytes)) {
            out.println("nothing was fetched");
            out.flush();
            return Failures.FAILED;
        }
        installer.install(own);
        out.println("installed in " + installer.target() + "; remove that folder to be rid of it. Use it with 'device: "
                + name + "'");
        out.flush();
        return 0;
    }

    private boolean agreed(long bytes) {
        return yes
                || parent.main()
                        .host()
                        .questions()
                        .agreed("Fetch " + OptionalPlugin.megabytes(bytes) + " from " + repository + "?")
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(),
                                "nobody sits here who could be asked whether to fetch "
                                        + OptionalPlugin.megabytes(bytes) + "; say --yes"));
    }

    /** Machine code is fetched for one platform. */
    private static void requirePlatform() {
        String system = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
        if (!system.equals("Linux on amd64")) {
            throw new UnsupportedOperationException("plugin-nd4j is for Linux on amd64, and this is " + system
                    + "; use 'device: cpu' or 'device: gpu'");
        }
    }

    private void requireAddress() {
        try {
            new URI(repository).toURL();
        } catch (URISyntaxException | MalformedURLException | IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--repository is the address of a Maven repository, such as " + OptionalPlugin.CENTRAL
                            + " or file:///FOLDER, found '" + repository + "': " + e.getMessage(),
                    e);
        }
    }

    /** That of drop-in plugins, the last of those that are looked in. */
    private Path folder() {
        return parent.main().pluginFolders().getLast().toAbsolutePath().normalize();
    }

    private Path ownJar() throws IOException {
        if (jar != null) {
            if (!Files.isRegularFile(jar)) {
                throw new ParameterException(spec.commandLine(), "--jar " + jar + " does not exist");
            }
            return jar;
        }
        Path optional = parent.main().host().home().orElse(Path.of("")).resolve("optional");
        if (Files.isDirectory(optional)) {
            try (Stream<Path> files = Files.list(optional)) {
                Optional<Path> found = files.filter(
                                file -> file.getFileName().toString().startsWith("plugin-" + ND4J + "-"))
                        .findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        throw new UnsupportedOperationException(
                "this csc was built without plugin-" + ND4J + " (no jar of it in " + optional
                        + "): build it with './mvnw -Pnd4j -Dmaven.test.skip=true package', or name the jar with"
                        + " --jar");
    }
}
