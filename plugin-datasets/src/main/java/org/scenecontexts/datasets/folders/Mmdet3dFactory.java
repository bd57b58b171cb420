package org.scenecontexts.datasets.folders;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.DataOutline;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.CachedDataset;
import org.scenecontexts.datasets.Sources;
import org.scenecontexts.datasets.prepared.SceneLists;
import org.scenecontexts.datasets.raw.RawFolders;
import org.scenecontexts.datasets.s3dis.S3disClasses;
import org.scenecontexts.datasets.scannet.LabelSet;

/**
 * Reads the folders that MMDetection3D prepares: {@code points/*.bin} with masks of ScanNet and S3DIS, and the layout for one's
 * own data that it shares with OpenPCDet, {@code points} with {@code labels/*.txt} of boxes.
 *
 * @since 0.2
 */
@Extension
public final class Mmdet3dFactory implements DatasetFactory<Mmdet3dFactory.Config> {

    private static final int AREAS = 6;

    private static final String MADE =
            ", and make the folder of it with MMDetection3D (https://github.com/open-mmlab/mmdetection3d)";

    /** Whose clouds these are. */
    public enum Contents {
        /** Scans with NYU40 numbers. */
        SCANNET,
        /** Rooms of six areas. */
        S3DIS,
        /** One's own clouds with boxes. */
        CUSTOM
    }

    /** The YAML keys. */
    public record Config(
            @Doc("folder of 'points'") Path path,

            @Doc("whose clouds: scannet, s3dis (with masks), or custom (one's own with 'labels')")
            Contents contents,

            @Doc("list of the scenes to take: train, val and so on, found as scannetv2_NAME.txt or NAME.txt in"
                    + " 'meta_data' or 'ImageSets'; all when left out")
            Optional<String> list,

            @Doc("areas of s3dis to take, 1 to 6; all when left out") @Default("[]")
            List<Integer> areas,

            @Doc("names of the classes that labels of custom clouds use, in the order of their numbers") @Default("[]")
            List<String> classes,

            @Doc("numbers per point of custom .bin files: x, y, z and more, the fourth is called intensity")
            @Default("4")
            @Min(3)
            int columns,

            @Doc("classes whose points belong to no object, such as [wall, floor] for ScanNet; none when left out")
            @Default("[]")
            List<String> stuff,

            @Doc("whether scenes read once are kept while there is memory") @Default("false")
            boolean cache) {

        /** @throws IllegalArgumentException when keys do not fit together */
        public Config {
            areas = List.copyOf(new LinkedHashSet<>(areas));
            classes = List.copyOf(classes);
            stuff = List.copyOf(stuff);
            if ((contents == Contents.CUSTOM) == classes.isEmpty()) {
                throw new IllegalArgumentException(
                        contents == Contents.CUSTOM
                                ? "'contents: custom' needs 'classes', the names that labels/*.txt use"
                                : "'classes' are those of " + contents.name().toLowerCase(Locale.ROOT)
                                        + "; leave them out, or say 'contents: custom'");
            }
            if (!areas.isEmpty() && contents != Contents.S3DIS) {
                throw new IllegalArgumentException("only s3dis has 'areas'; name a 'list' instead");
            }
            if (!areas.isEmpty() && list.isPresent()) {
                throw new IllegalArgumentException(
                        "either 'list' or 'areas' is expected, found both: list " + list.get() + ", areas " + areas);
            }
            areas.stream().filter(area -> area < 1 || area > AREAS).findAny().ifPresent(area -> {
                throw new IllegalArgumentException("areas: there is no area " + area + "; 1 to " + AREAS + " exist");
            });
            FolderLabels.of(all(contents, classes), stuff);
        }

        private static SceneClasses all(Contents contents, List<String> classes) {
            return switch (contents) {
                case SCANNET -> LabelSet.SCANNET20.classes();
                case S3DIS -> S3disClasses.all();
                case CUSTOM -> SceneClasses.of(classes);
            };
        }

        SceneClasses all() {
            return all(contents, classes);
        }
    }

    @Override
    public String name() {
        return "mmdet3d";
    }

    @Override
    public String filesFrom(Config config) {
        return switch (config.contents()) {
            case CUSTOM -> "";
            case SCANNET -> Sources.SCANNET + MADE;
            case S3DIS -> Sources.S3DIS + MADE;
        };
    }

    @Override
    public String summary() {
        return "ScanNet and S3DIS as MMDetection3D prepares them (.bin with masks), and its layout of own clouds with"
                + " boxes.";
    }

