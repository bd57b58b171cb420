package org.scenecontexts.runtime.pipeline;

import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.runtime.config.Binder;
import org.scenecontexts.runtime.config.FactoryLookup;
import org.scenecontexts.runtime.config.Problems;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.config.YamlReader;

/**
 * Reads from the command line what stages say under {@code blocks} and {@code tta}, with the same messages.
 *
 * @since 0.2
 */
public record PartsOptions(
        @Doc("How the cloud is cut.") Optional<Blocks> blocks,
        @Doc("How often it is seen.") Optional<Tta> tta) {

    /**
     * Reads two options.
     *
     * @param blocks YAML as under {@code blocks:}
     * @param tta YAML as under {@code tta:}
     * @throws org.scenecontexts.runtime.config.InvalidConfigException when they cannot be read
     */
    public static PartsOptions read(Optional<String> blocks, Optional<String> tta, FactoryLookup plugins) {
        SourceText source = SourceText.of("command line", yaml(blocks, tta, ""));
        Problems problems = new Problems();
        if (blocks.isEmpty() && tta.isEmpty()) {
            return new PartsOptions(Optional.empty(), Optional.empty());
        }
        Optional<PartsOptions> read = YamlReader.read(source, problems)
                .flatMap(node ->
                        new Binder(plugins, Map.of(), problems).bind(node, PartsOptions.class, node.position(), ""));
        problems.throwIfErrors();
        return read.orElseThrow(() -> new IllegalArgumentException("--blocks and --tta cannot be read"));
    }

    /** The lines of a stage that say the same. */
    public static String yaml(Optional<String> blocks, Optional<String> tta, String indent) {
        return blocks.map(text -> indent + "blocks: " + text + "\n").orElse("")
                + tta.map(text -> indent + "tta: " + text + "\n").orElse("");
    }
}
