package org.scenecontexts.runtime.pipeline;

import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.runtime.config.Binder;
import org.scenecontexts.runtime.config.FactoryLookup;
import org.scenecontexts.runtime.config.Problems;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.config.YamlReader;

/**
 * Reads a data set from the command line as stages do under {@code data}.
 *
 * @since 0.2
 */
public record DataOption(@Doc("The data set.") Choice<BuildContext, Dataset> data) {

    /**
     * Reads the option.
     *
     * @param yaml as under {@code data:}
     * @throws org.scenecontexts.runtime.config.InvalidConfigException when it cannot be read
     */
    public static Choice<BuildContext, Dataset> read(String yaml, FactoryLookup plugins) {
        Problems problems = new Problems();
        Optional<DataOption> read = YamlReader.read(SourceText.of("--data", "data: " + yaml + "\n"), problems)
                .flatMap(node ->
                        new Binder(plugins, Map.of(), problems).bind(node, DataOption.class, node.position(), ""));
        problems.throwIfErrors();
        return read.orElseThrow(() -> new IllegalArgumentException("--data cannot be read"))
                .data();
    }
}
