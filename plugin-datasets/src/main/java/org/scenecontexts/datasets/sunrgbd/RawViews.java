package org.scenecontexts.datasets.sunrgbd;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.datasets.DistinctDraws;
import org.scenecontexts.datasets.Sources;
import org.scenecontexts.datasets.raw.RawFolders;
import org.scenecontexts.datasets.raw.RawScene;
import org.scenecontexts.datasets.raw.SceneOutput;
import org.scenecontexts.io.array.NpArray;

/** Finds the images of the release with everything that is known about them, and makes a prepared view of each. */
final class RawViews {

    private static final String WHERE = "; " + Sources.SUN_RGBD + ", and docs/datasets.md says what is needed";
    private static final String SECOND = "SUNRGBDMeta3DBB_v2.mat";
    private static final int SAID = 3;

    private final Settings settings;
    private final Consumer<String> warn;
    private int boxes;
    private int boxesLeftOut;

    /**
     * What to prepare, and how.
     *
     * @param labels the table of images, where it was named
     * @param split the division, where it was named
     * @param points most points of a view; 0 for all
     * @param except numbers of images to leave out
     */
    record Settings(
            Path source,
            Path target,
            Optional<Path> labels,
            Optional<Path> split,
            int points,
            long seed,
            List<Integer> except,
            boolean legacy) {

        Path labelFile() {
            return labels.orElseGet(() -> toolbox().resolve("Metadata").resolve("SUNRGBDMeta.mat"));
        }

        Path splitFile() {
            return split.orElseGet(() -> toolbox().resolve("traintestSUNRGBD").resolve("allsplit.mat"));
        }

        private Path toolbox() {
            return source.resolve("SUNRGBDtoolbox");
        }
    }

    RawViews(Settings settings, Consumer<String> warn) {
        this.settings = settings;
        this.warn = warn;
    }

    /** Boxes of all views that were found. */
    int boxes() {
        return boxes;
    }

    /** Boxes of the ten classes that were not kept. */
    int boxesLeftOut() {
        return boxesLeftOut;
    }

    /** The images of both parts, by number. */
    List<RawScene> find() {
        if (!Files.isDirectory(settings.source())) {
            throw new CloudException(settings.source() + ": no such folder; 'source' names the folder of SUNRGBD and"
                    + " SUNRGBDtoolbox" + WHERE);
        }
        requireFile(settings.labelFile(), "'labels' names it where it lies elsewhere");
        requireFile(settings.splitFile(), "'split' names it where it lies elsewhere");
        RawSplit split = RawSplit.read(settings.splitFile());
        RawMeta meta = RawMeta.read(settings.labelFile());
        meta.requireFirstVersion();
        RawMeta cameras = settings.legacy() ? second(meta) : meta;
        checkExcept(meta.size());
        Map<RawSplit.Part, Set<String>> names = new HashMap<>();
        List<RawScene> scenes = scenes(meta, cameras, split, names);
        if (scenes.isEmpty()) {
            throw new CloudException(settings.splitFile() + ": names none of the " + meta.size() + " images of "
                    + settings.labelFile() + ", such as '" + RawPaths.folder(meta.depthPath(1))
                    + "'; take both files from one archive" + WHERE);
        }
        checkTarget(names);
        return scenes;
    }

    private static void requireFile(Path file, String where) {
        if (!Files.isRegularFile(file)) {
            throw new CloudException(file + ": no such file; " + where + WHERE);
        }
    }

    /** The table whose cameras the published program turns points with. */
    private RawMeta second(RawMeta first) {
        Path file = settings.source().resolve(SECOND);
        requireFile(file, "'legacy: true' takes the cameras from it, as the published program does");
        RawMeta second = RawMeta.read(file);
        if (second.size() != first.size()) {
            throw new CloudException(file + ": has " + second.size() + " images, but " + first.file() + " has "
                    + first.size() + "; take both from the official archives");
        }
        return second;
    }

    private void checkExcept(int images) {
        for (int number : settings.except()) {
            if (number < 1 || number > images) {
                throw new CloudException(
                        settings.labelFile() + ": has the images 1 to " + images + ", but 'except' names " + number);
            }
        }
    }

