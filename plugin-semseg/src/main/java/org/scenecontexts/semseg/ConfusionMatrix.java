package org.scenecontexts.semseg;

import org.scenecontexts.api.data.Labels;

/**
 * Counts how often each true class was given each predicted class, and what follows from that (REFERENCE 6.3).
 *
 * @since 0.1
 */
public final class ConfusionMatrix {

    private final int classes;
    private final long[] counts;
    private final long[] missed;

    /** @param classes number of classes, at least 1 */
    public ConfusionMatrix(int classes) {
        this.classes = classes;
        this.counts = new long[classes * classes];
        this.missed = new long[classes];
    }

    /**
     * Counts points. Points whose true label is no class are left out; points without a prediction count as missed, that
     * is against recall and IoU of their class.
     *
     * @param truth {@code [N]}
     * @param predicted {@code [N]}; {@link Labels#IGNORE} where there is no prediction
     * @throws IllegalArgumentException when the arrays differ in length, or a prediction is no class
     */
    public void add(int[] truth, int[] predicted) {
        if (truth.length != predicted.length) {
            throw new IllegalArgumentException("one prediction per label expected: " + truth.length + " labels, "
                    + predicted.length + " predictions");
        }
        for (int i = 0; i < truth.length; i++) {
            if (truth[i] < 0 || truth[i] >= classes) {
                continue;
            }
            if (predicted[i] >= classes) {
                throw new IllegalArgumentException("prediction " + predicted[i] + " of point " + i + " is outside the "
                        + classes + " classes of the data; was the model trained on other classes?");
            }
            if (predicted[i] < 0) {
                missed[truth[i]]++;
            } else {
                counts[truth[i] * classes + predicted[i]]++;
            }
        }
    }

    /**
     * Adds points that were counted before.
     *
     * @param predicted a class; negative where there is no prediction
     */
    void add(int truth, int predicted, long count) {
        if (predicted < 0) {
            missed[truth] += count;
        } else {
            counts[truth * classes + predicted] += count;
        }
    }

    /** Points of one true class without a prediction. */
    public long missed(int truth) {
        return missed[truth];
    }

    /** Points of one true class that were given one predicted class. */
    public long count(int truth, int predicted) {
        return counts[truth * classes + predicted];
    }

    /** Labelled points of a class. */
    public long labelled(int truth) {
        long sum = missed[truth];
        for (int c = 0; c < classes; c++) {
            sum += count(truth, c);
        }
        return sum;
    }

    /** Labelled points that were given a class. */
    public long predicted(int predicted) {
        long sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += count(c, predicted);
        }
        return sum;
    }

    /** Intersection over union, 0 to 1; NaN for a class that neither occurs nor was predicted. */
    public double iou(int label) {
        long union = labelled(label) + predicted(label) - count(label, label);
        return union == 0 ? Double.NaN : (double) count(label, label) / union;
    }

    /** Share of a class that was found, 0 to 1; NaN for a class that does not occur. */
    public double recall(int label) {
        long labelled = labelled(label);
        return labelled == 0 ? Double.NaN : (double) count(label, label) / labelled;
    }

    /** Share of what was given a class that belongs to it, 0 to 1; NaN for a class that was never predicted. */
    public double precision(int label) {
        long predicted = predicted(label);
        return predicted == 0 ? Double.NaN : (double) count(label, label) / predicted;
    }

    /** Mean IoU over the classes that have one. */
    public double meanIou() {
        return meanOverClasses(this::iou);
    }

    /** Mean recall over the classes that occur. */
    public double meanAccuracy() {
        return meanOverClasses(this::recall);
    }

    /** Share of all labelled points that were given their class; NaN without labelled points. */
    public double accuracy() {
        long correct = 0;
        long all = 0;
        for (int c = 0; c < classes; c++) {
            correct += count(c, c);
            all += labelled(c);
        }
        return all == 0 ? Double.NaN : (double) correct / all;
    }

    private double meanOverClasses(java.util.function.IntToDoubleFunction figure) {
        return java.util.stream.IntStream.range(0, classes)
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }
}
