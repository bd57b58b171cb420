package org.scenecontexts.io.cloud;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decides what the columns of a table without names hold, by their values: x y z first, then colours (0 to 255, 0 to 1 or 0 to
 * 65535), normals (within [-1, 1], some negative), or an intensity before colours.
 */
final class ColumnGuess {

    private static final List<String> COLOURS = List.of("r", "g", "b");
    private static final List<String> NORMALS = List.of("nx", "ny", "nz");
    private static final double FEW = 0.01;

    private ColumnGuess() {}

    /**
     * Names for columns.
     *
     * @param values {@code [columns][N]}, at least three columns
     * @param pts whether the file is called .pts, where an intensity stands before the colours
     */
    static List<String> names(double[][] values, boolean pts) {
        int width = values.length;
        List<String> names = new ArrayList<>(List.of("x", "y", "z"));
        int at = 3;
        boolean intensity = width >= 7 && (pts || (!colours(values, 3) && !normals(values, 3) && colours(values, 4)));
        if (intensity) {
            names.add("intensity");
            at = 4;
        }
        for (int round = 0; round < 2 && width >= at + 3; round++) {
            if (normals(values, at) && !names.contains("nx")) {
                names.addAll(NORMALS);
            } else if (colours(values, at) && !names.contains("r")) {
                names.addAll(COLOURS);
            } else {
                break;
            }
            at += 3;
        }
        while (names.size() < width) {
            names.add("column" + (names.size() + 1));
        }
        return names;
    }

    /** What is said about a guess; nothing was guessed about x, y and z alone. */
    static String told(String source, List<String> names) {
        return source + ": its columns have no names and are taken as " + String.join(", ", names)
                + "; where that is wrong, write the right names into a first line of the file (of text: x y z"
                + " intensity r g b)";
    }

    private static boolean colours(double[][] values, int from) {
        boolean whole = true;
        double largest = 0;
        for (int c = from; c < from + 3; c++) {
            if (outside(values[c], 0, 65535) > FEW * values[c].length) {
                return false;
            }
            whole &= Arrays.stream(values[c]).allMatch(v -> v == Math.rint(v) || Double.isNaN(v));
            largest = Math.max(largest, outside(values[c], 0, 255.5) > FEW * values[c].length ? 65535 : 255);
        }
        return whole || largest == 255;
    }

    private static boolean normals(double[][] values, int from) {
        boolean negative = false;
        for (int c = from; c < from + 3; c++) {
            if (Arrays.stream(values[c])
                            .filter(v -> !Double.isNaN(v) && !CloudNormals.fits(v))
                            .count()
                    > FEW * values[c].length) {
                return false;
            }
            negative |= Arrays.stream(values[c]).anyMatch(v -> v < 0);
        }
        return negative;
    }

    private static long outside(double[] values, double low, double high) {
        return Arrays.stream(values).filter(v -> v < low || v > high).count();
    }
}
