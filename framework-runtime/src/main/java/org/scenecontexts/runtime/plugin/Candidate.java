package org.scenecontexts.runtime.plugin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pf4j.PluginDescriptor;

/**
 * A plugin file or folder that is sound enough to be loaded.
 *
 * @param location where the user put it
 * @param root what to load: the same, or the folder that a zip was expanded to
 * @param problems what was found so far that does not keep it from loading
 */
record Candidate(
        Path location, Path root, PluginDescriptor descriptor, ArchiveContents contents, List<PluginProblem> problems) {

    String id() {
        return descriptor.getPluginId();
    }

    String version() {
        return descriptor.getVersion() == null ? "?" : descriptor.getVersion();
    }

    /** What its manifest says that it needs beyond the API. */
    List<String> needs() {
        // That of a jar, or of the folder that a zip was expanded to.
        Path classes = root.resolve("classes");
        return PluginNeeds.of(ClassPathPlugins.manifest(Files.isDirectory(classes) ? classes : root));
    }

    PluginReport failed(PluginProblem problem) {
        return new PluginReport(
                id(),
                version(),
                description(),
                location,
                PluginReport.Origin.FOLDER,
                List.of(),
                java.util.stream.Stream.concat(problems.stream(), java.util.stream.Stream.of(problem))
                        .toList(),
                needs());
    }

    String description() {
        String description = descriptor.getPluginDescription();
        return description == null ? "" : description;
    }
}
