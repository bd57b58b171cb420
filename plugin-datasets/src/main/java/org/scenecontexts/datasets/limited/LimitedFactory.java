package org.scenecontexts.datasets.limited;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.DataOutline;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.DistinctDraws;

/**
 * Any data set with only some of its scenes, or only some of its points or boxes labelled, under {@code data: {type: limited}}
 * (REFERENCE 9.1, 9.2, 9.3).
 *
 * @since 0.1
 */
@Extension
public final class LimitedFactory implements DatasetFactory<LimitedFactory.Config> {

    /** Which scenes a share is made of. */
    public enum Take {
        /** The first ones, so that smaller shares are part of larger ones; how the authors remember theirs. */
        FIRST,
        /** A choice by chance. */
        RANDOM
    }

    /** The YAML keys. */
    public record Config(
            @Doc("the data to limit") Choice<BuildContext, Dataset> data,

            @Doc("share of the scenes to keep, 0 to 1 or such as 5%; at least one scene stays")
            @Default("1")
            @Positive
            @Max(1)
            double scenes,

            @Doc("which scenes: first or random") @Default("first")
            Take take,

            @Doc("a text file with the names of the scenes to keep, one a line, instead of a share")
            Optional<Path> sceneList,

            @Doc("labelled points per scene, drawn by chance; all when left out") @Min(1)
            Optional<Integer> points,

            @Doc("a file with the labelled points of every scene (.pth or .npz), instead of chance")
            Optional<Path> pointList,

            @Doc("annotated boxes per scene, drawn by chance; all other boxes, labels and objects are hidden; all when"
                    + " left out")
            @Min(1)
            Optional<Integer> boxes,

            @Doc("a file with the annotated boxes of every scene (.pth), instead of chance")
            Optional<Path> boxList,

            @Doc("chooses scenes, points and boxes") @Default("0")
            long seed,

            @Doc("whether unlabelled points spoil the label of a voxel that they share with a labelled one,"
                    + " as published")
            @Default("false")
            boolean collide,

            @Doc("as published: unlabelled points collide, and a scene that a box list leaves out keeps all"
                    + " of its boxes and labels instead of being an error")
            @Default("false")
            boolean legacy) {

        /** @throws IllegalArgumentException when labels are limited in two ways */
        public Config {
            Map<String, Boolean> ways = new LinkedHashMap<>();
            ways.put("points", points.isPresent());
            ways.put("point-list", pointList.isPresent());
            ways.put("boxes", boxes.isPresent());
            ways.put("box-list", boxList.isPresent());
            List<String> found = ways.keySet().stream().filter(ways::get).toList();
            if (found.size() > 1) {
                throw new IllegalArgumentException("'" + String.join("' and '", found) + "' exclude each other; leave "
                        + (found.size() == 2 ? "one out" : "all out but one"));
            }
        }

        Optional<UnaryOperator<Scene>> budget(BuildContext context) {
            boolean spoil = collide || legacy;
            return pointList
                    .<UnaryOperator<Scene>>map(list -> LabelBudget.listed(context.resolve(list), spoil))
                    .or(() -> points.map(count -> LabelBudget.drawn(count, seed, spoil)))
                    .or(() -> boxList.map(list -> BoxBudget.listed(context.resolve(list), legacy)))
                    .or(() -> boxes.map(count -> BoxBudget.drawn(count, seed, spoil)));
        }
    }

    @Override
    public String name() {
        return "limited";
    }

    @Override
    public String filesFrom(Config config) {
        return config.data().filesFrom();
    }

    @Override
    public String summary() {
        return "Another data set with only some of its scenes, or only some points or boxes labelled (data-efficient"
                + " protocols).";
    }

    @Override
    public DataOutline outline(Config config) {
        return DataOutline.of(config.data());
    }

    @Override
    public void requireFiles(Config config, BuildContext context) {
        DatasetFactory.requireFilesOf(config.data(), context);
    }

    @Override
    public Dataset create(Config config, BuildContext context) {
        Dataset whole = config.data().create(context);
        int[] kept = config.sceneList()
                .map(list -> named(whole, context.resolve(list)))
                .orElseGet(() -> share(whole.size(), config.scenes(), config.take(), config.seed()));
        return new LimitedDataset(whole, kept, config.budget(context));
    }

    /** The numbers of a share of the scenes, ascending. */
    static int[] share(int size, double scenes, Take take, long seed) {
        int count = Math.max(Math.min(1, size), (int) Math.round(scenes * size));
        int[] kept = take == Take.RANDOM
                ? DistinctDraws.some(size, count, new SplittableRandom(seed))
                : IntStream.range(0, count).toArray();
        Arrays.sort(kept);
        return kept;
    }

    private static int[] named(Dataset whole, Path list) {
        Map<String, Integer> numbers = new HashMap<>();
        IntStream.range(0, whole.size()).forEach(i -> numbers.put(whole.id(i), i));
        try {
            List<String> names = Files.readAllLines(list, StandardCharsets.UTF_8).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            List<String> unknown =
                    names.stream().filter(name -> !numbers.containsKey(name)).toList();
            if (names.isEmpty() || !unknown.isEmpty()) {
                throw new CloudException(list + ": "
                        + (names.isEmpty()
                                ? "names no scene"
                                : unknown.size() + " of " + names.size() + " scenes are not in the data, the first is '"
                                        + unknown.getFirst() + "'")
                        + "; one scene name per line is expected, without an ending");
            }
            return names.stream().mapToInt(numbers::get).distinct().toArray();
        } catch (IOException e) {
            throw new CloudException(list + ": cannot be read: " + e, e);
        }
    }
}
