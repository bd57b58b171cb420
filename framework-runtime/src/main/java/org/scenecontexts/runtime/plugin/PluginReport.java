package org.scenecontexts.runtime.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pf4j.ExtensionPoint;
import org.scenecontexts.api.plugin.Factory;
import org.scenecontexts.api.text.Printable;
import org.scenecontexts.runtime.config.Registered;
import org.scenecontexts.runtime.guard.GuardedFactory;

/**
 * What became of one plugin.
 *
 * @param id its id; the file name where it has none
 * @param version its version; {@code ?} where it has none
 * @param description one line, may be empty
 * @param location the file or folder that it was found in
 * @param origin how it was found
 * @param extensions what it offers and can be used
 * @param problems what is wrong with it
 * @param needs what it says that it needs beyond the API, see {@link PluginNeeds}
 * @since 0.1
 */
public record PluginReport(
        String id,
        String version,
        String description,
        Path location,
        Origin origin,
        List<ExtensionPoint> extensions,
        List<PluginProblem> problems,
        List<String> needs) {

    /** How a plugin was found. */
    public enum Origin {
        /** On the class path of the program. */
        CLASS_PATH,
        /** In a plugin folder. */
        FOLDER
    }

    /** How much of a plugin can be used. */
    public enum Status {
        /** All of it. */
        LOADED,
        /** Some of its extensions. */
        INCOMPLETE,
        /** Nothing. */
        FAILED
    }

    /** A plugin that says nothing of what it needs. */
    public PluginReport(
            String id,
            String version,
            String description,
            Path location,
            Origin origin,
            List<ExtensionPoint> extensions,
            List<PluginProblem> problems) {
        this(id, version, description, location, origin, extensions, problems, List.of());
    }

    public PluginReport {
        version = Printable.text(version);
        description = Printable.text(description);
        // Guarded here, where what and whose it is comes together, so that nobody can get hold of the bare factory.
        List<ExtensionPoint> guarded = new ArrayList<>();
        for (ExtensionPoint extension : extensions) {
            guarded.add(GuardedFactory.of(extension, id, version));
        }
        extensions = List.copyOf(guarded);
        problems = List.copyOf(problems);
        needs = needs.stream().map(Printable::text).toList();
    }

    /** How much of it can be used. */
    public Status status() {
        if (problems.stream().noneMatch(PluginProblem::isError)) {
            return Status.LOADED;
        }
        return extensions.isEmpty() ? Status.FAILED : Status.INCOMPLETE;
    }

    /** The factories that it offers. */
    public List<Registered> factories() {
        List<Registered> factories = new ArrayList<>();
        for (ExtensionPoint extension : extensions) {
            if (extension instanceof Factory<?, ?, ?> factory) {
                factories.add(new Registered(id, version, factory));
            }
        }
        return factories;
    }

    /** The same with one more problem. */
    PluginReport with(PluginProblem problem) {
        List<PluginProblem> all = new ArrayList<>(problems);
        all.add(problem);
        return new PluginReport(id, version, description, location, origin, extensions, all, needs);
    }
}
