package org.scenecontexts.runtime.retrieve;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.select.PointFeatures;
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
     */
    public Found measure(Dataset bank, Dataset data, Progress progress) {
        List<String> classes = data.classes().names();
        if (!bank.classes().names().equals(classes)) {
            throw new CloudException("the bank tells apart " + bank.classes().names() + ", but the data " + classes
                    + "; choose data sets of the same classes, or map the labels of one");
        }
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
        long[] counts = new long[classes.size()];
        Arrays.stream(known.labels()).forEach(label -> counts[label]++);
        return new Found(figures.report(counts), asked.labels().length);
    }

    private Points points(Dataset scenes, int most, String role, Progress progress, int before) {
        SceneFeatures features = new SceneFeatures(model, scenes, context);
        float[][] found = new float[scenes.size()][];
        int[][] labels = new int[scenes.size()][];
        int channels = 0;
        for (int i = 0; i < scenes.size(); i++) {
            context.endIfStopping();
            Scene scene = scenes.load(i).scene();
            Chance chance = context.chance(role).at(scene.id());
            PointFeatures all = features.of(scene, chance.at("sampling"));
            channels = all.channels();
            int[] drawn = draw(scene, most, chance.at("points").random());
            labels[i] = IntStream.of(drawn).map(point -> scene.labels()[point]).toArray();
            found[i] = new float[drawn.length * channels];
            for (int k = 0; k < drawn.length; k++) {
                System.arraycopy(all.values(), drawn[k] * channels, found[i], k * channels, channels);
            }
            progress.at(before + i + 1L, scene.id());
        }
        int[] joined = Arrays.stream(labels).flatMapToInt(Arrays::stream).toArray();
        if (joined.length == 0) {
            throw new CloudException(
                    "the " + role + " of the retrieval has no labelled point in its " + scenes.size()
                            + " scenes; name the field that holds the labels, and see that the map gives a class to the values in it");
        }
        float[] values = new float[joined.length * channels];
        int at = 0;
        for (float[] part : found) {
            System.arraycopy(part, 0, values, at, part.length);
            at += part.length;
        }
        return new Points(values, channels, joined);
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
