package org.scenecontexts.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.scenecontexts.runtime.pipeline.PipelineExecutor;

/**
 * What the command takes from the machine that it runs on.
 *
 * @param environment environment variables
 * @param pluginFolders folders to look for plugins in, in the order of preference
 * @param executor what runs pipelines
 */
record Host(Map<String, String> environment, List<Path> pluginFolders, Supplier<PipelineExecutor> executor) {

    Host {
        environment = Map.copyOf(environment);
        pluginFolders = List.copyOf(pluginFolders);
    }

    /** This machine, as the launcher describes it. */
    static Host system() {
        List<Path> folders = new ArrayList<>();
        String home = System.getProperty("csc.home");
        if (home != null) {
            folders.add(Path.of(home, "plugins"));
        }
        folders.add(Path.of(System.getProperty("csc.plugins", "plugins")));
        return new Host(System.getenv(), folders, Host::installedExecutor);
    }

    private static PipelineExecutor installedExecutor() {
        return ServiceLoader.load(PipelineExecutor.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing on the class path runs pipelines (no provider of "
                        + PipelineExecutor.class.getName() + "); reinstall csc"));
    }
}
