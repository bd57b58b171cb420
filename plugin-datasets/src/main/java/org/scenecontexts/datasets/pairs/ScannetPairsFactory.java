package org.scenecontexts.datasets.pairs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.DataOutline;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.Sources;

/** Offers prepared ScanNet pairs, ours or the published scripts', under {@code data: {type: scannet-pairs}}. */
@Extension
public final class ScannetPairsFactory implements DatasetFactory<ScannetPairsFactory.Config> {

    private static final double PUBLISHED_OVERLAP = 0.3;

    /** Configuration. */
    public record Config(
            @Doc("the folder that holds the folders of the scenes: the target of the preparation")
            Path path,

            @Doc("the list of pairs; by default splits/overlap30.txt or overlap30.txt in the folder")
            Optional<Path> list,

            @Default("0.3") @Min(0) @Max(1) @Doc("leaves out pairs on the list that overlap less, 0 to 1")
            double minOverlap) {}

    @Override
    public String name() {
        return "scannet-pairs";
    }

    @Override
    public String filesFrom(Config config) {
        return Sources.prepared(Sources.SCANNET, name());
    }

    @Override
    public String summary() {
        return "Overlapping ScanNet frames as prepared by 'prepare: {type: scannet-pairs}' or the published scripts.";
    }

    @Override
    public DataOutline outline(Config config) {
        return DataOutline.unknown().withViews(2).withAttributes(Set.of());
    }

    @Override
    public void requireFiles(Config config, BuildContext context) {
        create(config, context);
    }

    @Override
    public Dataset create(Config config, BuildContext context) {
        Path root = context.resolve(config.path());
        Path list = config.list().map(context::resolve).orElseGet(() -> found(root));
        List<OverlapList.Pair> pairs = OverlapList.read(list).pairs().stream()
                .filter(pair -> pair.overlap() >= config.minOverlap())
                .toList();
        if (pairs.isEmpty()) {
            throw new CloudException(list + ": no pair overlaps by " + config.minOverlap()
                    + " or more; lower 'min-overlap', or prepare more recordings");
        }
        CloudPath.find(root, pairs.getFirst().first());
        return new PreparedPairs(root, pairs, context::warn);
    }

    private static Path found(Path root) {
        String name = OverlapList.fileName(PUBLISHED_OVERLAP);
        List<Path> places = List.of(root.resolve("splits").resolve(name), root.resolve(name));
        return places.stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new CloudException("no list of pairs at " + places
                        + "; name it with 'list', or make it with a stage 'prepare: {type: scannet-pairs}'"));
    }
}
