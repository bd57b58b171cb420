package org.scenecontexts.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.pf4j.ExtensionPoint;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.plugin.Factory;
import org.scenecontexts.api.workload.WorkloadClouds;
import org.scenecontexts.api.workload.WorkloadSuite;
import org.scenecontexts.io.cloud.CloudReader;
import org.scenecontexts.runtime.config.Names;
import org.scenecontexts.runtime.config.Registered;
import org.scenecontexts.runtime.plugin.ExtensionPoints;
import org.scenecontexts.runtime.plugin.PluginProblem;
import org.scenecontexts.runtime.plugin.PluginReport;
import org.scenecontexts.runtime.plugin.Plugins;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Says which plugins there are, what they offer, and what is wrong with them. */
@Command(
        name = "plugins",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {PluginNewCommand.class, PluginCheckCommand.class, PluginsInstallCommand.class},
        description = "List, describe and diagnose plugins; begin one of your own.")
final class PluginsCommand implements Runnable {

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    Main main() {
        return main;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Missing command: list, show, new, check, install, doctor or docs.");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "List all plugins: id, version, whether it works, where it comes from, what it is for.",
                "'csc plugins show NAME' describes one, and everything that can stand under 'type:'."
            })
    int list(
            @Option(
                            names = {"-a", "--all"},
                            description = "Also list everything that each plugin offers.")
                    boolean all) {
        PrintWriter out = spec.commandLine().getOut();
        try (Plugins plugins = main.discover(false)) {
            for (PluginReport plugin : plugins.catalog().plugins()) {
                out.println(heading(plugin));
                needs(plugin, out);
                if (all) {
                    offers(plugin, out);
                } else if (!plugin.description().isEmpty()) {
                    out.println("  " + plugin.description());
                }
                problems(plugin, out);
            }
            if (!all && !plugins.catalog().plugins().isEmpty()) {
                out.println("csc plugins list --all lists what they offer");
            }
            if (plugins.catalog().plugins().isEmpty()) {
                out.println("no plugins found; looked in " + lookedIn());
            }
            out.flush();
            return 0;
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "Describe a plugin, or one thing that a plugin offers.")
    int show(@Parameters(paramLabel = "NAME", description = "A name for 'type:', or the id of a plugin.") String name) {
        PrintWriter out = spec.commandLine().getOut();
        try (Plugins plugins = main.discover(false)) {
            List<Registered> offers = plugins.catalog().factories().stream()
                    .filter(offer ->
                            offer.name().equals(name) || offer.qualifiedName().equals(name))
                    .toList();
            List<PluginReport> reports = plugins.catalog().plugins().stream()
                    .filter(plugin -> plugin.id().equals(name))
                    .toList();
            offers.forEach(offer -> out.println(FactoryPage.of(offer)));
            reports.forEach(plugin -> page(plugin, out));
            if (offers.isEmpty() && reports.isEmpty()) {
                TreeSet<String> valid = new TreeSet<>();
                plugins.catalog().factories().forEach(offer -> valid.add(offer.name()));
                plugins.catalog().plugins().forEach(plugin -> valid.add(plugin.id()));
                throw new ParameterException(
                        spec.commandLine(),
                        ("nothing is called '" + name + "'. " + Names.didYouMean(name, valid)).strip()
                                + System.lineSeparator() + "'csc plugins list --all' lists all names.");
            }
            out.flush();
            return 0;
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Say what is wrong with plugins and what to do; exit code 1 when one cannot be used.")
    int doctor() {
        PrintWriter out = spec.commandLine().getOut();
        try (Plugins plugins = main.discover(false)) {
            out.println("looked in " + lookedIn());
            int wrong = 0;
            for (PluginReport plugin : plugins.catalog().plugins()) {
                out.println(heading(plugin));
                problems(plugin, out);
                wrong += plugin.status() == PluginReport.Status.LOADED ? 0 : 1;
            }
            int all = plugins.catalog().plugins().size();
            out.println(wrong == 0 ? "all " + all + " plugins work" : wrong + " of " + all + " plugins have errors");
            out.flush();
            return wrong == 0 ? 0 : Failures.FAILED;
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Write the reference pages: one per kind of stage and per extension point, with all keys.")
    int docs(@Parameters(paramLabel = "FOLDER", description = "Where to write; made when missing.") Path folder)
            throws IOException {
        try (Plugins plugins = main.discover(false)) {
            Files.createDirectories(folder);
            Map<String, String> pages =
                    ReferencePages.of(List.copyOf(plugins.catalog().factories()));
            for (Map.Entry<String, String> page : pages.entrySet()) {
                Files.writeString(folder.resolve(page.getKey()), page.getValue());
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println(pages.size() + " pages written to "
                    + folder.toAbsolutePath().normalize());
            out.flush();
            return 0;
        }
    }

    static void offers(PluginReport plugin, PrintWriter out) {
        plugin.extensions().stream()
                .sorted(Comparator.comparing(ExtensionPoints::noun).thenComparing(PluginsCommand::name))
                .forEach(extension -> out.println("  %-13s %-22s %s"
                        .formatted(ExtensionPoints.noun(extension), name(extension), summary(extension))
                        .stripTrailing()));
    }

    private static void page(PluginReport plugin, PrintWriter out) {
        out.println(heading(plugin));
        if (!plugin.description().isEmpty()) {
            out.println("  " + plugin.description());
        }
        out.println("  found in " + plugin.location());
        needs(plugin, out);
        offers(plugin, out);
        problems(plugin, out);
    }

    /** What its manifest says that it needs beyond the API. */
    private static void needs(PluginReport plugin, PrintWriter out) {
        if (!plugin.needs().isEmpty()) {
            out.println("  needs " + String.join(", ", plugin.needs()));
        }
    }

    private String lookedIn() {
        return String.join(
                ", ",
                main.pluginFolders().stream()
                        .map((Path folder) -> folder.toAbsolutePath().normalize()
                                + (Files.isDirectory(folder) ? "" : " (does not exist)"))
                        .toList());
    }

    static String heading(PluginReport plugin) {
        return plugin.id() + " " + plugin.version() + "  "
                + plugin.status().name().toLowerCase(Locale.ROOT) + "  ("
                + plugin.location().getFileName() + ")";
    }

    static void problems(PluginReport plugin, PrintWriter out) {
        for (PluginProblem problem : plugin.problems()) {
            out.println("  " + (problem.isError() ? "error: " : "warning: ") + problem.reason());
            out.println("    -> " + problem.remedy());
        }
    }

    static String name(ExtensionPoint extension) {
        return switch (extension) {
            case Factory<?, ?, ?> factory -> factory.name();
            case KernelProvider<?> kernels -> kernels.device();
            case CloudReader reader -> reader.name();
            case WorkloadSuite suite -> suite.name();
            default -> extension.getClass().getSimpleName();
        };
    }

    private static String summary(ExtensionPoint extension) {
        return switch (extension) {
            case Factory<?, ?, ?> factory -> factory.summary();
            case KernelProvider<?> kernels -> kernels.type().getSimpleName();
            case CloudReader reader -> reader.summary();
            case WorkloadSuite suite -> suite.summary();
            case WorkloadClouds clouds -> clouds.description();
            default -> "";
        };
    }
}
