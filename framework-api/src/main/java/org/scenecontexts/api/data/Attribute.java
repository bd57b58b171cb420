package org.scenecontexts.api.data;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * A named table of numbers beside a scene's fixed core: intensity, time, superpoints, float targets, the class of a scene,
 * poses.
 *
 * <p>Rows are points, objects, or the scene alone; see {@link Attributes}. Arrays are not copied: treat as immutable.
 *
 * @since 0.2
 */
public sealed interface Attribute {

    /** Names of the core, which an attribute cannot have: {@code inputs} and messages would mean two things. */
    Set<String> RESERVED = Set.of(
            "colour",
            "colours",
            "color",
            "colors",
            "rgb",
            "normal",
            "normals",
            "height",
            "ones",
            "position",
            "positions",
            "x",
            "y",
            "z",
            "label",
            "labels",
            "instance",
            "instances",
            "box",
            "boxes");

    /** Unique among the attributes of its kind in a scene. */
    String name();

    /** Numbers per row, W. */
    int width();

    /** Number of rows. */
    int rows();

    /**
     * The numbers as floats, {@code [rows, W]}; of {@link Floats} relative to their offset. Not copied where they are floats
     * already.
     */
    float[] floats();

    /** Only some of the rows, in the order given. */
    Attribute select(int[] rows);

    /**
     * Numbers with a fraction.
     *
     * @param values {@code [rows, W]}
     * @param offset what to add to the values to get those of the data: like a scene's origin, it keeps large numbers, such
     *     as seconds since 1980, as precise as they were; 0 for ordinary ones
     */
    record Floats(String name, int width, float[] values, double offset) implements Attribute {

        /** @throws IllegalArgumentException when the name is reserved, or the values are no rows */
        public Floats {
            check(name, width, values.length);
            if (!Double.isFinite(offset)) {
                throw new IllegalArgumentException(
                        "attribute '" + name + "': the offset must be finite, found " + offset);
            }
        }

        public Floats(String name, int width, float[] values) {
            this(name, width, values, 0);
        }

        @Override
        public int rows() {
            return values.length / width;
        }

        @Override
        public float[] floats() {
            return values;
        }

        @Override
        public Floats select(int[] rows) {
            float[] chosen = new float[Math.multiplyExact(rows.length, width)];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(values, rows[i] * width, chosen, i * width, width);
            }
            return new Floats(name, width, chosen, offset);
        }
    }

    /**
     * Whole numbers.
     *
     * @param values {@code [rows, W]}
     */
    record Ints(String name, int width, int[] values) implements Attribute {

        /** @throws IllegalArgumentException when the name is reserved, or the values are no rows */
        public Ints {
            check(name, width, values.length);
        }

        @Override
        public int rows() {
            return values.length / width;
        }

        @Override
        public float[] floats() {
            float[] converted = new float[values.length];
            for (int i = 0; i < converted.length; i++) {
                converted[i] = values[i];
            }
            return converted;
        }

        @Override
        public Ints select(int[] rows) {
            int[] chosen = new int[Math.multiplyExact(rows.length, width)];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(values, rows[i] * width, chosen, i * width, width);
            }
            return new Ints(name, width, chosen);
        }
    }

    private static void check(String name, int width, int length) {
        Objects.requireNonNull(name, "name");
        if (name.isBlank() || name.matches(".*[\\s:/,].*")) {
            throw new IllegalArgumentException(
                    "an attribute needs a name without spaces, ':', '/' and ',', found '" + name + "'");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("an attribute cannot be called '" + name
                    + "', which belongs to a scene's core; call it otherwise," + " such as '" + name + "-value'");
        }
        if (width < 1 || length % width != 0) {
            throw new IllegalArgumentException(
                    "attribute '" + name + "' of width " + width + " needs whole rows, found " + length + " numbers");
        }
    }
}
