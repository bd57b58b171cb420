package org.scenecontexts.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.scenecontexts.runtime.pipeline.PipelineExecutor;

/**
 * What the command takes from the machine that it runs on.
 *
 * @param environment environment variables
 * @param pluginFolders folders to look for plugins in, in the order of preference
 * @param executor what runs pipelines
 * @param questions who is asked what only a person can know
 * @param home folder of the installation; empty where there is none, as in tests
 */
record Host(
        Map<String, String> environment,
        List<Path> pluginFolders,
        Supplier<PipelineExecutor> executor,
        Questions questions,
        Optional<Path> home) {

    Host {
        environment = Map.copyOf(environment);
        pluginFolders = List.copyOf(pluginFolders);
    }

    /** A machine at which nobody sits. */
    Host(Map<String, String> environment, List<Path> pluginFolders, Supplier<PipelineExecutor> executor) {
        this(environment, pluginFolders, executor, question -> Optional.empty(), Optional.empty());
    }

    /** This machine, as the launcher describes it. */
    static Host system() {
        List<Path> folders = new ArrayList<>();
        Optional<Path> home =
                Optional.ofNullable(System.getProperty("csc.home")).map(Path::of);
        home.ifPresent(folder -> folders.add(folder.resolve("plugins")));
        folders.add(Path.of(System.getProperty("csc.plugins", "plugins")));
        return new Host(System.getenv(), folders, Host::installedExecutor, Questions.ofTerminal(), home);
    }

    private static PipelineExecutor installedExecutor() {
        return ServiceLoader.load(PipelineExecutor.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing on the class path runs pipelines (no provider of "
                        + PipelineExecutor.class.getName() + "); reinstall csc"));
    }
}
