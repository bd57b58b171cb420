package org.scenecontexts.datasets.synthetic;

import java.util.List;

/**
 * What rooms to make.
 *
 * @param types kinds of rooms, taken in turn, at least one
 * @param minSize shortest wall, metres (bathrooms are smaller)
 * @param maxSize longest wall, metres
 * @param ceiling whether there is one
 * @param clutter how many small things without a class lie around: 0 for none, 1 for the usual number
 * @since 0.1
 */
public record RoomSettings(List<RoomType> types, double minSize, double maxSize, boolean ceiling, double clutter) {

    /** @throws IllegalArgumentException when there is no type, or sizes make no room */
    public RoomSettings {
        types = List.copyOf(types);
        if (types.isEmpty() || !(minSize >= 2) || !(maxSize >= minSize) || !(clutter >= 0)) {
            throw new IllegalArgumentException(
                    "rooms need at least one type, walls of at least 2 m and a clutter of at least 0," + " found types "
                            + types + ", walls of " + minSize + " to " + maxSize + " m, clutter " + clutter);
        }
    }

    /** The type of the room with a number: in turn, so that few rooms already show every type. */
    public RoomType type(int index) {
        return types.get(index % types.size());
    }

    /** Rooms of every type, 2.8 to 4 m, without ceiling. */
    public static RoomSettings defaults() {
        return new RoomSettings(List.of(RoomType.values()), 2.8, 4, false, 1);
    }
}