    private List<RawScene> scenes(
            RawMeta meta, RawMeta cameras, RawSplit split, Map<RawSplit.Part, Set<String>> names) {
        RawPaths paths = RawPaths.of(settings.source());
        List<RawScene> scenes = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        int unlisted = 0;
        for (int number = 1; number <= meta.size(); number++) {
            if (settings.except().contains(number)) {
                continue;
            }
            String depth = meta.depthPath(number);
            Optional<RawSplit.Part> part = split.of(RawPaths.folder(depth));
            if (part.isEmpty()) {
                unlisted++;
                continue;
            }
            RawMeta.Camera camera = cameras.camera(number);
            RawMeta.Boxes found = meta.boxes(number, settings.legacy());
            leftOut.addAll(found.leftOut());
            boxes += found.kept().size();
            boxesLeftOut += found.leftOut().size() + found.dropped();
            RawImage image = new RawImage(
                    number,
                    paths.find(depth),
                    paths.find(meta.colourPath(number)),
                    camera.lens(),
                    camera.tilt(),
                    found.kept());
            names.computeIfAbsent(part.get(), key -> new HashSet<>()).add(image.name());
            scenes.add(scene(image, part.get(), meta, cameras));
        }
        say(unlisted, leftOut);
        return scenes;
    }

    private void say(int unlisted, List<String> leftOut) {
        if (unlisted > 0) {
            warn.accept(settings.splitFile() + ": " + unlisted
                    + " images are in neither list, and are left out as in the published files");
        }
        if (!leftOut.isEmpty()) {
            warn.accept(settings.labelFile() + ": " + leftOut.size()
                    + " boxes have no place, no volume or no direction, and"
                    + " are left out: " + String.join("; ", leftOut.subList(0, Math.min(SAID, leftOut.size())))
                    + (leftOut.size() > SAID ? "; ..." : ""));
        }
        if (settings.legacy() && boxesLeftOut > leftOut.size()) {
            warn.accept(
                    settings.labelFile() + ": " + (boxesLeftOut - leftOut.size()) + " boxes stand behind one without a"
                            + " rectangle in its picture, and are left out as in the published files; 'legacy: false' keeps them");
        }
    }

    private RawScene scene(RawImage image, RawSplit.Part part, RawMeta meta, RawMeta cameras) {
        List<Path> sources = new ArrayList<>(List.of(meta.file(), settings.splitFile(), image.depth(), image.colour()));
        if (cameras != meta) {
            sources.add(cameras.file());
        }
        String stem = part.folder() + "/" + image.name();
        return new RawScene(image.name(), sources, to -> make(image, stem, to));
    }

    /** What an earlier preparation of other images left would be learned from. */
    private void checkTarget(Map<RawSplit.Part, Set<String>> names) {
        for (RawSplit.Part part : RawSplit.Part.values()) {
            Path folder = settings.target().resolve(part.folder());
            if (!Files.isDirectory(folder)) {
                continue;
            }
            for (Path file : RawFolders.files(folder, ".*" + SunRgbdFactory.ENDING)) {
                String name = file.getFileName().toString().replace(SunRgbdFactory.ENDING, "");
                if (!names.getOrDefault(part, Set.of()).contains(name)) {
                    throw new CloudException(
                            file + ": is a view that is not to be prepared, and would be learned from or"
                                    + " tested with; remove it, or name another 'target'");
                }
            }
        }
    }

    private void make(RawImage image, String stem, SceneOutput to) {
        RawCloud cloud = RawCloud.of(image);
        RawCloud kept = cloud.select(sample(image.number(), cloud.size()));
        List<double[]> rows = image.boxes().stream().map(RawBox::row).toList();
        NpArray points = NpArray.of(kept.rows(), kept.size(), RawCloud.COLUMNS);
        to.npz(
                stem + "_votes.npz",
                "point_votes",
                NpArray.of(Votes.of(points.doubles(), RawCloud.COLUMNS, rows), kept.size(), Votes.COLUMNS));
        double[] table = rows.stream().flatMapToDouble(Arrays::stream).toArray();
        to.npy(stem + "_bbox.npy", NpArray.of(table, rows.size(), RawBox.COLUMNS));
        // Last: readers take a view for there by its points.
        to.npz(stem + SunRgbdFactory.ENDING, "pc", points);
    }

    /** Points to keep, ascending; the published files repeat some where there are too few. */
    private int[] sample(int number, int available) {
        int wanted = settings.points();
        SplittableRandom random = new SplittableRandom(settings.seed() * 31 + number);
        if (wanted > 0 && available > wanted) {
            return IntStream.of(DistinctDraws.some(available, wanted, random))
                    .sorted()
                    .toArray();
        }
        return settings.legacy() && wanted > 0
                ? random.ints(wanted, 0, available).sorted().toArray()
                : IntStream.range(0, available).toArray();
    }
}
