package org.scenecontexts.io.cloud;

import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.io.array.AtomicFile;

/**
 * Writes boxes as wires in a PLY file, which viewers of clouds show over the cloud.
 *
 * @since 0.2
 */
public final class BoxWires {

    /** Corners that an edge connects. */
    private static final int[][] EDGES = {
        {0, 1}, {1, 2}, {2, 3}, {3, 0}, {4, 5}, {5, 6}, {6, 7}, {7, 4}, {0, 4}, {1, 5}, {2, 6}, {3, 7}
    };

    private static final int CORNERS = 8;

    private BoxWires() {}

    /**
     * A box to draw.
     *
     * @param corners {@code [8][3]}: four below, counter-clockwise, and those above them
     * @param label class, which gives the colour
     */
    public record Wire(double[][] corners, int label) {}

    /** The wire of a box in the frame of the data. */
    public static Wire of(Box box, Origin origin) {
        double[][] corners = corners(box);
        for (double[] corner : corners) {
            for (int axis = 0; axis < 3; axis++) {
                corner[axis] += origin.at(axis);
            }
        }
        return new Wire(corners, box.label());
    }

    /** The corners of a box, {@code [8][3]}, metres: four below, counter-clockwise, and those above them. */
    public static double[][] corners(Box box) {
        double cos = Math.cos(box.heading());
        double sin = Math.sin(box.heading());
        double[][] corners = new double[CORNERS][];
        for (int i = 0; i < CORNERS; i++) {
            double u = (i % 4 == 0 || i % 4 == 3 ? 1 : -1) * box.sizeX() / 2;
            double v = (i % 4 < 2 ? 1 : -1) * box.sizeY() / 2;
            double w = (i < 4 ? -1 : 1) * box.sizeZ() / 2;
            corners[i] = new double[] {
                box.centreX() + cos * u - sin * v, box.centreY() + sin * u + cos * v, box.centreZ() + w
            };
        }
        return corners;
    }

    /** Writes a file, all of it or nothing. */
    public static void write(Path file, List<Wire> wires) {
        AtomicFile.write(file, out -> {
            Writer text = new OutputStreamWriter(out, StandardCharsets.US_ASCII);
            text.write(text(wires));
            text.flush();
        });
    }

    private static String text(List<Wire> wires) {
        StringBuilder text = new StringBuilder("ply\nformat ascii 1.0\n");
        text.append("element vertex ").append(CORNERS * wires.size()).append('\n');
        text.append("property double x\nproperty double y\nproperty double z\n");
        text.append("property uchar red\nproperty uchar green\nproperty uchar blue\nproperty int label\n");
        text.append("element edge ").append(EDGES.length * wires.size()).append('\n');
        text.append("property int vertex1\nproperty int vertex2\nend_header\n");
        for (Wire wire : wires) {
            int colour = java.awt.Color.HSBtoRGB((float) (wire.label() * 0.381966 % 1), 0.8f, 0.95f);
            for (double[] corner : wire.corners()) {
                text.append(String.format(
                        Locale.ROOT,
                        "%.4f %.4f %.4f %d %d %d %d\n",
                        corner[0],
                        corner[1],
                        corner[2],
                        colour >> 16 & 0xFF,
                        colour >> 8 & 0xFF,
                        colour & 0xFF,
                        wire.label()));
            }
        }
        for (int i = 0; i < wires.size(); i++) {
            for (int[] edge : EDGES) {
                text.append(CORNERS * i + edge[0])
                        .append(' ')
                        .append(CORNERS * i + edge[1])
                        .append('\n');
            }
        }
        return text.toString();
    }
}
