package org.scenecontexts.pointgroup.ap;

import java.util.Arrays;
import java.util.List;

/**
 * The figures that work on S3DIS reports beside average precision, for one class (Wang et al., Associatively Segmenting
 * Instances and Semantics in Point Clouds, CVPR 2019, section 4.1). Confidences play no part in them.
 *
 * @param mean the largest overlap of a prediction with each object, averaged over the objects of a scene, then over scenes
 * @param weighted the same, objects counting by their points
 * @param precision share of the predictions that overlap an object by at least one half
 * @param recall such predictions, per object
 * @since 0.2
 */
public record Coverage(double mean, double weighted, double precision, double recall) {

    private static final double ENOUGH = 0.5;

    static Coverage of(List<SceneMatches> scenes, int label) {
        double mean = 0;
        double weighted = 0;
        int counted = 0;
        long objects = 0;
        long predictions = 0;
        long right = 0;
        for (SceneMatches scene : scenes) {
            double[][] covered = scene.coverage(label);
            double[] best = scene.bestOverlaps(label);
            predictions += best.length;
            right += Arrays.stream(best).filter(overlap -> overlap >= ENOUGH).count();
            if (covered.length > 0) {
                double points =
                        Arrays.stream(covered).mapToDouble(pair -> pair[1]).sum();
                mean += Arrays.stream(covered).mapToDouble(pair -> pair[0]).sum() / covered.length;
                weighted += Arrays.stream(covered)
                                .mapToDouble(pair -> pair[0] * pair[1])
                                .sum()
                        / points;
                objects += covered.length;
                counted++;
            }
        }
        return new Coverage(
                counted == 0 ? Double.NaN : mean / counted,
                counted == 0 ? Double.NaN : weighted / counted,
                objects == 0 ? Double.NaN : predictions == 0 ? 0 : (double) right / predictions,
                objects == 0 ? Double.NaN : (double) right / objects);
    }
}
