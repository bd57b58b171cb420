package org.scenecontexts.datasets.pairs;

import java.nio.file.Path;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.WritesFile;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.prepare.Preparation;
import org.scenecontexts.api.prepare.PreparationFactory;
import org.scenecontexts.datasets.Sources;

/** Offers the preparation of ScanNet recordings under {@code prepare: {type: scannet-pairs}}. */
@Extension
public final class ScannetPairsPreparationFactory implements PreparationFactory<ScannetPairsPreparationFactory.Config> {

    /** Configuration; defaults as published (REFERENCE 3.1, 3.4). */
    public record Config(
            @Doc("a .sens recording, or a folder with recordings somewhere below it, such as ScanNet's 'scans'")
            Path source,

            @WritesFile @Doc("the folder to write: one folder per recording, and the list of overlapping pairs")
            Path target,

            @Default("25") @Min(1) @Doc("takes every n-th frame of a recording")
            int frameSkip,

            @Default("true")
            @Doc("whether to write depth and colour images too, as published; clouds and lists do not need them")
            boolean images,

            @Default("0.3")
            @Min(0)
            @Max(1)
            @Doc("least overlap of a pair on the list: the larger of the two directions, 0 to 1")
            double minOverlap) {}

    @Override
    public String name() {
        return "scannet-pairs";
    }

    @Override
    public String filesFrom(Config config) {
        return Sources.SCANNET;
    }

    @Override
    public String summary() {
        return "Turns ScanNet's .sens recordings into frames, clouds and a list of overlapping pairs.";
    }

    @Override
    public Preparation create(Config config, BuildContext context) {
        return new ScannetPairsPreparation(
                new ScannetPairsPreparation.Settings(
                        context.resolve(config.source()),
                        context.resolve(config.target()),
                        config.frameSkip(),
                        config.images(),
                        config.minOverlap()),
                context.parallel(),
                context::warn);
    }
}
