package org.scenecontexts.datasets.s3dis;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.DataOutline;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.CachedDataset;
import org.scenecontexts.datasets.Sources;
import org.scenecontexts.datasets.folders.FolderKind;
import org.scenecontexts.datasets.prepared.PreparedArrays;
import org.scenecontexts.datasets.prepared.SceneLists;
import org.scenecontexts.io.cloud.LocalPositions;
import org.scenecontexts.io.torch.TorchFile;

/**
 * Reads the Stanford rooms as prepared for the published program: {@code <path>/Area_k/<room>.pth} and
 * {@code <path>/splits/area<k>.txt} (REFERENCE 5.3).
 *
 * @since 0.1
 */
@Extension
public final class S3disFactory implements DatasetFactory<S3disFactory.Config> {

    private static final int COLUMNS = 8;
    private static final int LABEL = 6;
    private static final int OBJECT = 7;
    private static final int AREAS = 6;

    /** The published division of the areas. */
    public enum Split {
        /** Areas 1, 2, 3, 4 and 6. */
        TRAIN(1, 2, 3, 4, 6),
        /** Area 5. */
        VAL(5),
        /** The same as {@link #VAL}. */
        TEST(5);

        private final List<Integer> areas;

        Split(Integer... areas) {
            this.areas = List.of(areas);
        }
    }

    /** The YAML keys. */
    public record Config(
            @Doc("folder of Area_1 .. Area_6 and of 'splits'")
            Path path,

            @Doc("train (when left out): areas 1, 2, 3, 4 and 6; val or test: area 5")
            Optional<Split> split,

            @Doc("areas to use instead of a split, 1 to 6") @Default("[]")
            List<Integer> areas,

            @Doc("areas to leave out of the six instead of a split, as the folds of a cross-validation do")
            @Default("[]")
            List<Integer> except,

            @Doc("classes whose points belong to no object; the published experiments use all 13 as objects")
            @Default("[]")
            List<String> stuff,

            @Doc("whether rooms read once are kept while there is memory") @Default("true")
            boolean cache) {

        /** @throws IllegalArgumentException when keys do not fit together */
        public Config {
            areas = List.copyOf(new LinkedHashSet<>(areas));
            except = List.copyOf(new LinkedHashSet<>(except));
            stuff = List.copyOf(stuff);
            if ((split.isPresent() ? 1 : 0) + (areas.isEmpty() ? 0 : 1) + (except.isEmpty() ? 0 : 1) > 1) {
                throw new IllegalArgumentException("one of 'split', 'areas' and 'except' is expected, found split "
                        + split.map(String::valueOf).orElse("none") + ", areas " + areas + ", except " + except);
            }
            requireAreas("areas", areas);
            requireAreas("except", except);
            if (except.size() == AREAS) {
                throw new IllegalArgumentException("except: leaves no area");
            }
            List<String> names = S3disClasses.all().names();
            stuff.stream().filter(name -> !names.contains(name)).findAny().ifPresent(name -> {
                throw new IllegalArgumentException("stuff: '" + name + "' is not among the classes " + names);
            });
        }

        private static void requireAreas(String key, List<Integer> named) {
            named.stream().filter(area -> area < 1 || area > AREAS).findAny().ifPresent(area -> {
                throw new IllegalArgumentException(key + ": there is no area " + area + "; 1 to " + AREAS + " exist");
            });
        }

        /** The areas that the keys mean. */
        List<Integer> chosen() {
            if (!except.isEmpty()) {
                return IntStream.rangeClosed(1, AREAS)
                        .boxed()
                        .filter(area -> !except.contains(area))
                        .toList();
            }
            return areas.isEmpty() ? split.orElse(Split.TRAIN).areas : areas;
        }
    }

    @Override
    public String name() {
        return "s3dis";
    }

    @Override
    public String filesFrom(Config config) {
        return Sources.prepared(Sources.S3DIS, name());
    }

    @Override
    public String summary() {
        return "Stanford 3D indoor spaces (S3DIS) in the published prepared format, 13 classes.";
    }

    @Override
    public DataOutline outline(Config config) {
        return DataOutline.labelledScenes(S3disClasses.all());
    }

    @Override
    public void requireFiles(Config config, BuildContext context) {
        create(config, context);
    }

    @Override
    public Dataset create(Config config, BuildContext context) {
        Path root = context.resolve(config.path());
        FolderKind.require(root, FolderKind.S3DIS);
        Path lists = SceneLists.folder(root);
        List<Integer> areas = config.chosen();
        List<String> rooms = new ArrayList<>();
        for (int area : areas) {
            rooms.addAll(SceneLists.read(lists.resolve("area" + area + ".txt")));
        }
        rooms.stream()
                .filter(room -> !Files.isRegularFile(root.resolve(room)))
                .findFirst()
                .ifPresent(room -> {
                    throw new CloudException(root.resolve(room) + ": no such file, but a list in " + lists
                            + " names it; prepare the room with 'prepare: {type: s3dis}', or take the line out");
                });
        boolean[] stuff = new boolean[S3disClasses.all().count()];
        config.stuff().forEach(name -> stuff[S3disClasses.all().names().indexOf(name)] = true);
        List<String> ids = rooms.stream().map(S3disFactory::id).toList();
        return new CachedDataset(
                ids,
                S3disClasses.all(),
                1,
                config.cache(),
                index -> load(root.resolve(rooms.get(index)), ids.get(index), stuff, context::warn));
    }

    /** {@code Area_5/office_1.pth} is {@code Area_5_office_1}: rooms of one name lie in several areas. */
    private static String id(String line) {
        return line.replaceFirst("\\.pth$", "").replace('/', '_').replace('\\', '_');
    }

    private static Example load(Path file, String id, boolean[] stuff, Consumer<String> warnings) {
        double[] table = PreparedArrays.table(file, "room", TorchFile.read(file).root(), COLUMNS);
        int n = table.length / COLUMNS;
        int[] labels = new int[n];
        int[] instances = new int[n];
        Arrays.fill(instances, Labels.NO_INSTANCE);
        for (int i = 0; i < n; i++) {
            double stored = table[i * COLUMNS + LABEL];
            boolean missing = Double.isNaN(stored);
            if (!missing && !S3disClasses.isKnown(stored)) {
                throw new CloudException(file + ": row " + i + ", column " + LABEL
                        + ": expected a class 0 to 13 or 255," + " found " + stored + "; prepare the room again");
            }
            labels[i] = missing ? Labels.IGNORE : S3disClasses.of((int) stored);
            double object = table[i * COLUMNS + OBJECT];
            if (labels[i] != Labels.IGNORE && !stuff[labels[i]] && object >= 0) {
                instances[i] = (int) object;
            }
        }
        double[] points = new double[3 * n];
        for (int i = 0; i < points.length; i++) {
            points[i] = table[i / 3 * COLUMNS + i % 3];
        }
        LocalPositions local = PreparedArrays.positions(file, points, warnings);
        return Example.of(new Scene(
                id,
                local.positions(),
                PreparedArrays.floats(table, COLUMNS, 3, 3),
                new float[0],
                labels,
                instances,
                List.of(),
                local.origin()));
    }
}
