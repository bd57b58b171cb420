package org.scenecontexts.datasets.clouds;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.data.Attribute;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.DataOutline;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.CachedDataset;
import org.scenecontexts.io.cloud.CloudReader;
import org.scenecontexts.io.cloud.Up;

/**
 * Reads the user's own PLY, PCD, XYZ, CSV and NPZ files.
 *
 * @since 0.1
 */
@Extension
public final class PointCloudsFactory implements DatasetFactory<PointCloudsFactory.Config> {

    /** Files that a message names. */
    private static final int NAMED = 3;

    /** What to do with label values that the map does not have. */
    public enum Unmapped {
        ERROR,
        WARN,
        IGNORE
    }

    /** What to do with the files that {@code every} and {@code offset} pick. */
    public enum Pick {
        KEEP,
        DROP
    }

    /** The YAML keys. */
    public record Config(
            @Doc("folder of the files") Optional<Path> path,

            @Doc("which files of the folder: a glob on their path in it, endings in any case; hidden files are left"
                    + " out")
            @Default("\"*.{ply,pcd,xyz,xyzrgb,txt,asc,pts,csv,npz,npy,las,laz}\"")
            String pattern,

            @Doc("files to read, in this order, instead of a folder") @Default("[]")
            List<Path> files,

            @Doc("picks every n-th file, in natural order of names (learn4 before learn14)") @Default("1") @Min(1)
            int every,

            @Doc("number, from 0, of the first file that is picked") @Default("0") @Min(0)
            int offset,

            @Doc("whether the picked files are kept or dropped: keep for validation, drop for training")
            @Default("keep")
            Pick pick,

            @Doc("field of the files that holds the labels") Optional<String> labelField,

            @Doc("class of each label value; keys are values (3), ranges (1-9) or open ranges (20+); the class"
                    + " ignore leaves points out; without it labels are class numbers from 0")
            @Default("{}")
            Map<String, String> labels,

            @Doc("class names in the order of their numbers; without it, in the order in which labels names them")
            @Default("[]")
            List<String> classes,

            @Doc("what to do with label values that are not mapped: error, warn (and ignore the points) or ignore;"
                    + " NaN is no label")
            @Default("error")
            Unmapped unmapped,

            @Doc("field of the files that numbers objects") Optional<String> instanceField,

            @Doc("what to divide the numbers of instance-field by, rounding down, to get one number per object")
            @Default("1")
            @Min(1)
            int instanceDivisor,

            @Doc("attributes of points to read: name of each, and the list of fields of the files that hold it; inputs"
                    + " can name them")
            @Default("{}")
            Map<String, List<String>> attributes,

            @Doc("folder of the boxes around objects, a file for each cloud (NAME.boxes.json or NAME.json): as csc or"
                    + " labelCloud writes them; needs 'classes'")
            Optional<Path> boxes,

            @Doc("classes whose points belong to no object") @Default("[]")
            List<String> stuff,

            @Doc("factor that turns the files' unit into metres: 0.001 for millimetres") @Default("1") @Positive
            double scale,

            @Doc("axis of the files that points upwards: z, minus-z, y, minus-y (camera frames), x or minus-x")
            @Default("z")
            Up up,

            @Doc("whether clouds read once are kept while there is memory") @Default("true")
            boolean cache) {

        /** @throws IllegalArgumentException when keys do not fit together */
        public Config {
            files = List.copyOf(files);
            labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
            classes = List.copyOf(classes);
            stuff = List.copyOf(stuff);
            Map<String, List<String>> read = new LinkedHashMap<>();
            attributes.forEach((name, fields) -> read.put(name, List.copyOf(fields)));
            attributes = Collections.unmodifiableMap(read);
            // Refuses names that a scene's core has.
            attributes.keySet().forEach(name -> new Attribute.Ints(name, 1, new int[0]));
            if (path.isPresent() != files.isEmpty()) {
                throw new IllegalArgumentException("either 'path' (a folder) or 'files' (a list) is expected, found "
                        + (files.isEmpty() ? "neither" : "both"));
            }
            if (labelField.isPresent() && labels.isEmpty() && classes.isEmpty()) {
                throw new IllegalArgumentException(
                        "label-field needs 'labels' (value to class) or 'classes' (names of the values 0, 1, ...)");
            }
            if (labelField.isEmpty() && !labels.isEmpty()) {
                throw new IllegalArgumentException("labels need 'label-field', the field of the files that holds them");
            }
            if (boxes.isPresent() && labels.isEmpty() && classes.isEmpty()) {
                throw new IllegalArgumentException("boxes need 'classes', the names that they are labelled with");
            }
            LabelMap map = new LabelMap(labels, classes);
            stuff.stream().filter(name -> !map.names().contains(name)).findAny().ifPresent(name -> {
                throw new IllegalArgumentException("stuff: '" + name + "' is not among the classes " + map.names());
            });
        }
    }

