package org.scenecontexts.datasets.scannet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Searched;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.DataOutline;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.CachedDataset;
import org.scenecontexts.datasets.Sources;
import org.scenecontexts.datasets.prepared.SceneLists;
import org.scenecontexts.io.torch.BoxLists;

/**
 * Reads ScanNet as prepared for detection: aligned vertices, labels and boxes of 18 classes (REFERENCE 8.4), whole or with
 * the limited scenes and boxes of the data-efficient benchmark (REFERENCE 9.1, 9.3).
 *
 * @since 0.2
 */
@Extension
public final class ScannetDetectionFactory implements DatasetFactory<ScannetDetectionFactory.Config> {

    private static final String TRAIN = "train";

    /** The YAML keys. */
    public record Config(
            @Doc("folder of SCAN_vert.npy, SCAN_sem_label.npy, SCAN_ins_label.npy and SCAN_bbox.npy")
            Path path,

            @Doc("folder of the lists scannetv2_*.txt; 'splits' in the folder, or meta_data as published,"
                    + " when left out")
            Optional<Path> lists,

            @Doc("train (when left out), val, test, or any list NAME: scannetv2_NAME.txt or NAME.txt")
            Optional<String> split,

            @Doc("list of the scans to use instead of a split, one per line (limited scenes)") @Searched
            Optional<Path> scenesFile,

            @Doc("boxes to learn from (limited boxes): a .pth with a dict from scan to rows of its boxes and numbers of"
                    + " its objects; all other boxes and labels are left out")
            Optional<Path> boxesList,

            @Doc("whether test scans get the constant labels and boxes, and scans that a list of boxes"
                    + " leaves out keep all of theirs, as published; otherwise the former have none and"
                    + " the latter are an error")
            @Default("false")
            boolean legacy,

            @Doc("whether scans read once are kept while there is memory") @Default("false")
            boolean cache) {

        /** @throws IllegalArgumentException when keys do not fit together */
        public Config {
            if (split.isPresent() && scenesFile.isPresent()) {
                throw new IllegalArgumentException("either 'split' or 'scenes-file' is expected, found both: split "
                        + split.get() + ", scenes-file " + scenesFile.get());
            }
        }
    }

    @Override
    public String name() {
        return "scannet-detection";
    }

    @Override
    public String filesFrom(Config config) {
        return Sources.prepared(Sources.SCANNET, name());
    }

    @Override
    public String summary() {
        return "ScanNet in the published format of detection: aligned clouds with boxes of 18 classes; limited scenes"
                + " and boxes.";
    }

    @Override
    public DataOutline outline(Config config) {
        // No attributes of points; whether scenes have their matrix only the files can tell, and nothing asks before.
        DataOutline outline =
                DataOutline.unknown().withViews(1).withAttributes(Set.of()).withClasses(DetectionClasses.all());
        boolean known = config.scenesFile().isEmpty()
                && List.of(TRAIN, "val").contains(config.split().orElse(TRAIN));
        return known
                ? outline.withLabelled(true).with(ScenePart.INSTANCES, true).with(ScenePart.BOXES, true)
                : outline;
    }

    @Override
    public void requireFiles(Config config, BuildContext context) {
        create(config, context);
    }

    @Override
    public Dataset create(Config config, BuildContext context) {
        Path root = context.resolve(config.path());
        if (!Files.isDirectory(root)) {
            throw new CloudException(root + ": no such folder; 'path' names the folder of the prepared scans, which"
                    + " 'prepare: {type: scannet-detection}' makes of ScanNet's release (http://www.scan-net.org)");
        }
        List<String> named = config.scenesFile()
                .map(file -> SceneLists.read(context.resolve(file)))
                .orElseGet(() -> split(root, config, context));
        List<String> scans = named.stream()
                .filter(scan -> Files.isRegularFile(DetectionScans.vertices(root, scan)))
                .toList();
        if (scans.isEmpty()) {
            throw new CloudException(DetectionScans.vertices(root, named.getFirst()) + ": no such file, nor one of the"
                    + " other " + (named.size() - 1) + " scans of the list; prepare them from ScanNet's release with"
                    + " 'prepare: {type: scannet-detection}'");
        }
        if (scans.size() < named.size()) {
            context.warn(root + ": " + (named.size() - scans.size()) + " of the " + named.size()
                    + " scans of the list are not there and are left out, as published; prepare them from ScanNet's"
                    + " release with 'prepare: {type: scannet-detection}', or take them out of the list");
        }
        Optional<Map<String, BoxLists.Kept>> boxes =
                config.boxesList().map(file -> boxes(context.resolve(file), scans, config.legacy()));
        DetectionScans reader = new DetectionScans(root, boxes, config.legacy(), context::warn);
        return new CachedDataset(
                scans, DetectionClasses.all(), 1, config.cache(), index -> reader.load(scans.get(index)));
    }

    private static List<String> split(Path root, Config config, BuildContext context) {
        String name = config.split().orElse(TRAIN);
        List<Path> folders = new ArrayList<>();
        config.lists().map(context::resolve).ifPresentOrElse(folders::add, () -> {
            folders.add(root.resolve("splits"));
            folders.add(root.resolve("meta_data"));
            Path above = root.toAbsolutePath().getParent();
            if (above != null) {
                folders.add(above.resolve("meta_data"));
                folders.add(above.resolve("scannet").resolve("meta_data"));
            }
        });
        return SceneLists.read(folders.stream()
                .flatMap(folder ->
                        Stream.of(folder.resolve("scannetv2_" + name + ".txt"), folder.resolve(name + ".txt")))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(folders.getFirst().resolve("scannetv2_" + name + ".txt")));
    }

    private static Map<String, BoxLists.Kept> boxes(Path file, List<String> scans, boolean legacy) {
        Map<String, BoxLists.Kept> lists = BoxLists.read(file);
        scans.stream()
                .filter(scan -> !legacy && !lists.containsKey(scan))
                .findFirst()
                .ifPresent(scan -> {
                    throw new CloudException(
                            file + ": has no boxes for scan '" + scan + "'; name a list that covers every scan of the"
                                    + " split, or say 'legacy: true' to train with"
                                    + " all boxes of the others, as published");
                });
        return lists;
    }
}
