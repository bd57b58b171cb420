package org.scenecontexts.io.cloud;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.NpArray;

/**
 * Gives the points of a written cloud colours that viewers show.
 *
 * @since 0.2
 */
public final class Paint {

    /** The fields of a colour, in order. */
    public static final List<String> CHANNELS = List.of("red", "green", "blue");

    /** Colour of points that belong to no object. */
    public static final int NO_OBJECT = 0x808080;

    private Paint() {}

    /**
     * Three fields of bytes.
     *
     * @param colours of each point, 0xRRGGBB, {@code [N]}
     */
    public static List<Column> columns(int[] colours) {
        List<Column> columns = new ArrayList<>();
        for (int channel = 0; channel < CHANNELS.size(); channel++) {
            int shift = 16 - 8 * channel;
            int[] values =
                    Arrays.stream(colours).map(colour -> colour >> shift & 0xFF).toArray();
            columns.add(new Column(
                    CHANNELS.get(channel), NpArray.of(values, values.length).as(ArrayElement.UINT8)));
        }
        return columns;
    }

    /**
     * Colours for objects by number; those of neighbouring numbers lie far apart (steps of the golden angle around the circle
     * of hues).
     *
     * @param objects object of each point, negative for none, {@code [N]}
     * @return 0xRRGGBB, {@code [N]}
     */
    public static int[] objects(int[] objects) {
        return Arrays.stream(objects).map(Paint::object).toArray();
    }

    private static int object(int number) {
        if (number < 0) {
            return NO_OBJECT;
        }
        float hue = (float) (number * 0.381966 % 1);
        return java.awt.Color.HSBtoRGB(hue, 0.65f + 0.3f * (number % 2), 0.95f - 0.25f * (number / 2 % 2)) & 0xFFFFFF;
    }
}
