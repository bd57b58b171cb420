package org.scenecontexts.io.cloud;

import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/** Finds the normals of a cloud, and tells when the fields of that name hold something else. */
final class CloudNormals {

    /** A coordinate of a unit vector, with room for rounding. */
    private static final double LONGEST = 1.01;

    private static final double FEW = 0.01;

    private CloudNormals() {}

    /** Whether a number can be a coordinate of a normal. */
    static boolean fits(double value) {
        return Math.abs(value) <= LONGEST;
    }

    /** {@code [N, 3]} for the rows kept, zeros where a normal is missing; empty when the cloud has no normals. */
    static float[] of(PointCloud cloud, int[] kept, List<String> warnings) {
        return Triples.find(cloud, FieldNames.NORMALS, Columns.NORMALS)
                .map(found -> checked(cloud.source(), found, kept, warnings))
                .orElse(new float[0]);
    }

    private static float[] checked(String source, Triples found, int[] kept, List<String> warnings) {
        IntToDoubleFunction values = found.values();
        float[] normals = new float[3 * kept.length];
        int wrong = 0;
        int missing = 0;
        double example = 0;
        for (int i = 0; i < kept.length; i++) {
            int at = 3 * kept[i];
            double longest = 0;
            for (int a = 0; a < 3; a++) {
                longest = Math.max(longest, Math.abs(values.applyAsDouble(at + a)));
            }
            if (fits(longest)) {
                for (int a = 0; a < 3; a++) {
                    normals[3 * i + a] = (float) values.applyAsDouble(at + a);
                }
            } else if (Double.isNaN(longest)) {
                missing++;
            } else {
                wrong++;
                example = longest;
            }
        }
        if (wrong > FEW * kept.length) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%s: the fields %s hold numbers such as %s, outside [-1, 1]; they are no normals and are not used"
                            + " as such: rename them, or write unit normals",
                    source,
                    found.names(),
                    example));
            return new float[0];
        }
        if (wrong + missing > 0) {
            warnings.add(source + ": " + (wrong + missing) + " of " + kept.length + " normals (fields " + found.names()
                    + ") are missing or outside [-1, 1]; they are taken as unknown (0, 0, 0)");
        }
        return normals;
    }
}
