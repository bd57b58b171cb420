package org.scenecontexts.datasets.stored;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.WritesFile;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.prepare.Preparation;
import org.scenecontexts.api.prepare.PreparationFactory;
import org.scenecontexts.api.prepare.WorkProgress;
import org.scenecontexts.datasets.raw.SceneOutput;
import org.scenecontexts.io.array.FileNames;
import org.scenecontexts.io.array.Leftovers;

/**
 * Writes the scenes of any data set for other programs, under {@code prepare: {type: export-scenes}}: as PLY in the frame of the data,
 * or in the published prepared formats.
 *
 * @since 0.2
 */
@Extension
public final class ExportFactory implements PreparationFactory<ExportFactory.Config> {

    /** What is written. */
    public enum Format {
        /** SCENE.ply with labels, objects and attributes of points, SCENE.boxes.json where there are boxes. */
        PLY(ExportFormats::ply),
        /** SCENE.pth with NYU40 numbers, and a list. */
        SCANNET(ExportFormats::scannet),
        /** The same with the numbers of ScanNet200. */
        SCANNET200(ExportFormats::scannet200),
        /** Area_k/ROOM.pth, and lists. */
        S3DIS(ExportFormats::s3dis);

        private final Writer writer;

        Format(Writer writer) {
            this.writer = writer;
        }
    }

    /** Writes one scene. */
    @FunctionalInterface
    interface Writer {
        /** @param lost receives names of what the format cannot hold */
        void write(Scene scene, String name, ExportFormats.Target target, Set<String> lost);
    }

    /** The YAML keys. */
    public record Config(
            @Doc("the scenes to write, of any data set") Choice<BuildContext, Dataset> data,
            @WritesFile @Doc("the folder to write") Path target,

            @Doc("ply, or the published prepared formats: scannet, scannet200, s3dis (of scenes called Area_K_ROOM)")
            @Default("ply")
            Format format,

            @Doc("name of the list of scenes of scannet and scannet200: splits/scannetv2_NAME.txt") @Default("train")
            String list) {}

    @Override
    public String name() {
        return "export-scenes";
    }

    @Override
    public String filesFrom(Config config) {
        return config.data().filesFrom();
    }

    @Override
    public String summary() {
        return "Writes the scenes of any data set as PLY or in a published prepared format, in the frame of the data.";
    }

    @Override
    public Preparation create(Config config, BuildContext context) {
        return progress -> run(config, config.data().create(context), context, progress);
    }

    private static Map<String, Double> run(Config config, Dataset data, BuildContext context, WorkProgress progress) {
        Path folder = context.resolve(config.target());
        if (data.size() == 0 || data.views() != 1) {
            throw new CloudException(folder + ": is not written, as the data has "
                    + (data.size() == 0 ? "no scenes" : data.views() + " views of each place")
                    + "; name data of single scenes with 'data'");
        }
        ExportFormats.requireClasses(config.format(), data.classes());
        Leftovers.remove(folder);
        FileNames free = new FileNames();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            names.add(free.of(data.id(i)));
        }
        if (config.format() == Format.S3DIS) {
            // Asked before the first room is written, not at the last.
            names.forEach(ExportFormats::room);
        }
        Set<String> lost = ConcurrentHashMap.newKeySet();
        AtomicInteger done = new AtomicInteger();
        context.parallel().run(data.size(), index -> {
            ExportFormats.Target target = new ExportFormats.Target(SceneOutput.in(folder), folder, data.classes());
            config.format().writer.write(data.load(index).scene(), names.get(index), target, lost);
            progress.at(done.incrementAndGet(), data.size(), data.id(index));
        });
        lists(config, folder, names);
        if (!lost.isEmpty()) {
            context.warn(folder + ": the format " + config.format() + " cannot hold "
                    + String.join(", ", new TreeSet<>(lost))
                    + ", which the scenes have; they are left out"
                    + (config.format() == Format.PLY ? "" : " ('format: ply' keeps attributes of points and boxes)"));
        }
        return Map.of("scenes", (double) data.size());
    }

    /** Lists where the published loaders look. */
    private static void lists(Config config, Path folder, List<String> names) {
        SceneOutput lists = SceneOutput.in(folder);
        switch (config.format()) {
            case PLY -> {}
            case SCANNET, SCANNET200 ->
                lists.bytes("splits/scannetv2_" + config.list() + ".txt", ExportFormats.lines(names));
            case S3DIS -> {
                Map<String, List<String>> areas = names.stream()
                        .map(ExportFormats::room)
                        .collect(Collectors.groupingBy(room -> room.substring(5, room.indexOf('/'))));
                areas.forEach((area, rooms) -> lists.bytes("splits/area" + area + ".txt", ExportFormats.lines(rooms)));
            }
        }
    }
}
