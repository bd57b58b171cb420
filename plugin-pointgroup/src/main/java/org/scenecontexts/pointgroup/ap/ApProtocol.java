package org.scenecontexts.pointgroup.ap;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The constants of one way to count average precision (REFERENCE 7.5).
 *
 * @param overlaps intersection over union that a match must exceed, averaged for {@code AP}
 * @param minRegion predictions of fewer points are not looked at and objects of fewer points are not counted
 * @param groupClass the class whose objects the published numbering takes for groups, so that it has no truth at all; empty
 *     to count it like the others
 * @since 0.2
 */
public record ApProtocol(List<Double> overlaps, int minRegion, OptionalInt groupClass) {

    /** 0.50, 0.55, ..., 0.90; 0.95 is not among them. */
    private static final List<Double> NINE =
            IntStream.range(0, 9).mapToObj(i -> 0.5 + i * 0.05).toList();

    public ApProtocol {
        overlaps = List.copyOf(overlaps);
    }

    /** As the published system validates: on voxels, regions of at least 10. */
    public static ApProtocol published() {
        return new ApProtocol(NINE, 10, OptionalInt.empty());
    }

    /** As ScanNet's benchmark counts: on vertices, regions of at least 100. */
    public static ApProtocol scannet() {
        return new ApProtocol(NINE, 100, OptionalInt.empty());
    }

    /** The same, with a class without truth as in the published S3DIS runs (clutter, REFERENCE 12.1 Q14). */
    public ApProtocol withGroupClass(int label) {
        return new ApProtocol(overlaps, minRegion, OptionalInt.of(label));
    }

    boolean isGroup(int label) {
        return groupClass.isPresent() && groupClass.getAsInt() == label;
    }
}
