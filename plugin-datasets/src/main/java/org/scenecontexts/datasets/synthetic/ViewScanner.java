package org.scenecontexts.datasets.synthetic;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.Seeds;

/**
 * Takes one picture of a room as a person with a depth camera would: across the room, of a table from near, or so near that its
 * top fills the picture.
 *
 * <p>The camera is the origin; x is to its right, y where it looks, z up. Where a picture stays tilted, y is the camera's
 * axis and z leans with it, as in a file of a camera that was turned with {@code up: minus-y}.
 */
final class ViewScanner {

    private static final int TRIES = 60;
    private static final int RETAKES = 5;

    /** What is seen across a room is at least so far away, metres. */
    private static final double VIEW = 2;

    /** A picture of fewer points, for example of a wall right before the camera, is taken again. */
    private static final int LEAST_POINTS = 2000;

    /** The same for small pictures: one point of so many pixels. */
    private static final int LEAST_SHARE = 10;

    /** So much of a picture that was taken to be filled is the table and what lies on it. */
    private static final double FILLED = 0.85;

    /** What a picture is taken of. */
    enum Aim {
        /** The room, from one side to the other. */
        ROOM,
        /** A table and what is around it. */
        TABLE,
        /** A large table's top, which fills the picture. */
        TABLE_TOP;

        /**
         * @param close part of the pictures that show a table
         * @param filled part of those that its top fills
         */
        static Aim drawn(double close, double filled, Dice chance) {
            if (!chance.with(close)) {
                return ROOM;
            }
            // No draw where there are none, so that the pictures of older settings stay what they are.
            return filled > 0 && chance.with(filled) ? TABLE_TOP : TABLE;
        }
    }

    private final ScanSettings settings;
    private final ThingLabels things;
    private final double tilted;
    private final double faded;

    /**
     * @param tilted part of the pictures that stay in the camera's frame
     * @param faded part of the pictures whose colours are faded
     */
    ViewScanner(ScanSettings settings, ThingLabels things, double tilted, double faded) {
        this.settings = settings;
        this.things = things;
        this.tilted = tilted;
        this.faded = faded;
    }

    /**
     * One picture, the same for the same room, aim, draws and seed, with colours and labels.
     *
     * @param chance of the camera's place and of what follows
     * @param seed of the sensor
     * @throws CloudException when the camera has met nothing within its range each time
     */
    Scene view(Room room, Aim aim, String id, Dice chance, long seed) {
        List<RoomItem> tops = room.items().stream()
                .filter(item -> item.type() == RoomClass.TABLE || item.type() == RoomClass.DESK)
                .toList();
        CameraPose pose = pose(room, aim, tops, chance);
        Scene scene = RoomScanner.scan(room, id, List.of(pose), settings, Seeds.mix(seed, 0));
        for (int i = 1; i < RETAKES && !shows(scene, aim); i++) {
            pose = pose(room, aim, tops, chance);
            scene = RoomScanner.scan(room, id, List.of(pose), settings, Seeds.mix(seed, i));
        }
        if (scene.size() == 0) {
            throw new CloudException(id + ": the camera met nothing within its range of " + settings.range() + " m in "
                    + RETAKES + " pictures; raise 'range' of synthetic-views, or lower 'min-size'");
        }
        float[] positions = inFrame(scene.positions(), pose, chance.with(tilted));
        float[] colours = chance.with(faded) ? faded(scene.colours(), chance) : scene.colours();
        return new Scene(id, positions, colours, new float[0], labels(scene.labels()), new int[0], List.of());
    }

    private static CameraPose pose(Room room, Aim aim, List<RoomItem> tops, Dice chance) {
        if (aim == Aim.ROOM || tops.isEmpty()) {
            return widePose(room, chance);
        }
        return aim == Aim.TABLE_TOP
                ? filledPose(room, largest(tops), chance)
                : closePose(room, tops.get(chance.count(0, tops.size() - 1)), chance);
    }

    private static RoomItem largest(List<RoomItem> tops) {
        return Collections.max(tops, Comparator.comparingDouble(item -> item.sizeX() * item.sizeY()));
    }

    /** Whether a picture shows enough, and what it was taken for. */
    private boolean shows(Scene scene, Aim aim) {
        int least = Math.min(LEAST_POINTS, settings.columns() * settings.rows() / LEAST_SHARE);
        if (scene.size() < least || aim != Aim.TABLE_TOP) {
            return scene.size() >= least;
        }
        long top = Arrays.stream(scene.labels()).filter(ViewScanner::onTable).count();
        return top >= FILLED * scene.size();
    }

    private static boolean onTable(int label) {
        return label == Labels.IGNORE || label == RoomClass.TABLE.label() || label == RoomClass.DESK.label();
    }

