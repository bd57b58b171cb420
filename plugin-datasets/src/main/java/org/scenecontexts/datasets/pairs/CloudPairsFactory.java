package org.scenecontexts.datasets.pairs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.DataOutline;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.CachedDataset;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.Up;
import org.scenecontexts.io.folder.DataFolder;

/** Offers any folder of registered clouds as pairs of views under {@code data: {type: cloud-pairs}}. */
@Extension
public final class CloudPairsFactory implements DatasetFactory<CloudPairsFactory.Config> {

    /** Which clouds are compared with which. */
    public enum Candidates {
        /** All of them. */
        ALL,
        /** Each with the next in the order of names. */
        CONSECUTIVE
    }

    /** Configuration. */
    public record Config(
            @Doc("the folder with the clouds, all in one frame: PLY, PCD, text or NumPy files")
            Path path,

            @Default("0.3")
            @Min(0)
            @Max(1)
            @Doc("least part of a cloud that the other has seen too, the larger of both directions, 0 to 1")
            double minOverlap,

            @Default("0.05")
            @Positive
            @Doc("edge of the voxels that overlap is counted in, metres; neighbours are within 1.5 of it")
            double voxel,

            @Default("all") @Doc("all: every cloud with every other; consecutive: with the next by name only")
            Candidates candidates,

            @Default("1") @Positive @Doc("factor from the files' unit to metres, e.g. 0.001 for millimetres")
            double scale,

            @Default("z") @Doc("the axis of the files that points up, e.g. z, y or minus-y (camera frames)")
            Up up) {}

    @Override
    public String name() {
        return "cloud-pairs";
    }

    @Override
    public String summary() {
        return "Overlapping clouds of a folder, registered in one frame; pairs are found by their overlap.";
    }

    @Override
    public DataOutline outline(Config config) {
        return DataOutline.unknown()
                .withViews(2)
                .withAttributes(Set.of())
                .withLabelled(false)
                .withClasses(SceneClasses.none());
    }

    @Override
    public void requireFiles(Config config, BuildContext context) {
        files(context.resolve(config.path()), context::warn);
    }

    @Override
    public Dataset create(Config config, BuildContext context) {
        Path folder = context.resolve(config.path());
        List<CloudView> views = views(files(folder, context::warn), config, context::warn);
        double[][] reduced = new double[views.size()][];
        context.parallel().run(views.size(), i -> reduced[i] = views.get(i).reduced(config.voxel()));
        double[][] fractions = Overlaps.fractions(Arrays.asList(reduced), 1.5 * config.voxel(), context.parallel());
        List<List<CloudView>> pairs = new ArrayList<>();
        double best = 0;
        for (int i = 0; i < views.size(); i++) {
            int end = config.candidates() == Candidates.ALL ? views.size() : Math.min(views.size(), i + 2);
            for (int j = i + 1; j < end; j++) {
                double overlap = Math.max(fractions[i][j], fractions[j][i]);
                best = Math.max(best, overlap);
                if (overlap >= config.minOverlap()) {
                    pairs.add(List.of(views.get(i), views.get(j)));
                }
            }
        }
        if (pairs.isEmpty()) {
            throw new CloudException(String.format(
                    Locale.ROOT,
                    "%s: no two of its %d clouds overlap by %.2f or more, the largest overlap is %.2f; are they in one"
                            + " frame and in metres? Set 'scale', or lower 'min-overlap'",
                    folder,
                    views.size(),
                    config.minOverlap(),
                    best));
        }
        List<String> ids = pairs.stream().map(CloudPairsFactory::id).toList();
        return new CachedDataset(
                ids,
                SceneClasses.none(),
                2,
                true,
                i -> new Example(
                        ids.get(i), pairs.get(i).stream().map(CloudView::load).toList()));
    }

    private static String id(List<CloudView> pair) {
        return pair.get(0).name() + "+" + pair.get(1).name();
    }

    /** All clouds lie in one frame, so that what is subtracted from one is subtracted from all. */
    private static List<CloudView> views(List<Path> files, Config config, Consumer<String> warnings) {
        Set<String> told = ConcurrentHashMap.newKeySet();
        Consumer<String> once = message -> {
            if (told.add(message)) {
                warnings.accept(message);
            }
        };
        List<CloudView> views = files.stream()
                .map(file -> new CloudView(file, config.scale(), config.up(), Optional.empty(), once))
                .toList();
        Origin common = views.getFirst().ownOrigin();
        return views.stream().map(view -> view.at(common)).toList();
    }

    private static List<Path> files(Path folder, Consumer<String> warnings) {
        if (!Files.isDirectory(folder)) {
            throw new CloudException(folder + ": no such folder; 'path' must be a folder of clouds");
        }
        DataFolder.Taken taken = DataFolder.flat(folder).ending(CloudFiles.EXTENSIONS);
        String others = taken.told(CloudFiles.CLOUD_LIKE);
        if (taken.files().size() < 2) {
            throw new CloudException(folder + ": has " + taken.files().size()
                    + " clouds, at least 2 are needed; files with the endings " + CloudFiles.EXTENSIONS + " are read"
                    + (others.isEmpty() ? "" : ", " + others));
        }
        if (!others.isEmpty()) {
            warnings.accept(folder + ": " + taken.files().size() + " clouds, " + others);
        }
        return taken.files();
    }
}
