package org.scenecontexts.datasets.folders;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.data.Attribute;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.DataOutline;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.CachedDataset;
import org.scenecontexts.datasets.raw.RawFolders;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.cloud.LocalPositions;

/**
 * Reads SemanticKITTI's scans and labels as they are given out: {@code sequences/NN/velodyne/*.bin} and {@code labels/*.label}.
 *
 * @since 0.2
 */
@Extension
public final class SemanticKittiFactory implements DatasetFactory<SemanticKittiFactory.Config> {

    private static final int COLUMNS = 4;
    private static final int SEQUENCES = 22;

    /** The official division of the sequences. */
    public enum Split {
        /** 00 to 07, 09 and 10. */
        TRAIN(0, 1, 2, 3, 4, 5, 6, 7, 9, 10),
        /** 08. */
        VAL(8),
        /** 11 to 21, without labels. */
        TEST(IntStream.range(11, SEQUENCES).toArray());

        private final List<Integer> sequences;

        Split(int... sequences) {
            this.sequences = IntStream.of(sequences).boxed().toList();
        }
    }

    /** The YAML keys. */
    public record Config(
            @Doc("folder of 'sequences'") Path path,

            @Doc("train (when left out), val or test") Optional<Split> split,

            @Doc("sequences to use instead of a split, 0 to 21") @Default("[]")
            List<Integer> sequences,

            @Doc("classes whose points belong to no object; points without a number of an object belong to none anyway")
            @Default("[]")
            List<String> stuff) {

        /** @throws IllegalArgumentException when keys do not fit together */
        public Config {
            sequences = List.copyOf(new LinkedHashSet<>(sequences));
            stuff = List.copyOf(stuff);
            if (split.isPresent() && !sequences.isEmpty()) {
                throw new IllegalArgumentException("either 'split' or 'sequences' is expected, found both: split "
                        + split.get() + ", sequences " + sequences);
            }
            sequences.stream()
                    .filter(number -> number < 0 || number >= SEQUENCES)
                    .findAny()
                    .ifPresent(number -> {
                        throw new IllegalArgumentException("sequences: there is no " + number + "; 0 to 21 exist");
                    });
            FolderLabels.of(SemanticKittiClasses.all(), stuff);
        }
    }

    private record Scan(Path points, Path labels, String id) {}

    @Override
    public String name() {
        return "semantic-kitti";
    }

    @Override
    public String filesFrom(Config config) {
        return "take the scans of KITTI's odometry benchmark (https://www.cvlibs.net/datasets/kitti) and the labels from"
                + " http://www.semantic-kitti.org";
    }

    @Override
    public String summary() {
        return "SemanticKITTI's scans and labels, 19 classes; remission as an attribute of the points.";
    }

    @Override
    public DataOutline outline(Config config) {
        return DataOutline.unknown()
                .withViews(1)
                .with(ScenePart.COLOURS, false)
                .withAttributes(Set.of(ScenePart.ofPoints("remission")))
                .withClasses(SemanticKittiClasses.all());
    }

    @Override
    public void requireFiles(Config config, BuildContext context) {
        create(config, context);
    }

    @Override
    public Dataset create(Config config, BuildContext context) {
        Path root = context.resolve(config.path());
        Path sequences = root.getFileName() != null && root.endsWith("sequences") ? root : root.resolve("sequences");
        List<Scan> scans = new ArrayList<>();
        for (int number :
                config.sequences().isEmpty() ? config.split().orElse(Split.TRAIN).sequences : config.sequences()) {
            String name = String.format(Locale.ROOT, "%02d", number);
            scans.addAll(scans(root, sequences.resolve(name), name));
        }
        FolderLabels labels = FolderLabels.of(SemanticKittiClasses.all(), config.stuff());
        return new CachedDataset(
                scans.stream().map(Scan::id).toList(),
                SemanticKittiClasses.all(),
                1,
                false,
                index -> load(scans.get(index), labels, context));
    }

    private static List<Scan> scans(Path root, Path sequence, String name) {
        Path velodyne = sequence.resolve("velodyne");
        List<Path> files = Files.isDirectory(velodyne) ? RawFolders.files(velodyne, ".+\\.bin") : List.of();
        if (files.isEmpty()) {
            throw new CloudException(velodyne + ": "
                    + (Files.isDirectory(velodyne) ? "holds no scan (.bin)" : "no such folder")
                    + FolderKind.instead(root, FolderKind.SEMANTIC_KITTI)
                    + "; 'path' names the folder of 'sequences', 'sequences' which of them to take");
        }
        Path folder = sequence.resolve("labels");
        boolean labelled = Files.isDirectory(folder);
        List<Scan> scans = new ArrayList<>();
        for (Path file : files) {
            String stem = file.getFileName().toString().replaceFirst("\\.bin$", "");
            Path labels = folder.resolve(stem + ".label");
            if (labelled && !Files.isRegularFile(labels)) {
                throw new CloudException(
                        labels + ": no such file, but other scans of the sequence have labels; copy them"
                                + " again, or take the folder 'labels' away");
            }
            scans.add(new Scan(file, labels, name + "_" + stem));
        }
        return scans;
    }

    private static Example load(Scan scan, FolderLabels known, BuildContext context) {
        NpArray table = RawColumns.floats(scan.points(), COLUMNS);
        int n = table.dim(0);
        LocalPositions local = RawColumns.positions(scan.points(), table, context::warn);
        int[] labels = {};
        int[] instances = {};
        if (Files.exists(scan.labels())) {
            int[] words = RawColumns.ints(scan.labels(), n);
            long[] classes = new long[n];
            long[] objects = new long[n];
            for (int i = 0; i < n; i++) {
                // The lower half is the class, the upper one the object, which counts anew for each class.
                classes[i] = words[i] & 0xFFFF;
                objects[i] = words[i] >>> 16 == 0 ? Labels.NO_INSTANCE : Integer.toUnsignedLong(words[i]);
            }
            labels = known.labels(
                    scan.labels(), classes, SemanticKittiClasses::of, "one of the 34 classes of semantic-kitti.yaml");
            instances = known.instances(objects, labels);
        }
        Scene scene = new Scene(
                scan.id(), local.positions(), new float[0], new float[0], labels, instances, List.of(), local.origin());
        return Example.of(scene.withPoints(new Attribute.Floats("remission", 1, RawColumns.some(table, 3, 1))));
    }
}
