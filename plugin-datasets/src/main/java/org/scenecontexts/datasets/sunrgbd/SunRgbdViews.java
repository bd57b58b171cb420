package org.scenecontexts.datasets.sunrgbd;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npy;
import org.scenecontexts.io.array.Npz;

/**
 * Reads one view of the published files: lengths of boxes are halves there, and headings count clockwise. Votes are not read:
 * they are the ways to the centres of the boxes that hold a point, which the detector finds itself, to the same numbers.
 */
final class SunRgbdViews {

    static final List<String> CLASSES = List.of(
            "bed", "table", "sofa", "chair", "toilet", "desk", "dresser", "night_stand", "bookshelf", "bathtub");

    private static final int POINT_COLUMNS = 6;
    private static final int BOX_COLUMNS = 8;

    private SunRgbdViews() {}

    static Example load(Path folder, String view) {
        Path file = folder.resolve(view + "_pc.npz");
        NpArray cloud = cloud(file);
        if (cloud.shape().length != 2 || cloud.dim(1) != POINT_COLUMNS) {
            throw new CloudException(file + ": expected 'pc' as [N, 6] (x, y, z, red, green, blue from 0 to 1), found "
                    + Arrays.toString(cloud.shape()) + "; prepare the view again");
        }
        double[] rows = cloud.doubles();
        float[] positions = new float[rows.length / 2];
        float[] colours = new float[rows.length / 2];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (float) rows[POINT_COLUMNS * (i / 3) + i % 3];
            colours[i] = (float) (255 * rows[POINT_COLUMNS * (i / 3) + 3 + i % 3]);
        }
        return Example.of(new Scene(
                view,
                positions,
                colours,
                new float[0],
                new int[0],
                new int[0],
                boxes(folder.resolve(view + "_bbox.npy"))));
    }

    private static NpArray cloud(Path file) {
        try (Npz npz = Npz.open(file)) {
            if (!npz.has("pc")) {
                throw new CloudException(file + ": has no array 'pc'; prepare the view again");
            }
            return npz.get("pc");
        }
    }

    private static List<Box> boxes(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CloudException(file + ": no such file; every view has one, be it of no rows: prepare it again");
        }
        NpArray table = Npy.read(file);
        if (table.size() > 0 && (table.shape().length != 2 || table.dim(1) != BOX_COLUMNS)) {
            throw new CloudException(file + ": expected [K, 8] (centre, half lengths, heading, class), found "
                    + Arrays.toString(table.shape()) + "; prepare the view again");
        }
        double[] rows = table.doubles();
        List<Box> boxes = new ArrayList<>();
        for (int at = 0; at < rows.length; at += BOX_COLUMNS) {
            double[] b = Arrays.copyOfRange(rows, at, at + BOX_COLUMNS);
            boolean usable = Arrays.stream(b).allMatch(Double::isFinite) && b[3] > 0 && b[4] > 0 && b[5] > 0;
            if (!usable || b[7] != Math.rint(b[7]) || b[7] < 0 || b[7] >= CLASSES.size()) {
                throw new CloudException(
                        file + ", row " + at / BOX_COLUMNS + ": expected finite numbers, lengths above 0"
                                + " and a class from 0 to " + (CLASSES.size() - 1) + ", found " + Arrays.toString(b)
                                + "; prepare the view again");
            }
            double heading = Math.IEEEremainder(-b[6], 2 * Math.PI);
            boxes.add(new Box(
                    b[0],
                    b[1],
                    b[2],
                    2 * b[3],
                    2 * b[4],
                    2 * b[5],
                    heading <= -Math.PI ? Math.PI : heading,
                    (int) b[7],
                    Labels.NO_INSTANCE));
        }
        return boxes;
    }
}
