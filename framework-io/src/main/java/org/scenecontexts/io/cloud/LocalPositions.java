package org.scenecontexts.io.cloud;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Origin;

/**
 * Brings positions in double precision near zero, where 32-bit numbers are fine enough, and says what could not be kept.
 *
 * <p>The nearest 32-bit number is up to half a unit in the last place away: 0.06 mm at 1 km, 0.12 mm at 2,048 m, 0.25 m at
 * 5,400 km. Networks see voxels; nobody knows their size when a file is read, so positions keep a tenth of a millimetre
 * (a tenth of a voxel of 1 mm): along each axis where most points would lose more, the whole metres of the median are
 * subtracted and kept as the scene's origin.
 *
 * @param kept rows of the file that are points of the scene, ascending
 * @param positions {@code [N, 3]}, metres, relative to the origin
 * @param missing how many points have a position that is not finite
 * @param warnings what the user should know
 * @since 0.1
 */
public record LocalPositions(int[] kept, float[] positions, Origin origin, int missing, List<String> warnings) {

    /** What a position may lose, metres. */
    private static final double LOSS = 1e-4;

    /** Steps of a file that are reported as too coarse, metres. */
    private static final double COARSE = 1e-3;

    /** Farther than this from the middle, metres, no position is good to a centimetre. */
    private static final double STRAY = 100_000;

    /** Not more than this part of a cloud is stray. */
    private static final double FEW = 0.01;

    /**
     * Chooses an origin and subtracts it.
     *
     * @param source name of the file, for messages
     * @param xyz {@code [N, 3]}, in the file's unit
     * @param scale factor that turns that unit into metres
     * @param common the origin to take, for clouds that lie in one frame; chosen from the positions when empty
     * @throws CloudException when no position is finite
     */
    public static LocalPositions of(String source, double[] xyz, double scale, Optional<Origin> common) {
        return of(source, xyz.length / 3, index -> xyz[index], scale, common);
    }

    /** The same of positions that need not lie in one array; an index is three times that of the point, and 0, 1 or 2. */
    static LocalPositions of(
            String source, int points, IntToDoubleFunction xyz, double scale, Optional<Origin> common) {
        int[] finite = finite(source, points, xyz);
        List<String> warnings = new ArrayList<>();
        Spread[] spreads = new Spread[3];
        for (int a = 0; a < 3; a++) {
            int axis = a;
            spreads[a] = Spread.of(finite.length, i -> xyz.applyAsDouble(3 * finite[i] + axis) * scale);
        }
        Origin origin = common.orElseGet(() -> new Origin(chosen(spreads[0]), chosen(spreads[1]), chosen(spreads[2])));
        int[] kept = near(source, xyz, scale, finite, spreads, warnings);
        float[] positions = new float[3 * kept.length];
        for (int i = 0; i < kept.length; i++) {
            for (int a = 0; a < 3; a++) {
                positions[3 * i + a] = (float) (xyz.applyAsDouble(3 * kept[i] + a) * scale - origin.at(a));
            }
        }
        if (!origin.isZero() && common.isEmpty()) {
            warnings.add(source + ": lies far from zero; " + origin
                    + " (metres) is subtracted while the network works, because 32-bit positions would lose up to "
                    + length(loss(spreads)) + "; exports add it again");
        }
        coarse(source, xyz, scale, kept).ifPresent(warnings::add);
        return new LocalPositions(kept, positions, origin, points - finite.length, warnings);
    }

    private static int[] finite(String source, int points, IntToDoubleFunction xyz) {
        int[] rows = new int[points];
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            // Positions become 32-bit numbers, which must be finite too.
            if (Float.isFinite((float) xyz.applyAsDouble(3 * i))
                    && Float.isFinite((float) xyz.applyAsDouble(3 * i + 1))
                    && Float.isFinite((float) xyz.applyAsDouble(3 * i + 2))) {
                rows[count++] = i;
            }
        }
        if (count == 0) {
            throw new CloudException(source + ": none of its " + rows.length
                    + " points has a finite position (all are NaN or infinite); check the sensor or the export");
        }
        return Arrays.copyOf(rows, count);
    }

    /** Half the distance of neighbouring 32-bit numbers. */
    private static double loss(double value) {
        return Math.ulp((float) value) / 2.0;
    }

    private static double loss(Spread spread) {
        return loss(Math.max(Math.abs(spread.low()), Math.abs(spread.high())));
    }

    private static double loss(Spread[] spreads) {
        return Arrays.stream(spreads).mapToDouble(LocalPositions::loss).max().orElse(0);
    }

    /** Whole metres, so that voxels of a tenth, a twentieth or a fiftieth of a metre stay where they were. */
    private static double chosen(Spread spread) {
        return loss(spread) > LOSS ? Math.floor(spread.middle()) : 0;
    }

    /** Without the few points that no origin can bring near: one would stretch the scene over half the globe. */
    private static int[] near(
            String source, IntToDoubleFunction xyz, double scale, int[] rows, Spread[] spreads, List<String> warnings) {
        int[] near = new int[rows.length];
        int count = 0;
        int first = -1;
        for (int row : rows) {
            boolean stray = false;
            for (int a = 0; a < 3; a++) {
                stray |= Math.abs(xyz.applyAsDouble(3 * row + a) * scale - spreads[a].middle()) > STRAY;
            }
            if (!stray) {
                near[count++] = row;
            } else if (first < 0) {
                first = row;
            }
        }
        int strays = rows.length - count;
        if (strays == 0 || strays > FEW * rows.length) {
            return rows;
        }
        warnings.add(String.format(
                Locale.ROOT,
                "%s: %d of %d points lie more than %d km from the rest (the first is point %d at %s, %s, %s) and are"
                        + " left out; remove them from the file",
                source,
                strays,
                rows.length,
                (int) (STRAY / 1000),
                first,
                xyz.applyAsDouble(3 * first),
                xyz.applyAsDouble(3 * first + 1),
                xyz.applyAsDouble(3 * first + 2)));
        return Arrays.copyOf(near, count);
    }

    /** What to say where the file itself holds no more than 32-bit numbers, whatever type it declares. */
    private static Optional<String> coarse(String source, IntToDoubleFunction xyz, double scale, int[] kept) {
        double step = 0;
        for (int a = 0; a < 3; a++) {
            step = Math.max(step, step(xyz, kept, a) * scale);
        }
        return step <= COARSE
                ? Optional.empty()
                : Optional.of(source + ": the file itself holds positions as 32-bit numbers, which are "
                        + length(step) + " apart where this cloud lies; what was finer is lost: export it again with"
                        + " 64-bit numbers (double), or with an offset subtracted before");
    }

    /** The distance of 32-bit numbers where a cloud uses every one of them, in the file's unit; else 0. */
    private static double step(IntToDoubleFunction xyz, int[] kept, int axis) {
        double largest = 0;
        for (int row : kept) {
            largest = Math.max(largest, Math.abs(xyz.applyAsDouble(3 * row + axis)));
        }
        double step = 2 * loss(largest);
        boolean odd = false;
        for (int row : kept) {
            double value = xyz.applyAsDouble(3 * row + axis);
            if (value != (float) value) {
                return 0;
            }
            // On a coarser grid of the file's own (whole metres, say) nothing tells of a loss.
            odd |= Math.abs(value) / step % 2 == 1;
        }
        return odd ? step : 0;
    }

    private static String length(double metres) {
        return metres < 0.01
                ? String.format(Locale.ROOT, "%.2g mm", metres * 1000)
                : String.format(Locale.ROOT, "%.2g m", metres);
    }
}
