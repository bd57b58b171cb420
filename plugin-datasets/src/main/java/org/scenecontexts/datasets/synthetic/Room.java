package org.scenecontexts.datasets.synthetic;

import java.util.List;

/**
 * A furnished room that can be scanned from any pose.
 *
 * <p>The floor's middle is the origin; walls are parallel to the axes; z is up; metres.
 *
 * @since 0.1
 */
public final class Room {

    private final RoomType type;
    private final double width;
    private final double depth;
    private final double height;
    private final List<RoomItem> items;
    private final List<Primitive> primitives;

    Room(RoomType type, double width, double depth, double height, List<RoomItem> items, List<Primitive> primitives) {
        this.type = type;
        this.width = width;
        this.depth = depth;
        this.height = height;
        this.items = List.copyOf(items);
        this.primitives = List.copyOf(primitives);
    }

    public RoomType type() {
        return type;
    }

    /** Length along x, metres. */
    public double width() {
        return width;
    }

    /** Length along y, metres. */
    public double depth() {
        return depth;
    }

    /** Height of the walls, metres. */
    public double height() {
        return height;
    }

    /** Everything in the room; walls and floor come first. */
    public List<RoomItem> items() {
        return items;
    }

    List<Primitive> primitives() {
        return primitives;
    }

    /** Whether a camera can be at a place: inside the room and not in a thing. */
    public boolean isFree(double x, double y, double z, double margin) {
        boolean inside =
                Math.abs(x) < width / 2 - margin && Math.abs(y) < depth / 2 - margin && z > margin && z < height;
        return inside
                && items.stream()
                        .noneMatch(item ->
                                item.type() != RoomClass.FLOOR && !isShell(item) && item.contains(x, y, z, margin));
    }

    /** The box around all four walls holds the whole room. */
    private boolean isShell(RoomItem item) {
        return item.type() == RoomClass.WALL && item.sizeX() > width;
    }
}
