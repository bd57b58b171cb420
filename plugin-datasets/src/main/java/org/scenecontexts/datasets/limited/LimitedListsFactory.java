package org.scenecontexts.datasets.limited;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.config.WritesFile;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.prepare.Preparation;
import org.scenecontexts.api.prepare.PreparationFactory;
import org.scenecontexts.api.prepare.WorkProgress;
import org.scenecontexts.io.array.AtomicFile;
import org.scenecontexts.io.torch.BoxLists;
import org.scenecontexts.io.torch.PointLists;

/**
 * Writes down which scenes, points or boxes {@code limited} draws, under {@code prepare: {type: limited-lists}}: lists in the published
 * format (REFERENCE 9.1, 9.2, 9.3) that others can train with, or that say what there is to annotate.
 *
 * @since 0.2
 */
@Extension
public final class LimitedListsFactory implements PreparationFactory<LimitedListsFactory.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("the scenes to draw from") Choice<BuildContext, Dataset> data,

            @Doc("share of the scenes, 0 to 1 or such as 5%; the list is a text with a name per line") @Positive @Max(1)
            Optional<Double> scenes,

            @Doc("which scenes a share is made of: first or random, as with 'limited'") @Default("first")
            LimitedFactory.Take take,

            @Doc("labelled points per scene") @Min(1) Optional<Integer> points,
            @Doc("annotated boxes per scene") @Min(1) Optional<Integer> boxes,

            @Doc("chooses the scenes, points or boxes, as the seed of 'limited' does") @Default("0")
            long seed,

            @WritesFile @Doc("the list to write (.pth; points also .npz; scenes .txt)")
            Path target) {

        /** @throws IllegalArgumentException unless either scenes, points or boxes are drawn */
        public Config {
            long drawn =
                    Stream.of(scenes, points, boxes).filter(Optional::isPresent).count();
            if (drawn != 1) {
                throw new IllegalArgumentException(
                        "one of 'scenes', 'points' and 'boxes' is expected, found " + (drawn == 0 ? "none" : drawn));
            }
        }
    }

    @Override
    public String name() {
        return "limited-lists";
    }

    @Override
    public String filesFrom(Config config) {
        return config.data().filesFrom();
    }

    @Override
    public String summary() {
        return "Draws some scenes, or some points or boxes of every scene, and writes them as a published list.";
    }

    @Override
    public Preparation create(Config config, BuildContext context) {
        Path target = context.resolve(config.target());
        return progress -> {
            Dataset data = config.data().create(context);
            if (config.scenes().isPresent()) {
                return scenes(data, config.scenes().get(), config, target);
            }
            if (config.points().isPresent()) {
                LabelBudget budget = LabelBudget.drawn(config.points().get(), config.seed(), false);
                Map<String, int[]> drawn = drawn(data, budget::points, context, progress);
                Map<String, long[]> lists = new LinkedHashMap<>();
                drawn.forEach((scene, points) ->
                        lists.put(scene, Arrays.stream(points).asLongStream().toArray()));
                Map<String, Double> figures = figures(
                        target, lists.size(), drawn.values().stream().mapToInt(points -> points.length), "points");
                PointLists.write(target, lists);
                return figures;
            }
            BoxBudget budget = BoxBudget.drawn(config.boxes().get(), config.seed(), false);
            Map<String, BoxLists.Kept> lists = drawn(data, budget::kept, context, progress);
            Map<String, Double> figures = figures(
                    target,
                    lists.size(),
                    lists.values().stream().mapToInt(kept -> Math.max(kept.rows().length, kept.instances().length)),
                    "boxes");
            BoxLists.write(target, lists);
            return figures;
        };
    }

    /** The names of the scenes that 'limited' takes, one a line (REFERENCE 9.1). */
    private static Map<String, Double> scenes(Dataset data, double share, Config config, Path target) {
        if (data.size() == 0) {
            throw new CloudException(target + ": is not written, as the data has no scene to draw");
        }
        int[] kept = LimitedFactory.share(data.size(), share, config.take(), config.seed());
        String names =
                Arrays.stream(kept).mapToObj(index -> data.id(index) + "\n").collect(Collectors.joining());
        AtomicFile.write(target, out -> out.write(names.getBytes(StandardCharsets.UTF_8)));
        return Map.of("scenes", (double) kept.length);
    }

    /** @throws CloudException when nothing was drawn: with an empty list nothing can be learnt */
    private static Map<String, Double> figures(Path target, int scenes, IntStream drawn, String what) {
        int count = drawn.sum();
        if (count == 0) {
            throw new CloudException(target + ": is not written, as none of the " + scenes + " scenes has any " + what
                    + " with a class to draw from; name data that has them with 'data'");
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("scenes", (double) scenes);
        figures.put(what, (double) count);
        return figures;
    }

    /** For every scene, in the order of the data. */
    private static <T> Map<String, T> drawn(
            Dataset data, Function<Scene, T> draw, BuildContext context, WorkProgress progress) {
        Map<Integer, T> found = new java.util.concurrent.ConcurrentHashMap<>();
        AtomicInteger done = new AtomicInteger();
        context.parallel().run(data.size(), index -> {
            found.put(index, draw.apply(data.load(index).scene()));
            progress.at(done.incrementAndGet(), data.size(), data.id(index));
        });
        Map<String, T> lists = new LinkedHashMap<>();
        for (int index = 0; index < data.size(); index++) {
            lists.put(data.id(index), found.get(index));
        }
        return lists;
    }
}
