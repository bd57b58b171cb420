package org.scenecontexts.runtime.plugin;

import org.scenecontexts.api.text.Printable;
import org.scenecontexts.runtime.config.Problem;

/**
 * Something wrong with a plugin.
 *
 * @param severity an error means that the plugin, or a part of it, cannot be used
 * @param reason what was found, as the end of a sentence that begins with "because"
 * @param remedy what to do
 * @since 0.1
 */
public record PluginProblem(Problem.Severity severity, String reason, String remedy) {

    public PluginProblem {
        // Names in broken jars may be anything.
        reason = Printable.text(reason);
        remedy = Printable.text(remedy);
    }

    static PluginProblem error(String reason, String remedy) {
        return new PluginProblem(Problem.Severity.ERROR, reason, remedy);
    }

    static PluginProblem warning(String reason, String remedy) {
        return new PluginProblem(Problem.Severity.WARNING, reason, remedy);
    }

    public boolean isError() {
        return severity == Problem.Severity.ERROR;
    }
}
