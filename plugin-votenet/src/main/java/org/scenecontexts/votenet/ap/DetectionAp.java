package org.scenecontexts.votenet.ap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.task.ScenePrediction.ScoredBox;
import org.scenecontexts.votenet.box.BoxIou;
import org.scenecontexts.votenet.box.PublishedIou;

/**
 * Average precision and recall of boxes, class by class (REFERENCE 8.6).
 *
 * <p>Right by default: the truth as a prediction has a precision of 1, a class that is never predicted has 0, and classes
 * without a true box have no value and are left out of the means. {@code legacy} counts as the published program did: its
 * {@link PublishedIou}; results given to the classes by position although those without predictions were left out before, so
 * that later classes get another's value and the last ones none; and a class that is predicted but has no true box spoils
 * the mean, as not a number.
 *
 * @since 0.2
 */
public final class DetectionAp {

    private final List<Detections> classes = new ArrayList<>();
    /** In the order in which they came; only for {@code legacy}. */
    private final Set<Integer> seen = new LinkedHashSet<>();

    private final boolean legacy;

    /**
     * @param classes how many there are
     * @param legacy whether to count as the published program did
     */
    public DetectionAp(int classes, boolean legacy) {
        for (int i = 0; i < classes; i++) {
            this.classes.add(new Detections());
        }
        this.legacy = legacy;
    }

    /**
     * The figures at one threshold.
     *
     * @param precision average precision per class, 0 to 1; NaN where there is no value
     * @param recall per class, 0 to 1; NaN where there is no value
     * @param meanPrecision over the classes; NaN where there is none to count
     * @param meanRecall over the classes
     */
    public record Figures(double[] precision, double[] recall, double meanPrecision, double meanRecall) {}

    /**
     * Takes one scene.
     *
     * @throws IndexOutOfBoundsException when a box has a class that is not in the list
     */
    public void add(List<Box> truth, List<ScoredBox> found) {
        Stream.concat(found.stream().map(ScoredBox::box), truth.stream())
                .map(Box::label)
                .forEach(seen::add);
        for (int label = 0; label < classes.size(); label++) {
            int wanted = label;
            classes.get(label)
                    .add(
                            truth.stream().filter(box -> box.label() == wanted).toList(),
                            found.stream()
                                    .filter(box -> box.box().label() == wanted)
                                    .toList(),
                            legacy ? PublishedIou::of : BoxIou::of);
        }
    }

    /** How many true boxes a class has so far. */
    public int truths(int label) {
        return classes.get(label).truths();
    }

    /**
     * The figures over all scenes so far.
     *
     * @param threshold overlap that a detection must exceed, 0 to 1
     */
    public Figures at(double threshold) {
        double[] precision = new double[classes.size()];
        double[] recall = new double[classes.size()];
        Arrays.fill(precision, Double.NaN);
        Arrays.fill(recall, Double.NaN);
        List<Integer> counted = legacy
                ? List.copyOf(seen)
                : classes.stream()
                        .filter(detections -> detections.truths() > 0)
                        .map(classes::indexOf)
                        .toList();
        List<Integer> results = legacy
                ? counted.stream()
                        .filter(label -> !classes.get(label).isEmpty())
                        .toList()
                : counted;
        for (int i = 0; i < results.size(); i++) {
            PrecisionRecall curve = classes.get(results.get(i)).at(threshold);
            int label = counted.get(i);
            precision[label] = classes.get(results.get(i)).truths() == 0 ? Double.NaN : curve.area();
            recall[label] = classes.get(results.get(i)).truths() == 0 ? Double.NaN : curve.last();
        }
        return new Figures(precision, recall, mean(precision, counted), mean(recall, counted));
    }

    private static double mean(double[] values, List<Integer> counted) {
        return counted.stream().mapToDouble(label -> values[label]).average().orElse(Double.NaN);
    }
}