    @Override
    public String name() {
        return "point-clouds";
    }

    @Override
    public String summary() {
        return "A folder or list of PLY, PCD, XYZ, CSV, NPZ, NPY, LAS or LAZ files, with labels mapped to classes; plugins"
                + " add formats.";
    }

    @Override
    public DataOutline outline(Config config) {
        return DataOutline.unknown()
                .withViews(1)
                .withLabelled(config.labelField().isPresent())
                .with(ScenePart.INSTANCES, config.instanceField().isPresent())
                .with(ScenePart.BOXES, config.boxes().isPresent())
                .withAttributes(config.attributes().keySet().stream()
                        .map(ScenePart::ofPoints)
                        .collect(Collectors.toSet()))
                .withClasses(SceneClasses.of(new LabelMap(config.labels(), config.classes()).names()));
    }

    @Override
    public void requireFiles(Config config, BuildContext context) {
        boxes(config, files(config, context), context);
    }

    /** A folder that has boxes for none of the clouds is a mistake. */
    private static Optional<Path> boxes(Config config, List<Path> clouds, BuildContext context) {
        Optional<Path> folder = config.boxes().map(context::resolve);
        folder.filter(boxes -> clouds.stream()
                        .allMatch(cloud -> BoxFiles.of(boxes, cloud).isEmpty()))
                .ifPresent(boxes -> {
                    throw new CloudException(boxes + ": has boxes for none of the " + clouds.size()
                            + " clouds; expected for " + clouds.getFirst().getFileName()
                            + " a file of its name with .boxes.json or .json");
                });
        return folder;
    }

    @Override
    public Dataset create(Config config, BuildContext context) {
        List<Path> picked = files(config, context);
        LabelMap map = new LabelMap(config.labels(), config.classes());
        CloudLoader loader = new CloudLoader(
                config, boxes(config, picked, context), map, context.extensions(CloudReader.class), context::warn);
        List<String> ids = ids(picked);
        return new CachedDataset(
                ids,
                SceneClasses.of(map.names()),
                1,
                config.cache(),
                origin(config, picked, map),
                index -> loader.load(picked.get(index), ids.get(index)));
    }

    private static List<Path> files(Config config, BuildContext context) {
        List<Path> all = config.path()
                .map(folder -> CloudList.find(context.resolve(folder), config.pattern(), context::warn))
                .orElseGet(() -> config.files().stream().map(context::resolve).toList());
        return pick(all, config);
    }

    private static String origin(Config config, List<Path> files, LabelMap map) {
        String named = files.stream().limit(NAMED).map(Path::toString).collect(Collectors.joining(", "));
        String more = files.size() > NAMED ? " and " + (files.size() - NAMED) + " more" : "";
        return named + more + ", "
                + config.labelField()
                        .map(field -> "label-field '" + field + "' with the labels " + map)
                        .orElse("without label-field");
    }

    private static List<Path> pick(List<Path> all, Config config) {
        List<Path> picked = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            boolean hit = i >= config.offset() && (i - config.offset()) % config.every() == 0;
            if (hit == (config.pick() == Pick.KEEP)) {
                picked.add(all.get(i));
            }
        }
        if (picked.isEmpty()) {
            throw new CloudException("point-clouds: none of " + all.size() + " files is left by every: "
                    + config.every() + ", offset: " + config.offset() + ", pick: " + config.pick() + "; change these");
        }
        return picked;
    }

    /** File names without extension; with their folders where names repeat. */
    private static List<String> ids(List<Path> files) {
        List<String> names =
                files.stream().map(file -> plain(file.getFileName().toString())).toList();
        Set<String> distinct = new HashSet<>(names);
        if (distinct.size() == files.size()) {
            return names;
        }
        List<String> ids = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Path file : files) {
            int parts = file.getNameCount();
            Path tail = file.subpath(Math.max(0, parts - 2), parts);
            String id = plain(tail.toString().replace('/', '_').replace('\\', '_'));
            String unique = id;
            for (int i = 2; !taken.add(unique); i++) {
                unique = id + "-" + i;
            }
            ids.add(unique);
        }
        return ids;
    }

    private static String plain(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