    /** From near one wall towards the other side, at the height of a tripod or of a person's hands. */
    private static CameraPose widePose(Room room, Dice chance) {
        for (int i = 0; i < TRIES; i++) {
            double x = chance.about(room.width() / 2 - 0.15);
            double y = chance.about(room.depth() / 2 - 0.15);
            double z = chance.between(0.8, 1.9);
            double heading = chance.about(Math.PI);
            double pitch = Math.toRadians(chance.between(-38, 5));
            double dx = StrictMath.cos(heading);
            double dy = StrictMath.sin(heading);
            boolean deep = ahead(room.width(), x, dx) > VIEW && ahead(room.depth(), y, dy) > VIEW;
            if (deep && room.isFree(x, y, z, 0.1)) {
                return new CameraPose(x, y, z, x + dx, y + dy, z + StrictMath.tan(pitch));
            }
        }
        return new CameraPose(-room.width() / 2 + 0.15, -room.depth() / 2 + 0.15, room.height() - 0.3, 0, 0, 0.7);
    }

    /** How far the wall is that a ray along one axis of the room meets, metres along the ray. */
    private static double ahead(double size, double from, double direction) {
        double way = direction > 0 ? size / 2 - from : size / 2 + from;
        return Math.abs(direction) < 1e-3 ? Double.POSITIVE_INFINITY : way / Math.abs(direction);
    }

    /** From half a metre to one metre away, looking down on what lies on a table. */
    private static CameraPose closePose(Room room, RoomItem table, Dice chance) {
        double top = table.centreZ() + table.sizeZ() / 2;
        double tx = table.centreX() + chance.about(0.2);
        double ty = table.centreY() + chance.about(0.2);
        CameraPose above = new CameraPose(tx, ty - 0.3, top + 0.9, tx, ty, top);
        for (int i = 0; i < TRIES; i++) {
            double away = chance.between(0.5, 1.1);
            double heading = chance.about(Math.PI);
            double x = tx + away * StrictMath.cos(heading);
            double y = ty + away * StrictMath.sin(heading);
            double z = top + away * chance.between(0.4, 1.1);
            if (room.isFree(x, y, z, 0.1)) {
                return new CameraPose(x, y, z, tx, ty, top + chance.between(0, 0.15));
            }
        }
        return above;
    }

    /** So near to a large table that it fills the picture, from nearly level to steep. */
    private static CameraPose filledPose(Room room, RoomItem table, Dice chance) {
        double top = table.centreZ() + table.sizeZ() / 2;
        double c = StrictMath.cos(table.heading());
        double s = StrictMath.sin(table.heading());
        for (int i = 0; i < TRIES; i++) {
            double right = chance.about(table.sizeX() * 0.3);
            double front = chance.about(table.sizeY() * 0.2);
            double tx = table.centreX() + c * right - s * front;
            double ty = table.centreY() + s * right + c * front;
            double away = chance.between(0.55, 1.2);
            double pitch = Math.toRadians(chance.between(25, 65));
            double heading = chance.about(Math.PI);
            double x = tx + away * StrictMath.cos(pitch) * StrictMath.cos(heading);
            double y = ty + away * StrictMath.cos(pitch) * StrictMath.sin(heading);
            double z = top + away * StrictMath.sin(pitch);
            if (room.isFree(x, y, z, 0.1)) {
                return new CameraPose(x, y, z, tx, ty, top + chance.between(0, 0.1));
            }
        }
        return new CameraPose(table.centreX(), table.centreY() - 0.4, top + 0.8, table.centreX(), table.centreY(), top);
    }

    /** Positions seen from the camera: upright, or along the camera's own axes. */
    private static float[] inFrame(float[] positions, CameraPose pose, boolean leans) {
        double[] a = pose.axes();
        double flat = Math.sqrt(a[6] * a[6] + a[7] * a[7]);
        double[] rows = leans
                ? new double[] {a[0], a[1], a[2], a[6], a[7], a[8], a[3], a[4], a[5]}
                : new double[] {a[0], a[1], 0, a[6] / flat, a[7] / flat, 0, 0, 0, 1};
        float[] moved = new float[positions.length];
        for (int i = 0; i < positions.length; i += 3) {
            double x = positions[i] - pose.x();
            double y = positions[i + 1] - pose.y();
            double z = positions[i + 2] - pose.z();
            for (int k = 0; k < 3; k++) {
                moved[i + k] = (float) (rows[3 * k] * x + rows[3 * k + 1] * y + rows[3 * k + 2] * z);
            }
        }
        return moved;
    }

    /** Everything nearer to one pale colour, as in rooms where walls and furniture are painted alike. */
    private static float[] faded(float[] colours, Dice chance) {
        double keep = chance.between(0.1, 0.7);
        double pale = chance.between(140, 235);
        float[] changed = new float[colours.length];
        for (int i = 0; i < colours.length; i++) {
            changed[i] = (float) Math.rint(keep * colours[i] + (1 - keep) * pale);
        }
        return changed;
    }

    private int[] labels(int[] own) {
        RoomClass[] known = RoomClass.values();
        int[] labels = new int[own.length];
        for (int i = 0; i < own.length; i++) {
            labels[i] = things.label(own[i] == Labels.IGNORE ? RoomClass.CLUTTER : known[own[i]]);
        }
        return labels;
    }
}
