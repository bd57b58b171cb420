package org.scenecontexts.io.torch;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.scenecontexts.io.array.NpArray;

/**
 * Reorders the weights of sparse convolutions from one library's layout to another's.
 *
 * <p>Which order a kernel has follows from its name and shape: in {@link WeightLayout#MINKOWSKI_04} those named
 * {@code block<i>.<j>.conv<k>.kernel} with 27 slices are centre first, all others have x fastest (REFERENCE 1.7, 1.8).
 * Tensors that are no sparse kernels stay as they are, so PointNet++ weights pass through.
 *
 * @since 0.1
 */
public final class WeightLayouts {

    private static final Pattern IN_BLOCK = Pattern.compile("(.*\\.)?block\\d+\\.\\d+\\.conv\\d+\\.kernel");
    static final String KERNEL = ".kernel";
    static final String WEIGHT = ".weight";
    private static final String BIAS = ".bias";
    static final int CUBE = 27;

    private WeightLayouts() {}

    /**
     * The same weights in another layout.
     *
     * @throws IllegalArgumentException when their layout is not known, or a kernel does not have it
     */
    public static Weights convert(Weights weights, WeightLayout to) {
        WeightLayout from = weights.layout()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the weights do not record their layout; say which of " + Arrays.toString(WeightLayout.values())
                                + " it is (published weights: " + WeightLayout.MINKOWSKI_04 + ")"));
        if (from == to) {
            return weights;
        }
        Map<String, NpArray> converted = new LinkedHashMap<>();
        Map<String, NpArray> all = weights.tensors();
        all.forEach((name, array) -> {
            Named cube = toCube(name, array, from, all);
            Named result = fromCube(cube.name(), cube.array(), to, all);
            converted.put(result.name(), result.array());
        });
        return weights.with(converted, to);
    }

    private record Named(String name, NpArray array) {}

    private static Named toCube(String name, NpArray array, WeightLayout from, Map<String, NpArray> all) {
        return switch (from) {
            case MINKOWSKI_05 -> new Named(name, array);
            case MINKOWSKI_04 -> new Named(name, isHybrid(name, array) ? cubeFromHybrid(array) : array);
            case SPCONV -> fromSpconv(name, array, all);
        };
    }

    private static Named fromCube(String name, NpArray array, WeightLayout to, Map<String, NpArray> all) {
        return switch (to) {
            case MINKOWSKI_05 -> new Named(name, array);
            case MINKOWSKI_04 -> new Named(name, isHybrid(name, array) ? hybridFromCube(array) : array);
            case SPCONV -> toSpconv(name, array, all);
        };
    }

    /** Whether minkowski-0.4 stores this tensor centre first. */
    static boolean isHybrid(String name, NpArray array) {
        return array.shape().length == 3
                && array.dim(0) == CUBE
                && IN_BLOCK.matcher(name).matches();
    }

    /** {@code [dx, dy, dz]} of each slice as minkowski-0.4 expands its HYBRID region: each axis doubles what is there. */
    private static int[][] hybridOffsets() {
        int[][] offsets = new int[CUBE][3];
        int count = 1;
        for (int axis = 0; axis < 3; axis++) {
            int before = count;
            for (int i = 0; i < before; i++) {
                for (int step = -1; step <= 1; step += 2) {
                    offsets[count] = offsets[i].clone();
                    offsets[count][axis] = step;
                    count++;
                }
            }
        }
        return offsets;
    }

    /** For each slice of the hybrid order its place in the order with x fastest. */
    static int[] cubePlaces() {
        return Arrays.stream(hybridOffsets())
                .mapToInt(d -> d[0] + 1 + 3 * (d[1] + 1) + 9 * (d[2] + 1))
                .toArray();
    }

    private static NpArray cubeFromHybrid(NpArray array) {
        int[] places = cubePlaces();
        int[] from = new int[CUBE];
        for (int i = 0; i < CUBE; i++) {
            from[places[i]] = i;
        }
        return slices(array, from);
    }

    private static NpArray hybridFromCube(NpArray array) {
        return slices(array, cubePlaces());
    }

    private static NpArray slices(NpArray array, int[] from) {
        float[] values = array.floats();
        float[] moved = new float[values.length];
        int slice = values.length / from.length;
        for (int k = 0; k < from.length; k++) {
            System.arraycopy(values, from[k] * slice, moved, k * slice, slice);
        }
        return NpArray.of(moved, array.shape()).as(array.type());
    }

    private static Named toSpconv(String name, NpArray array, Map<String, NpArray> all) {
        int[] shape = array.shape();
        if (name.endsWith(KERNEL) && (shape.length == 2 || shape.length == 3)) {
            int volume = shape.length == 2 ? 1 : shape[0];
            int side = (int) Math.round(Math.cbrt(volume));
            if (side * side * side != volume) {
                throw new IllegalArgumentException("kernel '" + name + "' has " + volume
                        + " slices, which make no cube; spconv weights can be made of cubic kernels only");
            }
            int in = shape[shape.length - 2];
            int out = shape[shape.length - 1];
            float[] moved = transposed(array.floats(), side, in, out, true);
            String weight = stem(name, KERNEL) + WEIGHT;
            return new Named(
                    weight, NpArray.of(moved, out, side, side, side, in).as(array.type()));
        }
        boolean bias = name.endsWith(BIAS) && all.containsKey(stem(name, BIAS) + KERNEL) && shape.length == 2;
        return new Named(name, bias ? NpArray.of(array.floats(), shape[1]).as(array.type()) : array);
    }

    private static Named fromSpconv(String name, NpArray array, Map<String, NpArray> all) {
        int[] shape = array.shape();
        if (name.endsWith(WEIGHT) && shape.length == 5) {
            int side = shape[1];
            if (shape[2] != side || shape[3] != side) {
                throw new IllegalArgumentException("weight '" + name + "' has the shape " + Arrays.toString(shape)
                        + ", expected [out, k, k, k, in] as spconv 2 stores it; weights of spconv 1 need"
                        + " .permute(4, 0, 1, 2, 3) first");
            }
            int in = shape[4];
            int out = shape[0];
            float[] moved = transposed(array.floats(), side, in, out, false);
            NpArray kernel = side == 1 ? NpArray.of(moved, in, out) : NpArray.of(moved, side * side * side, in, out);
            return new Named(stem(name, WEIGHT) + KERNEL, kernel.as(array.type()));
        }
        boolean bias = name.endsWith(BIAS)
                && shape.length == 1
                && Optional.ofNullable(all.get(stem(name, BIAS) + WEIGHT))
                        .filter(w -> w.shape().length == 5)
                        .isPresent();
        return new Named(name, bias ? NpArray.of(array.floats(), 1, shape[0]).as(array.type()) : array);
    }

    /** Between {@code [k, in, out]}, x fastest in k, and {@code [out, kx, ky, kz, in]}. */
    private static float[] transposed(float[] from, int side, int in, int out, boolean toSpconv) {
        float[] to = new float[from.length];
        int volume = side * side * side;
        for (int k = 0; k < volume; k++) {
            int zFastest = (k % side * side + k / side % side) * side + k / (side * side);
            for (int i = 0; i < in; i++) {
                for (int o = 0; o < out; o++) {
                    int minkowski = (k * in + i) * out + o;
                    int spconv = (o * volume + zFastest) * in + i;
                    to[toSpconv ? spconv : minkowski] = from[toSpconv ? minkowski : spconv];
                }
            }
        }
        return to;
    }

    private static String stem(String name, String ending) {
        return name.substring(0, name.length() - ending.length());
    }
}
