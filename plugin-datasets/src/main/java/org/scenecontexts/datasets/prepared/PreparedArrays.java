package org.scenecontexts.datasets.prepared;

import java.nio.file.Path;
import java.util.Arrays;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.NpArray;
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
                    + Arrays.toString(shape) + "; prepare the scene again");
        }
        NpArray array = value instanceof TorchTensor tensor
                ? NpArray.of(tensor.doubles(), shape)
                : ((TorchArray) value).array();
        return array.doubles();
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
