package org.scenecontexts.cli.doctor;

import java.util.List;
import org.scenecontexts.runtime.plugin.PluginCatalog;
import org.scenecontexts.runtime.plugin.PluginReport;

/** Whether all plugins that were found can be used; 'csc plugins doctor' says more of each. */
record PluginsCheck(PluginCatalog plugins) implements Check {

    @Override
    public String name() {
        return "plugins";
    }

    @Override
    public List<Finding> run() {
        List<String> broken = plugins.plugins().stream()
                .filter(plugin -> plugin.status() != PluginReport.Status.LOADED)
                .map(PluginReport::id)
                .toList();
        int all = plugins.plugins().size();
        return List.of(
                broken.isEmpty()
                        ? Finding.ok(all + " plugins, all of which work")
                        : Finding.problem(
                                broken.size() + " of " + all + " plugins have errors: " + String.join(", ", broken),
                                "'csc plugins doctor' says what to do about each"));
    }
}
