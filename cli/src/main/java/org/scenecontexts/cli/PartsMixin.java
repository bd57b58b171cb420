package org.scenecontexts.cli;

import java.util.Optional;
import org.scenecontexts.runtime.config.FactoryLookup;
import org.scenecontexts.runtime.pipeline.PartsOptions;
import picocli.CommandLine.Option;

/** The options that say in which parts, and how often, scenes are looked at: the same for every command that predicts. */
final class PartsMixin {

    @Option(
            names = "--blocks",
            paramLabel = "YAML",
            description = {
                "Look at large scenes in overlapping blocks, as under 'blocks:' in a pipeline,"
                        + " e.g. '{size: 8, overlap: 1.5, memory: 2g}', or the size alone."
            })
    private Optional<String> blocks = Optional.empty();

    @Option(
            names = "--tta",
            paramLabel = "YAML",
            description = {
                "Look at every scene several times and average, as under 'tta:' in a pipeline,"
                        + " e.g. '{flips: true, turns: [0, 90, 180, 270]}'."
            })
    private Optional<String> tta = Optional.empty();

    /** Whether a scene is seen otherwise than once and whole. */
    boolean given() {
        return blocks.isPresent() || tta.isPresent();
    }

    /** The lines of a stage that say the same. */
    String yaml(String indent) {
        return PartsOptions.yaml(blocks, tta, indent);
    }

    /** @throws org.scenecontexts.runtime.config.InvalidConfigException when they cannot be read */
    PartsOptions read(FactoryLookup plugins) {
        return PartsOptions.read(blocks, tta, plugins);
    }
}
