package org.scenecontexts.pointgroup.ap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.scenecontexts.pointgroup.cluster.Proposal;

/**
 * Average precision of instances over a set of scenes, by ScanNet's rules (REFERENCE 7.5; Dai et al., ScanNet, CVPR 2017).
 *
 * @since 0.2
 */
public final class InstanceAp {

    private static final double HALF = 0.5;
    private static final double QUARTER = 0.25;

    private final boolean[] valid;
    private final ApProtocol protocol;
    private final List<SceneMatches> scenes = new ArrayList<>();

    /**
     * @param classes number of classes, K
     * @param stuff classes that have no objects
     */
    public InstanceAp(int classes, Set<Integer> stuff, ApProtocol protocol) {
        this.protocol = protocol;
        valid = new boolean[classes];
        for (int c = 0; c < classes; c++) {
            valid[c] = !stuff.contains(c);
        }
    }

    /**
     * Takes one scene.
     *
     * @param proposals what was found; their points index the truth's
     */
    public void add(InstanceTruth truth, List<Proposal> proposals) {
        scenes.add(new SceneMatches(truth, proposals, valid, protocol));
    }

    /**
     * Average precision of one class at one overlap.
     *
     * @return 0 to 1; NaN where no scene has an object of the class
     */
    public double at(int label, double overlap) {
        if (!valid[label] || scenes.stream().noneMatch(scene -> scene.hasTruth(label))) {
            return Double.NaN;
        }
        PrecisionCurve curve = new PrecisionCurve();
        scenes.forEach(scene -> scene.addTo(curve, label, overlap));
        return curve.area();
    }

    /** {@code AP} of one class: the mean over the protocol's overlaps; NaN where it has no object. */
    public double average(int label) {
        return protocol.overlaps().stream()
                .mapToDouble(overlap -> at(label, overlap))
                .average()
                .orElse(Double.NaN);
    }

    /** {@code AP}: the mean over classes that have objects; NaN where none has. */
    public double average() {
        return meanOfNumbers(perClass(this::average));
    }

    /** {@code AP50}. */
    public double at50() {
        return meanOfNumbers(perClass(label -> at(label, HALF)));
    }

    /** {@code AP25}. */
    public double at25() {
        return meanOfNumbers(perClass(label -> at(label, QUARTER)));
    }

    /** Number of objects of a class that count. */
    public long objects(int label) {
        return scenes.stream().mapToLong(scene -> scene.coverage(label).length).sum();
    }

    /** How well the objects of a class are covered, beside average precision. */
    public Coverage coverage(int label) {
        return Coverage.of(scenes, label);
    }

    private double[] perClass(java.util.function.IntToDoubleFunction figure) {
        double[] figures = new double[valid.length];
        Arrays.setAll(figures, figure);
        return figures;
    }

    private static double meanOfNumbers(double[] figures) {
        return Arrays.stream(figures)
                .filter(figure -> !Double.isNaN(figure))
                .average()
                .orElse(Double.NaN);
    }
}
