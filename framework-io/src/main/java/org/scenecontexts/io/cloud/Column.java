package org.scenecontexts.io.cloud;

import java.util.Objects;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.NpArray;

/**
 * One named field of every point of a cloud, in the type that its file gave it.
 *
 * @param name unique in its cloud
 * @param values {@code [N]}, or {@code [N, W]} for a field of several numbers per point
 * @since 0.1
 */
public record Column(String name, NpArray values) {

    /** @throws IllegalArgumentException when the values are no column */
    public Column {
        Objects.requireNonNull(name, "name");
        int dimensions = values.shape().length;
        if (dimensions < 1 || dimensions > 2 || values.type() == ArrayElement.TEXT) {
            throw new IllegalArgumentException(
                    "column '" + name + "' must be numbers of shape [N] or [N, W], found " + values);
        }
    }

    /** A float32 column of one number per point. */
    public static Column of(String name, float[] values) {
        return new Column(name, NpArray.of(values, values.length));
    }

    /** A float64 column of one number per point. */
    public static Column of(String name, double[] values) {
        return new Column(name, NpArray.of(values, values.length));
    }

    /** An int32 column of one number per point. */
    public static Column of(String name, int[] values) {
        return new Column(name, NpArray.of(values, values.length));
    }

    /** Number of points. */
    public int rows() {
        return values.dim(0);
    }

    /** Numbers per point. */
    public int width() {
        return values.shape().length == 1 ? 1 : values.dim(1);
    }

    public ArrayElement type() {
        return values.type();
    }

    Column named(String newName) {
        return new Column(newName, values);
    }
}
