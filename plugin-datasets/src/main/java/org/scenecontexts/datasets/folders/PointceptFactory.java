package org.scenecontexts.datasets.folders;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.DataOutline;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.CachedDataset;
import org.scenecontexts.datasets.Sources;
import org.scenecontexts.datasets.raw.RawFolders;
import org.scenecontexts.datasets.s3dis.S3disClasses;
import org.scenecontexts.datasets.scannet.LabelSet;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.cloud.LocalPositions;

/**
 * Reads the scenes that Pointcept (from version 1.5.2) prepares and gives out: a folder for each scene with {@code coord.npy}, {@code
 * color.npy} and so on.
 *
 * @since 0.2
 */
@Extension
public final class PointceptFactory implements DatasetFactory<PointceptFactory.Config> {

    private static final String COORD = "coord.npy";
    private static final String COLOR = "color.npy";
    private static final String NORMAL = "normal.npy";
    private static final String INSTANCE = "instance.npy";

    /** Whose scenes these are, and which of their labels count. */
    public enum Contents {
        /** ScanNet with 20 classes. */
        SCANNET20("segment20.npy", LabelSet.SCANNET20.classes()),
        /** The same folders with 200 classes. */
        SCANNET200("segment200.npy", LabelSet.SCANNET200.classes()),
        /** Rooms of six areas. */
        S3DIS("segment.npy", S3disClasses.all());

        private final String labels;
        private final SceneClasses classes;

        Contents(String labels, SceneClasses classes) {
            this.labels = labels;
            this.classes = classes;
        }

        private long of(long number) {
            if (number == Labels.IGNORE) {
                return Labels.IGNORE;
            }
            return this == S3DIS
                    ? FolderLabels.s3dis(number)
                    : number < 0 || number >= classes.count() ? FolderLabels.STRANGE : number;
        }
    }

    /** The YAML keys. */
    public record Config(
            @Doc("folder of train, val and test, or of Area_1 .. Area_6")
            Path path,

            @Doc("whose scenes: scannet20, scannet200 or s3dis; the labels are segment20.npy, segment200.npy or"
                    + " segment.npy")
            Contents contents,

            @Doc("folders in it to take; when left out train, or of s3dis Area_1, 2, 3, 4 and 6") @Default("[]")
            List<String> folders,

            @Doc("classes whose points belong to no object, such as [wall, floor] for ScanNet; none when left out")
            @Default("[]")
            List<String> stuff,

            @Doc("whether scenes read once are kept while there is memory") @Default("false")
            boolean cache) {

        /** @throws IllegalArgumentException when keys do not fit together */
        public Config {
            folders = List.copyOf(new LinkedHashSet<>(folders));
            stuff = List.copyOf(stuff);
            FolderLabels.of(contents.classes, stuff);
        }

        private List<String> wanted() {
            if (!folders.isEmpty()) {
                return folders;
            }
            return contents == Contents.S3DIS
                    ? List.of("Area_1", "Area_2", "Area_3", "Area_4", "Area_6")
                    : List.of("train");
        }
    }

    @Override
    public String name() {
        return "pointcept";
    }

    @Override
    public String filesFrom(Config config) {
        return (config.contents() == Contents.S3DIS ? Sources.S3DIS : Sources.SCANNET)
                + ", and make the folder of it with Pointcept (https://github.com/Pointcept/Pointcept)";
    }

    @Override
    public String summary() {
        return "ScanNet, ScanNet200 and S3DIS as Pointcept prepares them: a folder of .npy files for each scene.";
    }

    @Override
    public DataOutline outline(Config config) {
        return DataOutline.unknown().withViews(1).withAttributes(Set.of()).withClasses(config.contents().classes);
    }

    @Override
    public void requireFiles(Config config, BuildContext context) {
        create(config, context);
    }

