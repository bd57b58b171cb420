package org.scenecontexts.datasets.scannet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Searched;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.DataOutline;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.CachedDataset;
import org.scenecontexts.datasets.Sources;
import org.scenecontexts.datasets.folders.FolderKind;
import org.scenecontexts.datasets.prepared.SceneLists;
import org.scenecontexts.io.torch.PointLists;

/**
 * Reads ScanNet as prepared for the published program: {@code <path>/<scene>.pth} and {@code <path>/splits/}
 * (REFERENCE 5.1), whole or with the limited scenes and points of the data-efficient benchmark (REFERENCE 9.1, 9.2).
 *
 * @since 0.1
 */
@Extension
public final class ScannetFactory implements DatasetFactory<ScannetFactory.Config> {

    private static final String TRAIN = "train";

    /** The YAML keys. */
    public record Config(
            @Doc("folder of the prepared scenes (SCENE.pth) and of 'splits'")
            Path path,

            @Doc("train (when left out), val, test, trainval, or any list NAME: splits/scannetv2_NAME.txt or"
                    + " splits/NAME.txt")
            Optional<String> split,

            @Doc("list of the scenes to use instead of a split, one per line (limited scenes)") @Searched
            Optional<Path> scenesFile,

            @Doc("labelled points of each scene (limited points): a .pth with a dict from scene to indices, or"
                    + " .npz; all other points lose their label")
            Optional<Path> pointsList,

            @Doc("classes whose points belong to no object") @Default("[wall, floor]")
            List<String> stuff,

            @Doc("which numbers the prepared labels are: scannet20 (NYU40, as published) or scannet200")
            @Default("scannet20")
            LabelSet labelSet,

            @Doc("whether scenes read once are kept while there is memory") @Default("false")
            boolean cache) {

        /** @throws IllegalArgumentException when keys do not fit together */
        public Config {
            stuff = List.copyOf(stuff);
            if (split.isPresent() && scenesFile.isPresent()) {
                throw new IllegalArgumentException("either 'split' or 'scenes-file' is expected, found both: split "
                        + split.get() + ", scenes-file " + scenesFile.get());
            }
            List<String> names = labelSet.classes().names();
            stuff.stream().filter(name -> !names.contains(name)).findAny().ifPresent(name -> {
                throw new IllegalArgumentException("stuff: '" + name + "' is not among the classes " + names);
            });
        }
    }

    @Override
    public String name() {
        return "scannet";
    }

    @Override
    public String filesFrom(Config config) {
        return Sources.prepared(Sources.SCANNET, name());
    }

    @Override
    public String summary() {
        return "ScanNet in the published prepared format, 20 or 200 classes; limited scenes and points of its"
                + " data-efficient benchmark.";
    }

    @Override
    public DataOutline outline(Config config) {
        DataOutline outline = DataOutline.unknown()
                .withViews(1)
                .withAttributes(Set.of())
                .withClasses(config.labelSet().classes());
        // Published scenes of 'test' have no labels, and a list can name any scenes.
        boolean known = config.scenesFile().isEmpty()
                && List.of(TRAIN, "val", "trainval").contains(config.split().orElse(TRAIN));
        return known ? outline.withLabelled(true) : outline;
    }

    @Override
    public void requireFiles(Config config, BuildContext context) {
        create(config, context);
    }

    @Override
    public Dataset create(Config config, BuildContext context) {
        Path root = context.resolve(config.path());
        FolderKind.require(root, FolderKind.SCANNET);
        Path lists = SceneLists.folder(root);
        List<String> scenes = config.scenesFile()
                .map(file -> SceneLists.read(find(context.resolve(file), lists, file)))
                .orElseGet(() -> split(lists, config.split().orElse(TRAIN)));
        requireFiles(root, scenes);
        Optional<Map<String, int[]>> points = config.pointsList().map(file -> points(context.resolve(file), scenes));
        ScannetScenes reader = new ScannetScenes(root, points, config.stuff(), config.labelSet(), context::warn);
        return new CachedDataset(
                scenes, config.labelSet().classes(), 1, config.cache(), index -> reader.load(scenes.get(index)));
    }

    /** The published programs look in the working directory or beside the splits. */
    private static Path find(Path resolved, Path lists, Path written) {
        Path besideTheSplits = lists.resolve(written);
        return !Files.exists(resolved) && Files.exists(besideTheSplits) ? besideTheSplits : resolved;
    }

    private static List<String> split(Path lists, String name) {
        Path official = lists.resolve("scannetv2_" + name + ".txt");
        if (Files.exists(official)) {
            return SceneLists.read(official);
        }
        Path own = lists.resolve(name + ".txt");
        if (Files.exists(own)) {
            return SceneLists.read(own);
        }
        if (name.equals("trainval")) {
            // Not among the published lists; made of the two that are.
            List<String> both = new ArrayList<>(split(lists, TRAIN));
            both.addAll(split(lists, "val"));
            return both;
        }
        return SceneLists.read(official);
    }

    private static void requireFiles(Path root, List<String> scenes) {
        List<String> missing = scenes.stream()
                .filter(scene -> !Files.isRegularFile(ScannetScenes.file(root, scene)))
                .toList();
        if (!missing.isEmpty()) {
            throw new CloudException(ScannetScenes.file(root, missing.getFirst()) + ": no such file, nor "
                    + (missing.size() - 1) + " others of the " + scenes.size()
                    + " scenes of the list; prepare them from ScanNet's release with 'prepare: {type: scannet}', or"
                    + " name a list of those that there are with 'scenes-file'");
        }
    }

    private static Map<String, int[]> points(Path file, List<String> scenes) {
        Map<String, int[]> points = PointLists.read(file);
        scenes.stream().filter(scene -> !points.containsKey(scene)).findFirst().ifPresent(scene -> {
            throw new CloudException(file + ": has no points for scene '" + scene + "', found "
                    + PointLists.describe(points) + "; name a points-list that covers every scene of the split");
        });
        return points;
    }
}
