package org.scenecontexts.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.runtime.config.Registered;
import org.scenecontexts.runtime.pipeline.DefaultDevice;
import org.scenecontexts.runtime.plugin.ApiVersion;
import org.scenecontexts.runtime.plugin.PluginCatalog;
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
            List<Registered> engines = plugins.catalog().factories(TensorEngine.class);
            OptionalInt other = restarted(engines);
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
            devices(plugins.catalog(), engines, out);
            if (engines.isEmpty()) {
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

    /** What engines need to look at their devices. */
    private OptionalInt restarted(List<Registered> engines) {
        List<EngineFactory<?>> factories = new ArrayList<>();
        engines.forEach(registered -> {
            if (registered.factory() instanceof EngineFactory<?> engine) {
                factories.add(engine);
            }
        });
        return Restart.where(
                factories, spec.root().commandLine().getParseResult().originalArgs());
    }

    private static void devices(PluginCatalog plugins, List<Registered> engines, PrintWriter out) {
        int threads = Runtime.getRuntime().availableProcessors();
        Optional<TensorEngine> processor = DefaultDevice.engine(threads, plugins);
        try {
            Parallel parallel = processor.map(TensorEngine::parallel).orElseGet(Parallel::sequential);
            engines.forEach(engine -> device(engine, plugins.kernelProviders(), parallel, out));
        } finally {
            processor.ifPresent(TensorEngine::close);
        }
    }

    private static void device(
            Registered registered, List<KernelProvider<?>> providers, Parallel parallel, PrintWriter out) {
        out.println("  " + registered.name() + " (plugin '" + registered.plugin() + "')");
        if (registered.factory() instanceof EngineFactory<?> engine) {
            Set<String> lines = new LinkedHashSet<>();
            addLines(engine::availability, lines);
            providers.stream()
                    .filter(provider -> provider.device().equals(registered.name()))
                    .forEach(provider -> addLines(() -> provider.availability(parallel), lines));
            lines.forEach(line -> out.println("    " + line));
        }
    }

    private static void addLines(Supplier<List<String>> source, Set<String> lines) {
        try {
            lines.addAll(source.get());
        } catch (RuntimeException | LinkageError e) {
            lines.add("cannot be used: " + e);
        }
    }
}