    @Override
    public DataOutline outline(Config config) {
        boolean custom = config.contents() == Contents.CUSTOM;
        DataOutline outline =
                DataOutline.unknown().withViews(1).withClasses(config.all()).with(ScenePart.BOXES, custom);
        return custom
                ? outline.withLabelled(false).with(ScenePart.COLOURS, false)
                : outline.withAttributes(Set.of()).with(ScenePart.COLOURS, true);
    }

    @Override
    public void requireFiles(Config config, BuildContext context) {
        create(config, context);
    }

    @Override
    public Dataset create(Config config, BuildContext context) {
        Path root = context.resolve(config.path());
        Path points = root.resolve("points");
        String endings = config.contents() == Contents.CUSTOM ? "(?:bin|npy)" : "bin";
        List<Path> files = Files.isDirectory(points) ? RawFolders.files(points, ".+\\." + endings) : List.of();
        if (files.isEmpty()) {
            throw new CloudException(points + ": "
                    + (Files.isDirectory(points) ? "holds no cloud (.bin)" : "no such folder")
                    + FolderKind.instead(root, FolderKind.MMDET3D) + "; 'path' names the folder of 'points'");
        }
        requireContents(config.contents(), root, files);
        Map<String, Path> named = named(files);
        List<Path> taken = config.list()
                .map(name -> listed(root, name, named))
                .orElseGet(() -> files.stream()
                        .filter(file -> inAreas(file, config.areas()))
                        .toList());
        if (taken.isEmpty()) {
            throw new CloudException(points + ": holds no room of the areas " + config.areas()
                    + "; files are called Area_5_office_1.bin");
        }
        Mmdet3dScenes reader =
                new Mmdet3dScenes(root, config, FolderLabels.of(config.all(), config.stuff()), context::warn);
        FolderLabels.sayMissing(
                root,
                taken.stream().map(reader::labels).toList(),
                config.contents() == Contents.CUSTOM ? "scenes without objects" : "scenes without labels",
                context::warn);
        return new CachedDataset(
                taken.stream().map(Mmdet3dScenes::id).toList(),
                config.all(),
                1,
                config.cache(),
                index -> reader.load(taken.get(index)));
    }

    /** What the files are called tells S3DIS from ScanNet, and folders of labels tell both from one's own clouds. */
    private static void requireContents(Contents contents, Path root, List<Path> files) {
        boolean areas = files.stream().allMatch(file -> Mmdet3dScenes.id(file).matches("Area_\\d_.+"));
        boolean masks = Files.isDirectory(root.resolve("semantic_mask"));
        Contents seen = areas && masks ? Contents.S3DIS : masks ? Contents.SCANNET : Contents.CUSTOM;
        boolean unmarked = seen == Contents.CUSTOM && !Files.isDirectory(root.resolve("labels"));
        if (seen != contents && !unmarked) {
            throw new CloudException(
                    root + ": looks like 'contents: " + seen.name().toLowerCase(Locale.ROOT) + "', not "
                            + contents.name().toLowerCase(Locale.ROOT) + " (files such as "
                            + files.getFirst().getFileName() + (masks ? ", with" : ", without") + " semantic_mask)");
        }
    }

    private static boolean inAreas(Path file, List<Integer> areas) {
        return areas.isEmpty()
                || areas.stream().anyMatch(area -> file.getFileName().toString().startsWith("Area_" + area + "_"));
    }

    private static Map<String, Path> named(List<Path> files) {
        Map<String, Path> named = new HashMap<>();
        for (Path file : files) {
            Path other = named.put(Mmdet3dScenes.id(file), file);
            if (other != null) {
                throw new CloudException(file + ": is a second file of the scene '" + Mmdet3dScenes.id(file)
                        + "', beside " + other.getFileName() + "; take one of them away");
            }
        }
        return named;
    }

    private static List<Path> listed(Path root, String name, Map<String, Path> files) {
        List<Path> places = Stream.of("meta_data", "ImageSets", "splits", "")
                .flatMap(folder -> Stream.of("scannetv2_" + name + ".txt", name + ".txt")
                        .map(file -> root.resolve(folder).resolve(file)))
                .toList();
        Path list = places.stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new CloudException(root + ": no list '" + name + "'; it is expected at one of "
                        + places + ", one scene per line"));
        List<Path> taken = new ArrayList<>();
        for (String scene : SceneLists.read(list)) {
            taken.add(Optional.ofNullable(files.get(scene))
                    .orElseThrow(
                            () -> new CloudException(list + ": names '" + scene + "', of which there is no file in "
                                    + root.resolve("points") + "; copy it there, or take the line out")));
        }
        return taken;
    }
}
