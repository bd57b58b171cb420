package org.scenecontexts.datasets.pairs;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.prepare.Preparation;
import org.scenecontexts.api.prepare.WorkProgress;
import org.scenecontexts.io.array.AtomicFile;
import org.scenecontexts.io.folder.DataFolder;

/**
 * The published preparation of ScanNet recordings (REFERENCE 3): frames, clouds, overlaps, and the list of pairs.
 *
 * <p>Frames of one recording are worked on in parallel; each thread holds one frame. Files that are there already are kept,
 * because every file is moved into place when it is complete. Paths in lists are relative to the target folder, which the
 * published loader reads too (its own relative paths do not work, REFERENCE 3.4).
 */
final class ScannetPairsPreparation implements Preparation {

    private final Settings settings;
    private final Parallel parallel;
    private final Consumer<String> warn;

    /** What to do; see {@link ScannetPairsPreparationFactory.Config}. Paths are absolute. */
    record Settings(Path source, Path target, int frameSkip, boolean images, double minOverlap) {}

    ScannetPairsPreparation(Settings settings, Parallel parallel, Consumer<String> warn) {
        this.settings = settings;
        this.parallel = parallel;
        this.warn = warn;
    }

    @Override
    public Map<String, Double> run(WorkProgress progress) {
        Map<String, Path> recordings = recordings();
        Tally tally = new Tally();
        List<OverlapList> lists = new ArrayList<>();
        int number = 0;
        for (Map.Entry<String, Path> recording : recordings.entrySet()) {
            lists.add(scene(recording.getKey(), recording.getValue(), tally));
            progress.at(++number, recordings.size(), recording.getKey());
        }
        List<OverlapList.Pair> pairs = lists.stream()
                .flatMap(list -> list.pairs().stream())
                .filter(pair -> pair.overlap() >= settings.minOverlap())
                .toList();
        OverlapList all = new OverlapList(pairs);
        String name = OverlapList.fileName(settings.minOverlap());
        // The published scripts write the first and ask their user to move it to the second.
        all.write(settings.target().resolve(name));
        all.write(settings.target().resolve("splits").resolve(name));
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("recordings", (double) recordings.size());
        figures.put("pairs", (double) pairs.size());
        figures.put("clouds_made", tally.made.doubleValue());
        figures.put("clouds_kept", tally.kept.doubleValue());
        figures.put("clouds_without_pose", tally.lost.doubleValue());
        return figures;
    }

    private static final class Tally {
        private final AtomicInteger made = new AtomicInteger();
        private final AtomicInteger kept = new AtomicInteger();
        private final AtomicInteger lost = new AtomicInteger();
    }

    /** Recordings by name, in the order of their names. */
    private Map<String, Path> recordings() {
        if (!Files.exists(settings.source())) {
            throw new CloudException(settings.source()
                    + ": no such file or folder; 'source' must be a .sens recording or a" + " folder that holds some");
        }
        Map<String, Path> found = new TreeMap<>();
        List<Path> files = Files.isDirectory(settings.source())
                ? DataFolder.of(settings.source()).ending(List.of("sens")).files()
                : List.of(settings.source());
        for (Path file : files) {
            String stem = file.getFileName().toString().replaceFirst("(?i)\\.sens$", "");
            Path other = found.put(stem, file);
            if (other != null) {
                throw new CloudException("two recordings are called '" + stem + "': " + other + " and " + file
                        + "; their clouds would overwrite each other, rename one");
            }
        }
        if (found.isEmpty()) {
            throw new CloudException(settings.source() + ": no .sens recording in it or below it");
        }
        return found;
    }

    private OverlapList scene(String name, Path recording, Tally tally) {
        SceneFolder folder = new SceneFolder(settings.target().resolve(name));
        try (SensFile sens = SensFile.open(recording)) {
            folder.intrinsics(sens.header());
            int frames = (sens.size() + settings.frameSkip() - 1) / settings.frameSkip();
            boolean[] fresh = new boolean[frames];
            AtomicReferenceArray<double[]> reduced = new AtomicReferenceArray<>(frames);
            parallel.run(frames, k -> {
                int index = k * settings.frameSkip();
                fresh[k] = !folder.complete(index, settings.images());
                if (fresh[k]) {
                    reduced.set(k, make(sens, index, folder));
                }
            });
            List<Integer> indices = new ArrayList<>();
            int made = 0;
            for (int k = 0; k < frames; k++) {
                indices.add(k * settings.frameSkip());
                made += fresh[k] ? 1 : 0;
            }
            tally.made.addAndGet(made);
            tally.kept.addAndGet(frames - made);
            Optional<OverlapList> known = made == 0 ? folder.overlaps(indices) : Optional.empty();
            return known.orElseGet(() -> overlaps(name, indices, reduced, folder, tally));
        }
    }

    /** Writes everything about one frame. */
    private double[] make(SensFile sens, int index, SceneFolder folder) {
        SensFile.Frame frame = sens.frame(index);
        SensFile.Header header = sens.header();
        var colour = sens.colour(index, frame);
        short[] depth = sens.depth(index, frame);
        folder.pose(index, frame.pose());
        if (settings.images()) {
            folder.images(index, depth, header.depthWidth(), header.depthHeight(), colour);
        }
        // The published extractor reads poses and intrinsics back from their texts of six decimals.
        double[] points = FrameCloud.points(
                depth,
                header.depthWidth(),
                header.depthHeight(),
                colour,
                header.intrinsicDepth().rounded(),
                frame.pose().rounded());
        folder.cloud(index, points);
        return VoxelAverages.of(points, FrameCloud.COLUMNS, Overlaps.VOXEL);
    }

    private OverlapList overlaps(
            String name,
            List<Integer> indices,
            AtomicReferenceArray<double[]> reduced,
            SceneFolder folder,
            Tally tally) {
        parallel.run(indices.size(), k -> {
            if (reduced.get(k) == null) {
                reduced.set(k, VoxelAverages.of(folder.cloud(indices.get(k)), FrameCloud.COLUMNS, Overlaps.VOXEL));
            }
        });
        List<Integer> used = new ArrayList<>();
        List<double[]> views = new ArrayList<>();
        for (int k = 0; k < indices.size(); k++) {
            if (reduced.get(k).length > 0) {
                used.add(indices.get(k));
                views.add(reduced.get(k));
            }
        }
        int lost = indices.size() - used.size();
        if (lost > 0) {
            tally.lost.addAndGet(lost);
            warn.accept(name + ": " + lost + " of " + indices.size()
                    + " frames have no pose or no depth; their clouds take part in no pair");
        }
        double[][] fractions = Overlaps.fractions(views, Overlaps.RADIUS, parallel);
        List<OverlapList.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < used.size(); i++) {
            for (int j = i + 1; j < used.size(); j++) {
                pairs.add(new OverlapList.Pair(
                        SceneFolder.cloudName(name, used.get(i)),
                        SceneFolder.cloudName(name, used.get(j)),
                        Math.max(fractions[i][j], fractions[j][i])));
            }
        }
        OverlapList list = new OverlapList(pairs);
        folder.overlaps(list);
        return list;
    }

    /** Writes a text file whole. */
    static void text(Path file, String text) {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
