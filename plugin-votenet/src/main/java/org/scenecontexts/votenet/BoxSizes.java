package org.scenecontexts.votenet;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.Box;

/**
 * The typical size of each class: the mean of the boxes of the training data as far as they were seen, so that nobody has to
 * measure them first. They settle within some scenes, and are kept with the model.
 */
final class BoxSizes {

    /** Metres; for classes of which no box was seen yet. */
    static final double UNKNOWN = 0.7;

    /** More boxes change nothing any more, and the sizes should come to rest. */
    private static final int ENOUGH = 2000;

    private final double[] sums;
    private final long[] counts;

    BoxSizes(int classes) {
        sums = new double[3 * classes];
        counts = new long[classes];
    }

    void take(List<Box> boxes) {
        for (Box box : boxes) {
            if (counts[box.label()] < ENOUGH) {
                counts[box.label()]++;
                sums[3 * box.label()] += box.sizeX();
                sums[3 * box.label() + 1] += box.sizeY();
                sums[3 * box.label() + 2] += box.sizeZ();
            }
        }
    }

    /** Metres, {@code [classes][3]}. */
    double[][] means() {
        double[][] means = new double[counts.length][3];
        for (int label = 0; label < counts.length; label++) {
            for (int axis = 0; axis < 3; axis++) {
                double mean = sums[3 * label + axis] / counts[label];
                means[label][axis] = mean > 0 ? mean : UNKNOWN;
            }
        }
        return means;
    }

    /** Classes of which no box was seen. */
    List<Integer> unseen() {
        return IntStream.range(0, counts.length)
                .filter(label -> counts[label] == 0)
                .boxed()
                .toList();
    }

    Map<String, String> notes() {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("box-counts", Arrays.stream(counts).mapToObj(Long::toString).collect(Collectors.joining(" ")));
        notes.put("box-sizes", DoubleStream.of(sums).mapToObj(Double::toString).collect(Collectors.joining(" ")));
        return notes;
    }

    void restore(Map<String, String> notes) {
        String[] seen = notes.getOrDefault("box-counts", "").split(" ");
        String[] sizes = notes.getOrDefault("box-sizes", "").split(" ");
        if (seen.length == counts.length && sizes.length == sums.length && !sizes[0].isEmpty()) {
            Arrays.setAll(counts, i -> Long.parseLong(seen[i]));
            Arrays.setAll(sums, i -> Double.parseDouble(sizes[i]));
        }
    }
}
