package org.scenecontexts.datasets.s3dis;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.config.WritesFile;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.prepare.Preparation;
import org.scenecontexts.api.prepare.PreparationFactory;
import org.scenecontexts.datasets.Sources;
import org.scenecontexts.datasets.raw.RawFolders;
import org.scenecontexts.datasets.raw.RawPreparation;
import org.scenecontexts.datasets.raw.RawScene;
import org.scenecontexts.datasets.raw.SceneOutput;
import org.scenecontexts.io.array.AtomicFile;
import org.scenecontexts.io.array.NpArray;

/**
 * Turns the Stanford texts into the published prepared rooms under {@code prepare: {type: s3dis}} (REFERENCE 5.3).
 *
 * @since 0.2
 */
@Extension
public final class S3disPreparationFactory implements PreparationFactory<S3disPreparationFactory.Config> {

    private static final int COLUMNS = 8;
    private static final String ANNOTATIONS = "Annotations";
    private static final String WHERE = "; the Stanford data set (Stanford3dDataset_v1.2) is given out at"
            + " http://buildingparser.stanford.edu/dataset.html, and docs/datasets.md says what is needed";

    /** The YAML keys. */
    public record Config(
            @Doc("the unpacked Stanford3dDataset_v1.2 (not the aligned version): the folder of Area_1 .. Area_6")
            Path source,

            @WritesFile @Doc("the folder to write: Area_k/ROOM.pth, and 'splits'")
            Path target,

            @Doc("of each cube of this edge one point is kept, metres") @Default("0.01") @Positive
            double grid,

            @Doc("whether damaged lines are left out, as in the published files; otherwise they are mended")
            @Default("false")
            boolean legacy) {}

    /** Damaged lines of all rooms. */
    private record Damage(AtomicLong mended, AtomicLong dropped) {}

    @Override
    public String name() {
        return "s3dis";
    }

    @Override
    public String filesFrom(Config config) {
        return Sources.S3DIS;
    }

    @Override
    public String summary() {
        return "Turns the texts of S3DIS into the published prepared rooms, and mends their damaged lines.";
    }

    @Override
    public Preparation create(Config config, BuildContext context) {
        Path source = context.resolve(config.source());
        Path target = context.resolve(config.target());
        Damage damage = new Damage(new AtomicLong(), new AtomicLong());
        return new RawPreparation(
                new RawPreparation.Plan(
                        target,
                        "s3dis grid " + config.grid() + " legacy " + config.legacy(),
                        () -> rooms(source).stream()
                                .map(room -> scene(source, room, config, context, damage))
                                .toList(),
                        figures -> {
                            lists(source, target);
                            figures.accept(Map.of(
                                    "lines_mended", damage.mended().doubleValue(),
                                    "lines_left_out", damage.dropped().doubleValue()));
                        }),
                context.parallel());
    }

    /** Folders of rooms, by area and name. */
    private static List<Path> rooms(Path source) {
        if (!Files.isDirectory(source)) {
            throw new CloudException(
                    source + ": no such folder; 'source' names the folder of Area_1 .. Area_6" + WHERE);
        }
        List<Path> rooms = new ArrayList<>();
        for (Path area : RawFolders.folders(source)) {
            if (!area.getFileName().toString().matches("Area_\\d+")) {
                continue;
            }
            for (Path room : RawFolders.folders(area)) {
                if (!Files.isDirectory(room.resolve(ANNOTATIONS))) {
                    throw new CloudException(room + ": has no folder '" + ANNOTATIONS
                            + "' with a text for each object; unpack the archive again" + WHERE);
                }
                rooms.add(room);
            }
        }
        if (rooms.isEmpty()) {
            throw new CloudException(source + ": has no room; Area_k/ROOM/" + ANNOTATIONS + " is expected" + WHERE);
        }
        return rooms;
    }

    /** Texts of objects by name, so that their numbers do not depend on the disk. */
    private static List<Path> objects(Path room) {
        List<Path> objects = RawFolders.files(room.resolve(ANNOTATIONS), ".*\\.txt");
        if (objects.isEmpty()) {
            throw new CloudException(
                    room.resolve(ANNOTATIONS) + ": holds no text of an object; unpack the archive again" + WHERE);
        }
        return objects;
    }

    private static String name(Path source, Path room) {
        return source.relativize(room).toString().replace('\\', '/');
    }

    private static RawScene scene(Path source, Path room, Config config, BuildContext context, Damage damage) {
        List<Path> objects = objects(room);
        String name = name(source, room);
        return new RawScene(name, objects, to -> make(name, objects, config, context, damage, to));
    }

    private static void make(
            String name, List<Path> objects, Config config, BuildContext context, Damage damage, SceneOutput to) {
        RawPoints points = new RawPoints(config.legacy(), context::warn);
        int[] ends = new int[objects.size()];
        int[] classes = new int[objects.size()];
        for (int k = 0; k < ends.length; k++) {
            classes[k] = S3disClasses.stored(objects.get(k), context::warn);
            points.add(objects.get(k));
            ends[k] = points.size();
        }
        damage.mended().addAndGet(points.mended());
        damage.dropped().addAndGet(points.dropped());
        int[] labels = new int[points.size()];
        for (int k = 0; k < ends.length; k++) {
            Arrays.fill(labels, k == 0 ? 0 : ends[k - 1], ends[k], classes[k]);
        }
        FirstInVoxel sampled = new FirstInVoxel(config.grid());
        sampled.sample(points.positions(), points.size(), labels);
        double[] table = new double[Math.multiplyExact(COLUMNS, sampled.count())];
        int object = 0;
        for (int i = 0; i < sampled.count(); i++) {
            int point = sampled.point(i);
            while (point >= ends[object]) {
                object++;
            }
            for (int c = 0; c < 3; c++) {
                table[COLUMNS * i + c] = points.positions()[3 * point + c];
                table[COLUMNS * i + 3 + c] = points.colour(point, c);
            }
            table[COLUMNS * i + 6] = sampled.label(i);
            table[COLUMNS * i + 7] = object;
        }
        to.array(name + ".pth", NpArray.of(table, sampled.count(), COLUMNS));
    }

    private static void lists(Path source, Path target) {
        Map<String, StringBuilder> areas = new TreeMap<>();
        for (Path room : rooms(source)) {
            String area = room.getParent().getFileName().toString().replace("Area_", "area");
            areas.computeIfAbsent(area, key -> new StringBuilder())
                    .append(name(source, room))
                    .append(".pth\n");
        }
        areas.forEach((area, text) -> AtomicFile.write(
                target.resolve("splits").resolve(area + ".txt"),
                out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8))));
    }
}
