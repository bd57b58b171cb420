package org.scenecontexts.runtime.retrieve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.select.PointFeatures;
import org.scenecontexts.runtime.load.RequiredParts;
import org.scenecontexts.runtime.log.Progress;
import org.scenecontexts.runtime.run.Chance;
import org.scenecontexts.runtime.run.Model;
import org.scenecontexts.runtime.run.RunContext;
import org.scenecontexts.runtime.select.SceneFeatures;

/**
 * Measures the features of a network that nobody has fine-tuned: labelled points of some scenes vote, by the cosine of their
 * features, for the class of points in other scenes.
 *
 * @since 0.2
 */
public final class Retrieval {

    private final Model model;
    private final RunContext context;
    private final Settings settings;

    /**
     * How it is measured.
     *
     * @param points of every scene of the bank
     * @param queries of every measured scene
     * @param neighbours that vote
     * @param temperature of the votes
     */
    public record Settings(int points, int queries, int neighbours, double temperature) {}

    /**
     * What was found.
     *
     * @param points that were given a class
     */
    public record Found(Report report, long points) {}

    /** Some labelled points of all scenes together: features {@code [N, C]} and classes. */
    private record Points(float[] features, int channels, int[] labels) {}

    /** @param model in evaluation mode */
    public Retrieval(Model model, RunContext context, Settings settings) {
        this.model = model;
        this.context = context;
        this.settings = settings;
    }

    /**
     * Measures.
     *
     * @throws CloudException when a data set has no labelled point, or their classes differ
     * @throws IllegalStateException when a feature is no finite number
     */
    public Found measure(Dataset bank, Dataset data, Progress progress) {
        List<String> classes = data.classes().names();
        if (!bank.classes().names().equals(classes)) {
            throw new CloudException("the bank tells apart " + bank.classes().names() + ", but the data " + classes
                    + "; choose data sets of the same classes, or map the labels of one");
        }
        RequiredParts.require(bank, Set.of(ScenePart.LABELS), "the bank of the retrieval");
        RequiredParts.require(data, Set.of(ScenePart.LABELS), "the data of the retrieval");
        Points known = points(bank, settings.points(), "bank", progress, 0);
        NearestNeighbours neighbours = new NearestNeighbours(
                known.features(),
                known.channels(),
                known.labels(),
                model.engine().parallel());
        Points asked = points(data, settings.queries(), "data", progress, bank.size());
        RetrievalFigures figures = new RetrievalFigures(classes, settings.neighbours(), settings.temperature());
        figures.add(
                neighbours.lookUp(asked.features(), Math.max(settings.neighbours(), RetrievalFigures.NEAREST)),
                asked.labels());
        long[] counts = counts(known, classes);
        warn(classes, counts, counts(asked, classes));
        return new Found(figures.report(counts), asked.labels().length);
    }

    private static long[] counts(Points points, List<String> classes) {
        long[] counts = new long[classes.size()];
        Arrays.stream(points.labels()).forEach(label -> counts[label]++);
        return counts;
    }

    private void warn(List<String> classes, long[] known, long[] asked) {
        long bank = Arrays.stream(known).sum();
        if (bank < settings.neighbours()) {
            context.warn(
                    "labelled points in the bank: " + bank + ", where 'neighbours' asks for " + settings.neighbours()
                            + "; all of them vote for every query: give it more scenes or more 'points'");
        }
        String absent = IntStream.range(0, known.length)
                .filter(k -> known[k] == 0 && asked[k] > 0)
                .mapToObj(k -> "'" + classes.get(k) + "' (" + asked[k] + " queries)")
                .collect(Collectors.joining(", "));
        if (!absent.isEmpty()) {
            context.warn("the bank has no point of " + absent
                    + ": none of them can be given its class; give it more scenes or more 'points'");
        }
    }

    private Points points(Dataset scenes, int most, String role, Progress progress, int before) {
        SceneFeatures features = new SceneFeatures(model, scenes, context);
        float[][] found = new float[scenes.size()][];
        int[][] labels = new int[scenes.size()][];
        List<String> unlabelled = new ArrayList<>();
        int channels = 0;
        for (int i = 0; i < scenes.size(); i++) {
            context.endIfStopping();
            Scene scene = scenes.load(i).scene();
            Chance chance = context.chance(role).at(scene.id());
            int[] drawn = draw(scene, most, chance.at("points").random());
            labels[i] = IntStream.of(drawn).map(point -> scene.labels()[point]).toArray();
            found[i] = new float[0];
            if (drawn.length == 0 && scene.size() > 0) {
                unlabelled.add(scene.id());
            } else {
                PointFeatures all = features.of(scene, chance.at("sampling"));
                channels = all.channels();
                found[i] = rows(scene, all, drawn);
            }
            progress.at(before + i + 1L, scene.id());
        }
        int[] joined = Arrays.stream(labels).flatMapToInt(Arrays::stream).toArray();
        if (!unlabelled.isEmpty()) {
            context.warn("scenes of the " + role + " that have no labelled point and take no part: " + unlabelled.size()
                    + " of " + scenes.size() + ", the first '" + unlabelled.getFirst() + "'");
        }
        float[] values = new float[joined.length * channels];
        int at = 0;
        for (float[] part : found) {
            System.arraycopy(part, 0, values, at, part.length);
            at += part.length;
        }
        return new Points(values, channels, joined);
    }

    /** Near to what is no number lies whatever comes first, which would look like a result. */
    private static float[] rows(Scene scene, PointFeatures features, int[] points) {
        int channels = features.channels();
        float[] rows = new float[points.length * channels];
        for (int k = 0; k < points.length; k++) {
            System.arraycopy(features.values(), points[k] * channels, rows, k * channels, channels);
        }
        for (int i = 0; i < rows.length; i++) {
            if (!Float.isFinite(rows[i])) {
                throw new IllegalStateException("scene '" + scene.id() + "': channel " + i % channels
                        + " of the feature of point " + points[i / channels] + " is " + rows[i]
                        + " where a finite number is expected, so that nothing lies near to it; look whether the loss of"
                        + " its training stayed finite and the inputs of the scene are numbers, or take an earlier"
                        + " checkpoint");
            }
        }
        return rows;
    }

    /** Labelled points by chance, without repetition. */
    private static int[] draw(Scene scene, int most, RandomGenerator random) {
        int[] labelled = IntStream.range(0, scene.labels().length)
                .filter(point -> scene.labels()[point] >= 0)
                .toArray();
        int count = Math.min(most, labelled.length);
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i, labelled.length);
            int swap = labelled[i];
            labelled[i] = labelled[j];
            labelled[j] = swap;
        }
        return Arrays.copyOf(labelled, count);
    }
}
