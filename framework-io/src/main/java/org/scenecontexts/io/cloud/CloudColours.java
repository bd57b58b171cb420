package org.scenecontexts.io.cloud;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.scenecontexts.io.array.ArrayElement;

/**
 * Brings the colours of a cloud to 0 to 255 from whatever range its program uses: 0 to 1, 0 to 255 or 0 to 65535.
 *
 * <p>Nothing in a file says which. All three channels decide together, and a value in a hundred may lie outside the range that
 * fits the rest: it is clamped, and the user is told.
 */
final class CloudColours {

    private static final double FEW = 0.01;

    /** As much above its range a value may be to be counted as within it. */
    private static final double ROUNDING = 1e-3;

    /** What single precision may add to 1; nothing is said of it. */
    private static final double SINGLE = 1e-6;

    private enum Range {
        UNIT(1),
        BYTE(255),
        SHORT(65535);

        private final double top;

        Range(double top) {
            this.top = top;
        }

        double factor() {
            return 255 / top;
        }
    }

    private CloudColours() {}

    /** {@code [N, 3]} for the rows kept; empty when the cloud has no colours. */
    static float[] of(PointCloud cloud, int[] kept, List<String> warnings) {
        for (String name : List.of("rgb", "rgba")) {
            Optional<Column> column = cloud.find(name);
            if (column.isPresent() && column.get().width() == 1) {
                return packed(column.get(), kept);
            }
        }
        return Triples.find(cloud, FieldNames.COLOURS, Columns.COLOURS)
                .map(found -> scaled(cloud.source(), found, kept, warnings))
                .orElse(new float[0]);
    }

    private static float[] packed(Column column, int[] kept) {
        float[] colours = new float[3 * kept.length];
        boolean declaredFloat = column.type() == ArrayElement.FLOAT32;
        if (!declaredFloat && column.type().isFloating()) {
            return new float[0];
        }
        float[] floats = declaredFloat ? column.values().floats() : new float[0];
        long[] words = declaredFloat ? new long[0] : column.values().longs();
        for (int i = 0; i < kept.length; i++) {
            long word = declaredFloat ? Float.floatToRawIntBits(floats[kept[i]]) : words[kept[i]];
            colours[3 * i] = (word >> 16) & 0xFF;
            colours[3 * i + 1] = (word >> 8) & 0xFF;
            colours[3 * i + 2] = word & 0xFF;
        }
        return colours;
    }

    private static float[] scaled(String source, Triples found, int[] kept, List<String> warnings) {
        IntToDoubleFunction values = found.values();
        boolean bytes = found.columns().stream().allMatch(c -> c.type() == ArrayElement.UINT8);
        Range range = bytes ? Range.BYTE : range(values, kept);
        float[] colours = new float[3 * kept.length];
        int outside = 0;
        double farthest = 0;
        boolean black = true;
        for (int i = 0; i < colours.length; i++) {
            double value = values.applyAsDouble(3 * kept[i / 3] + i % 3);
            boolean fits = value >= -SINGLE * range.top && value <= (1 + SINGLE) * range.top;
            if (!fits) {
                outside++;
                farthest = Math.abs(value) > Math.abs(farthest) || Double.isNaN(value) ? value : farthest;
            }
            colours[i] = Double.isNaN(value) ? 0 : (float) Math.clamp(value * range.factor(), 0.0, 255.0);
            black &= colours[i] == 0;
        }
        if (outside > 0) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%s: %d of %d colour values (fields %s) lie outside 0 to %.0f, such as %s; they are clamped",
                    source,
                    outside,
                    colours.length,
                    found.names(),
                    range.top,
                    farthest));
        }
        if (black) {
            warnings.add(source + ": all its colours (fields " + found.names()
                    + ") are black; export the cloud with its colours, or leave the fields out");
        }
        return colours;
    }

    private static Range range(IntToDoubleFunction values, int[] kept) {
        long finite = 0;
        long aboveOne = 0;
        long aboveByte = 0;
        boolean fractions = false;
        for (int row : kept) {
            for (int a = 0; a < 3; a++) {
                double value = values.applyAsDouble(3 * row + a);
                if (!Double.isFinite(value)) {
                    continue;
                }
                finite++;
                aboveOne += value > 1 + ROUNDING ? 1 : 0;
                aboveByte += value > 255 * (1 + ROUNDING) ? 1 : 0;
                fractions |= value > 0 && value < 1;
            }
        }
        if (aboveOne == 0 || (fractions && aboveOne <= FEW * finite)) {
            // Dark colours of 0 to 255 have no fractions between 0 and 1.
            return Range.UNIT;
        }
        return aboveByte <= FEW * finite ? Range.BYTE : Range.SHORT;
    }
}
