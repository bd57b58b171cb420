package org.scenecontexts.datasets.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.Scenes;

/**
 * Puts rooms side by side into one scene, as large as one likes, so that what is done with large clouds can be tried without
 * any.
 *
 * @since 0.2
 */
public final class Buildings {

    /** Rooms stand at multiples of this, metres: a whole number of coarse voxels of 1, 2, 2.5, 5 and 10 cm. */
    static final double STEP = 1.6;

    /** At least so much is free between two rooms, metres. */
    private static final double GAP = 0.8;

    private Buildings() {}

    /**
     * A building, about as wide as long.
     *
     * @param rooms how many, 1 or more
     * @param longest longest wall of a room, metres
     * @param room the room with a number, from 0
     */
    public static Scene of(String id, int rooms, double longest, IntFunction<Scene> room) {
        List<Scene> moved = new ArrayList<>();
        for (int i = 0; i < rooms; i++) {
            double[] place = place(i, rooms, longest);
            moved.add(moved(room.apply(i), place[0], place[1]));
        }
        return Scenes.stacked(id, moved);
    }

    /** By how much a room is moved along x and y, metres. */
    public static double[] place(int room, int rooms, double longest) {
        int columns = (int) Math.ceil(Math.sqrt(rooms));
        double pitch = STEP * Math.ceil((longest + GAP) / STEP);
        return new double[] {room % columns * pitch, room / columns * pitch};
    }

    /** A room at its place. */
    public static Scene moved(Scene room, double x, double y) {
        float[] positions = room.positions().clone();
        for (int i = 0; i < positions.length; i += 3) {
            positions[i] += (float) x;
            positions[i + 1] += (float) y;
        }
        List<Box> boxes = room.boxes().stream()
                .map(box -> new Box(
                        box.centreX() + x,
                        box.centreY() + y,
                        box.centreZ(),
                        box.sizeX(),
                        box.sizeY(),
                        box.sizeZ(),
                        box.heading(),
                        box.label(),
                        box.instance()))
                .toList();
        return room.withPositions(positions).withBoxes(boxes);
    }
}
