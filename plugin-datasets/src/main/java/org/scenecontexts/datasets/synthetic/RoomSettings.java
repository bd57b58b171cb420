package org.scenecontexts.datasets.synthetic;

import java.util.List;

/**
 * What rooms to make, so that data sets with different wishes share one generator.
 *
 * @param types kinds of rooms, taken in turn, at least one
 * @param minSize shortest wall, metres (bathrooms are smaller)
 * @param maxSize longest wall, metres
 * @param ceiling whether there is one
 * @param clutter how many small things without a class lie around: 0 for none, 1 for the usual number
 * @param maxHeight largest height of a room, metres; the lowest are 2.3 m
 * @param closets chance that one wall is a row of closets
 * @param onTables largest number of small things that lie on a surface beyond the usual ones
 * @param largeTable chance that a large table stands in the room, with things of many shapes on it
 * @param cartons largest number of cartons and bags on the floor
 * @since 0.1
 */
public record RoomSettings(
        List<RoomType> types,
        double minSize,
        double maxSize,
        boolean ceiling,
        double clutter,
        double maxHeight,
        double closets,
        int onTables,
        double largeTable,
        int cartons) {

    /** Height of the lowest rooms, metres. */
    static final double MIN_HEIGHT = 2.3;

    private static final double MAX_HEIGHT = 2.7;

    /** @throws IllegalArgumentException when there is no type, or sizes make no room */
    public RoomSettings {
        types = List.copyOf(types);
        boolean chances = closets >= 0 && closets <= 1 && largeTable >= 0 && largeTable <= 1;
        if (!(maxHeight >= MIN_HEIGHT) || !chances || onTables < 0 || cartons < 0) {
            throw new IllegalArgumentException("rooms need a height of at least " + MIN_HEIGHT
                    + " m, chances of closets and large tables from 0 to 1 and no negative number of things, found "
                    + maxHeight + ", " + closets + ", " + largeTable + ", " + onTables + ", " + cartons);
        }
        if (types.isEmpty() || !(minSize >= 2) || !(maxSize >= minSize) || !(clutter >= 0)) {
            throw new IllegalArgumentException(
                    "rooms need at least one type, walls of at least 2 m and a clutter of at least 0," + " found types "
                            + types + ", walls of " + minSize + " to " + maxSize + " m, clutter " + clutter);
        }
    }

    /** Rooms of the usual height, without closets, large tables and cartons, with the usual things on tables. */
    public RoomSettings(List<RoomType> types, double minSize, double maxSize, boolean ceiling, double clutter) {
        this(types, minSize, maxSize, ceiling, clutter, MAX_HEIGHT, 0, 0, 0, 0);
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