    @Override
    public Dataset create(Config config, BuildContext context) {
        Path root = context.resolve(config.path());
        List<Path> scenes = new ArrayList<>();
        for (String name : config.wanted()) {
            Path folder = root.resolve(name);
            List<Path> found = !Files.isDirectory(folder)
                    ? List.of()
                    : RawFolders.folders(folder).stream()
                            .filter(scene -> Files.isRegularFile(scene.resolve(COORD)))
                            .toList();
            if (found.isEmpty()) {
                throw new CloudException(folder + ": "
                        + (Files.isDirectory(folder) ? "holds no scene, a folder with " + COORD : "no such folder")
                        + FolderKind.instead(root, FolderKind.POINTCEPT) + "; 'path' names the folder of "
                        + config.wanted()
                        + ", 'folders' which of its folders to take");
            }
            scenes.addAll(found);
        }
        requireContents(config.contents(), scenes.getFirst());
        FolderLabels.sayMissing(
                root,
                scenes.stream()
                        .map(scene -> scene.resolve(config.contents().labels))
                        .toList(),
                "scenes without labels",
                context::warn);
        FolderLabels labels = FolderLabels.of(config.contents().classes, config.stuff());
        List<String> ids = scenes.stream()
                .map(scene -> config.contents() == Contents.S3DIS
                        ? scene.getParent().getFileName() + "_" + scene.getFileName()
                        : scene.getFileName().toString())
                .toList();
        return new CachedDataset(
                ids,
                config.contents().classes,
                1,
                config.cache(),
                index -> load(scenes.get(index), ids.get(index), config.contents(), labels, context));
    }

    /** Folders of ScanNet and of S3DIS are told apart by the names of their labels. */
    private static void requireContents(Contents contents, Path scene) {
        if (Files.exists(scene.resolve(contents.labels))) {
            return;
        }
        for (Contents other : Contents.values()) {
            if (Files.exists(scene.resolve(other.labels))) {
                throw new CloudException(
                        scene + ": has no " + contents.labels + ", but " + other.labels + ", which is '"
                                + "contents: " + other.name().toLowerCase(Locale.ROOT) + "'"
                                + (other == Contents.S3DIS ? " (or Structured3D, whose 25 classes are not read)" : ""));
            }
        }
    }

    private static Example load(Path scene, String id, Contents contents, FolderLabels known, BuildContext context) {
        Path coord = scene.resolve(COORD);
        NpArray table = RawColumns.table(coord, Optional.empty(), 3);
        int n = table.dim(0);
        LocalPositions local = RawColumns.positions(coord, table, context::warn);
        Origin origin = local.origin();
        float[] colours = optional(scene.resolve(COLOR), n, (file, values) -> RawColumns.colours(file, values, 0));
        float[] normals = optional(scene.resolve(NORMAL), n, (file, values) -> values.floats());
        Path segment = scene.resolve(contents.labels);
        boolean labelled = Files.exists(segment);
        int[] labels = labelled
                ? known.labels(
                        segment,
                        whole(segment, n),
                        contents::of,
                        "-1 or a class 0 .. " + (contents.classes.count() - 1) + " of "
                                + contents.name().toLowerCase(Locale.ROOT))
                : new int[0];
        Path instance = scene.resolve(INSTANCE);
        int[] instances = labelled && Files.exists(instance) ? known.instances(whole(instance, n), labels) : new int[0];
        return Example.of(new Scene(id, local.positions(), colours, normals, labels, instances, List.of(), origin));
    }

    private static float[] optional(Path file, int points, BiFunction<Path, NpArray, float[]> taken) {
        return Files.exists(file) ? taken.apply(file, RawColumns.table(file, Optional.of(points), 3)) : new float[0];
    }

    private static long[] whole(Path file, int points) {
        NpArray table = RawColumns.table(file, Optional.of(points), 1);
        if (table.type().isFloating()) {
            throw new CloudException(file + ": expected whole numbers, found " + table + "; prepare the scene again");
        }
        return table.longs();
    }
}
