package org.scenecontexts.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.scenecontexts.api.text.Printable;
import org.scenecontexts.runtime.log.Json;
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

/** Says what is wrong with a plugin file before anybody installs it. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Say what is wrong with a plugin file before anybody installs it.",
            "Looks at it as csc would if it lay in a plugin folder, and closer: index of extensions, manifest, copies of"
                    + " the API, version of the class files, names that others have, missing classes.",
            "Exit code 0 when it can be used, 1 when something in it cannot."
        })
final class PluginCheckCommand implements Callable<Integer> {

    @ParentCommand
    private PluginsCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "JAR", description = "The plugin: a jar, a zip, or a folder with classes/ or lib/.")
    private Path file;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Override
    public Integer call() {
        if (!Files.exists(file)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "JAR: there is no file '" + file + "' (looked in "
                            + Path.of("").toAbsolutePath() + "); build the plugin first");
        }
        Path location = file.toAbsolutePath().normalize();
        PrintWriter out = spec.commandLine().getOut();
        try (Plugins plugins = Plugins.check(file, parent.main().pluginFolders())) {
            PluginReport report = plugins.catalog().plugins().stream()
                    .filter(plugin -> plugin.location().equals(location))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no report of " + location));
            if (json) {
                out.println(Json.line(object(report)));
            } else {
                text(report, out);
            }
            out.flush();
            return report.status() == PluginReport.Status.LOADED ? 0 : Failures.FAILED;
        }
    }

    private static void text(PluginReport report, PrintWriter out) {
        out.println(PluginsCommand.heading(report));
        PluginsCommand.offers(report, out);
        PluginsCommand.problems(report, out);
        long errors = report.problems().stream().filter(PluginProblem::isError).count();
        long warnings = report.problems().size() - errors;
        out.println(
                switch (report.status()) {
                    case LOADED ->
                        warnings == 0
                                ? "nothing is wrong with it"
                                : "it can be used; " + counted(warnings, "warning") + " above";
                    case INCOMPLETE -> "parts of it cannot be used: " + counted(errors, "error") + " above";
                    case FAILED -> "it cannot be used: " + counted(errors, "error") + " above";
                });
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static Map<String, Object> object(PluginReport report) {
        List<Map<String, Object>> offers = new ArrayList<>();
        report.extensions()
                .forEach(extension -> offers.add(
                        ordered("kind", ExtensionPoints.noun(extension), "name", PluginsCommand.name(extension))));
        List<Map<String, Object>> problems = new ArrayList<>();
        for (PluginProblem problem : report.problems()) {
            Map<String, Object> one =
                    ordered("severity", problem.isError() ? "error" : "warning", "reason", problem.reason());
            one.put("remedy", problem.remedy());
            problems.add(one);
        }
        Map<String, Object> object = ordered("file", report.location(), "id", Printable.text(report.id()));
        object.put("version", report.version());
        object.put("status", report.status().name().toLowerCase(Locale.ROOT));
        object.put("needs", report.needs());
        object.put("offers", offers);
        object.put("problems", problems);
        return object;
    }

    private static Map<String, Object> ordered(String key, Object value, String secondKey, Object second) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        map.put(secondKey, second);
        return map;
    }
}
