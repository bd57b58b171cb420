package org.scenecontexts.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.scenecontexts.cli.doctor.Devices;
import org.scenecontexts.runtime.plugin.ApiVersion;
import org.scenecontexts.runtime.plugin.PluginReport;
import org.scenecontexts.runtime.plugin.Plugins;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Says what machine and what installation this is. */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        description = "Show versions, devices, plugin folders and memory.")
final class InfoCommand implements Callable<Integer> {

    private static final long MEBI = 1L << 20;

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Plugins plugins = main.discover(false)) {
            OptionalInt other = Restart.forAll(
                    plugins.catalog(),
                    spec.root().commandLine().getParseResult().originalArgs());
            if (other.isPresent()) {
                return other.getAsInt();
            }
            versions(out);
            main.pluginFolders()
                    .forEach(folder -> out.println(
                            "plugin folder " + folder.toAbsolutePath().normalize()
                                    + (Files.isDirectory(folder) ? "" : " (does not exist)")));
            List<PluginReport> all = plugins.catalog().plugins();
            long broken = all.stream()
                    .filter(plugin -> plugin.status() != PluginReport.Status.LOADED)
                    .count();
            out.println(all.size() + " plugins"
                    + (broken == 0 ? "" : ", " + broken + " with errors: see 'csc plugins doctor'"));
            out.println("devices:");
            List<Devices.Device> devices = Devices.of(plugins.catalog());
            for (Devices.Device device : devices) {
                out.println("  " + device.name() + " (plugin '" + device.plugin() + "')");
                device.lines().forEach(line -> out.println("    " + line));
            }
            if (devices.isEmpty()) {
                out.println("  none: no plugin that was loaded offers an engine");
            }
            out.flush();
            return 0;
        }
    }

    private static void versions(PrintWriter out) {
        for (String line : new Main.Version().getVersion()) {
            out.println(line);
        }
        out.println("plugin API " + ApiVersion.CURRENT);
        out.println(Runtime.getRuntime().availableProcessors() + " cores, up to "
                + Runtime.getRuntime().maxMemory() / MEBI + " MiB of memory for csc");
    }
}
