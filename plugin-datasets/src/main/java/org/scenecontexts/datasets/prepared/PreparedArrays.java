package org.scenecontexts.datasets.prepared;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.cloud.LocalPositions;
import org.scenecontexts.io.torch.TorchArray;
import org.scenecontexts.io.torch.TorchTensor;
import org.scenecontexts.io.torch.TorchValue;

/**
 * Takes arrays of known shape out of PyTorch files and says what is wrong where they have another.
 *
 * @since 0.1
 */
public final class PreparedArrays {

    private static final int ANY = -1;

    private PreparedArrays() {}

    /**
     * A table, {@code [N, columns]}, row-major.
     *
     * @param what name of the array, for messages
     * @throws CloudException when it is no such table
     */
    public static double[] table(Path file, String what, TorchValue value, int columns) {
        return numbers(file, what, value, ANY, columns);
    }

    /**
     * One number per point, {@code [N]}.
     *
     * @param rows how many points there are
     * @throws CloudException when it is no such list
     */
    public static double[] column(Path file, String what, TorchValue value, int rows) {
        return numbers(file, what, value, rows, 1);
    }

    private static double[] numbers(Path file, String what, TorchValue value, int rows, int columns) {
        String expected = "[" + (rows == ANY ? "N" : rows) + (columns == 1 ? "]" : ", " + columns + "]");
        int[] shape = switch (value) {
            case TorchArray array -> array.shape();
            case TorchTensor tensor -> tensor.shape();
            default ->
                throw new CloudException(file + ": " + what + ": expected an array " + expected + ", found " + value);
        };
        boolean fits = shape.length >= 1
                && (rows == ANY || shape[0] == rows)
                && (columns == 1 && shape.length == 1 || shape.length == 2 && shape[1] == columns);
        if (!fits) {
            throw new CloudException(file + ": " + what + ": expected an array " + expected + ", found the shape "
                    + Arrays.toString(shape) + "; "
                    + (shape.length == 2 && shape[0] == columns ? "transpose it" : "prepare the scene again"));
        }
        NpArray array = value instanceof TorchTensor tensor
                ? NpArray.of(tensor.doubles(), shape)
                : ((TorchArray) value).array();
        return array.doubles();
    }

    /**
     * Positions in double precision as positions of a scene, with an origin where they lie far from zero.
     *
     * @param xyz {@code [N, 3]}, metres
     * @param warnings told about the origin
     * @throws CloudException when a position is not finite or hopelessly far from all others: lists of points count all rows
     */
    public static LocalPositions positions(Path file, double[] xyz, Consumer<String> warnings) {
        LocalPositions local = LocalPositions.of(file.toString(), xyz, 1, Optional.empty());
        if (3 * local.kept().length != xyz.length) {
            throw new CloudException(file + ": " + local.missing() + " of " + xyz.length / 3
                    + " positions are not finite, or lie more than 100 km from the others; prepare the scene again");
        }
        local.warnings().forEach(warnings);
        return local;
    }

    /** Some columns of a row-major table as single precision. */
    public static float[] floats(double[] table, int columns, int from, int count) {
        int rows = table.length / columns;
        float[] some = new float[rows * count];
        for (int i = 0; i < some.length; i++) {
            some[i] = (float) table[i / count * columns + from + i % count];
        }
        return some;
    }
}
