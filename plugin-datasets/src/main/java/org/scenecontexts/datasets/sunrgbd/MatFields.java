package org.scenecontexts.datasets.sunrgbd;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.scenecontexts.api.data.CloudException;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Char;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Struct;

/**
 * One element of a MATLAB struct array, read by the names of its fields, as their order changes between versions; what is not
 * as expected is said with file, element and field.
 *
 * @param file where it stands
 * @param place which element it is, such as {@code image 12}
 */
record MatFields(Path file, Struct elements, int index, String place) {

    /** Whether the array has such a field. */
    boolean has(String field) {
        return elements.getFieldNames().contains(field);
    }

    private Array get(String field) {
        if (!has(field)) {
            throw new CloudException(file + ", " + place + ": has no field '" + field + "', only "
                    + elements.getFieldNames() + "; take the official file");
        }
        return elements.get(field, index);
    }

    /** The characters of a field; empty when it holds something else. */
    Optional<String> text(String field) {
        return get(field) instanceof Char text && (text.getNumRows() <= 1)
                ? Optional.of(text.getNumElements() == 0 ? "" : text.getString().strip())
                : Optional.empty();
    }

    /** @throws CloudException when the field holds no characters */
    String needText(String field) {
        return text(field).filter(text -> !text.isEmpty()).orElseThrow(() -> expected(field, "text"));
    }

    /** The numbers of a field, column by column; empty when it holds something else or fewer. */
    Optional<double[]> numbers(String field, int atLeast) {
        if (!(get(field) instanceof Matrix matrix) || matrix.getNumElements() < atLeast) {
            return Optional.empty();
        }
        double[] numbers = new double[matrix.getNumElements()];
        Arrays.setAll(numbers, matrix::getDouble);
        return Optional.of(numbers);
    }

    /**
     * A matrix of a field.
     *
     * @return row-major, {@code [3, 3]}
     * @throws CloudException when the field holds something else, or numbers that are not finite
     */
    double[] matrix3(String field) {
        if (get(field) instanceof Matrix matrix
                && matrix.getNumRows() == 3
                && matrix.getNumCols() == 3
                && matrix.getNumElements() == 9) {
            double[] rows = new double[9];
            Arrays.setAll(rows, i -> matrix.getDouble(i / 3, i % 3));
            if (Arrays.stream(rows).allMatch(Double::isFinite)) {
                return rows;
            }
        }
        throw expected(field, "3 x 3 finite numbers");
    }

    /**
     * A struct array of a field; empty for MATLAB's empty matrix, which stands for one without elements.
     *
     * @throws CloudException when the field holds something else
     */
    Optional<Struct> structs(String field) {
        Array value = get(field);
        if (value instanceof Struct structs) {
            return Optional.of(structs);
        }
        if (value.getNumElements() == 0) {
            return Optional.empty();
        }
        throw expected(field, "a struct array");
    }

    CloudException expected(String field, String what) {
        return new CloudException(file + ", " + place + ": field '" + field + "' should hold " + what + ", found "
                + describe(get(field)) + "; take the official file, or leave the image out with 'except'");
    }

    /** Kind and shape of an array, and the text of a short one. */
    static String describe(Array array) {
        String shape = Arrays.toString(array.getDimensions());
        return array instanceof Matrix matrix && matrix.getNumElements() == 9
                ? array.getType() + " " + shape + " of " + values(matrix)
                : array.getType() + " " + shape;
    }

    private static String values(Matrix matrix) {
        double[] values = new double[matrix.getNumElements()];
        Arrays.setAll(values, matrix::getDouble);
        return Arrays.toString(values);
    }
}
