package org.scenecontexts.votenet.box;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.task.ScenePrediction.ScoredBox;

/**
 * Non-maximum suppression: of boxes that overlap, only the surest is kept (REFERENCE 8.6).
 *
 * @since 0.1
 */
public record BoxSuppression(
        @Doc("What is compared: volumes, or footprints seen from above.") @Default("volume")
        Extent extent,

        @Doc("What a shared part is divided by: the union, or (old) the less sure box alone.") @Default("union")
        Share share,

        @Doc("Boxes that share more than this with a surer one are dropped.") @Default("0.25") @Min(0) @Max(1)
        double overlap,

        @Doc("Whether only boxes of the same class suppress each other.") @Default("true")
        boolean perClass) {

    /** What is compared. */
    public enum Extent {
        /** The whole boxes. */
        VOLUME,
        /** What is seen from above. */
        GROUND
    }

    /** What the shared part is divided by. */
    public enum Share {
        /** By the union of both: intersection over union. */
        UNION,
        /** By the box that may be dropped, as the first program for this task did. */
        OTHER
    }

    /**
     * The boxes that stay.
     *
     * @param bounds of each box
     * @param scores of each box; of equal ones the first comes first
     * @param classes of each box
     * @return their indices, surest first
     */
    public List<Integer> keep(List<BoxBounds> bounds, double[] scores, int[] classes) {
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        boolean[] dropped = new boolean[scores.length];
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < order.length; i++) {
            int surer = order[i];
            if (dropped[surer]) {
                continue;
            }
            kept.add(surer);
            for (int j = i + 1; j < order.length; j++) {
                int other = order[j];
                if (!dropped[other] && (!perClass || classes[surer] == classes[other])) {
                    dropped[other] = overlap(bounds.get(surer), bounds.get(other)) > overlap;
                }
            }
        }
        return kept;
    }

    /**
     * Boxes that were found in several parts of a scene, or in several views, without those that are another one again. A box
     * may come once for each class with the score of it ({@code every-class}), so that only those of one class are compared.
     *
     * @return in the order found
     */
    public List<ScoredBox> joined(List<ScoredBox> found) {
        return new BoxSuppression(extent, share, overlap, true)
                        .keep(
                                found.stream()
                                        .map(box -> BoxBounds.of(box.box()))
                                        .toList(),
                                found.stream().mapToDouble(ScoredBox::score).toArray(),
                                found.stream()
                                        .mapToInt(box -> box.box().label())
                                        .toArray())
                        .stream()
                        .sorted()
                        .map(found::get)
                        .toList();
    }

    private double overlap(BoxBounds surer, BoxBounds other) {
        boolean whole = extent == Extent.VOLUME;
        double shared = whole ? surer.sharedVolume(other) : surer.sharedGround(other);
        double size = whole ? other.volume() : other.ground();
        double first = whole ? surer.volume() : surer.ground();
        double against = share == Share.OTHER ? size : first + size - shared;
        return against > 0 ? shared / against : 0;
    }
}
