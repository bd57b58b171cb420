package org.scenecontexts.datasets.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps track of what stands where while a room is furnished, and finds free places. */
final class Furnisher {

    private static final int TRIES = 40;
    private static final double GAP = 0.03;

    /** A place with a direction; {@code wall} is -1 away from walls. */
    record Spot(double x, double y, double heading, int wall) {

        /** A place given in this spot's own frame. */
        Spot at(double right, double front, double turn) {
            double c = StrictMath.cos(heading);
            double s = StrictMath.sin(heading);
            return new Spot(x + c * right - s * front, y + s * right + c * front, heading + turn, wall);
        }
    }

    private record Taken(double x0, double y0, double x1, double y1, double z0, double z1) {
        boolean overlaps(Taken other) {
            return x0 < other.x1 && other.x0 < x1 && y0 < other.y1 && other.y0 < y1 && z0 < other.z1 && other.z0 < z1;
        }
    }

    final Dice chance;
    final double width;
    final double depth;
    final double height;
    private final List<RoomItem> items = new ArrayList<>();
    private final List<Primitive> primitives = new ArrayList<>();
    private final List<Taken> taken = new ArrayList<>();

    Furnisher(Dice chance, double width, double depth, double height) {
        this.chance = chance;
        this.width = width;
        this.depth = depth;
        this.height = height;
    }

    Room finish(RoomType type) {
        return new Room(type, width, depth, height, items, primitives);
    }

    /** Wall 0 is at the front (-y), then counter-clockwise. */
    double wallLength(int wall) {
        return wall % 2 == 0 ? width : depth;
    }

    /** The place at a wall where a piece of some depth touches it. */
    private Spot atWall(int wall, double along, double outwards) {
        return switch (wall) {
            case 0 -> new Spot(along, -depth / 2 + outwards, 0, wall);
            case 1 -> new Spot(width / 2 - outwards, along, Math.PI / 2, wall);
            case 2 -> new Spot(-along, depth / 2 - outwards, Math.PI, wall);
            default -> new Spot(-width / 2 + outwards, -along, -Math.PI / 2, wall);
        };
    }

    /** Puts a piece somewhere without asking whether there is space. */
    void put(Piece piece, Spot spot, double z) {
        putShell(piece, spot, z);
        taken.add(footprint(piece, spot, z, 0, 0));
    }

    /** Puts walls, floor or ceiling, which take no place away. */
    void putShell(Piece piece, Spot spot, double z) {
        double mx = (piece.min(0) + piece.max(0)) / 2;
        double my = (piece.min(1) + piece.max(1)) / 2;
        Spot middle = spot.at(mx, my, 0);
        double heading = Math.IEEEremainder(spot.heading(), 2 * Math.PI);
        items.add(new RoomItem(
                piece.type,
                middle.x(),
                middle.y(),
                z + (piece.min(2) + piece.max(2)) / 2,
                piece.width(),
                piece.depth(),
                piece.max(2) - piece.min(2),
                heading <= -Math.PI ? Math.PI : heading));
        primitives.addAll(piece.placed(spot.x(), spot.y(), z, spot.heading(), items.size() - 1));
    }

    /** Puts a piece somewhere if nothing is in the way. */
    boolean putIfFree(Piece piece, Spot spot, double z) {
        boolean free = isFree(footprint(piece, spot, z, 0, GAP));
        if (free) {
            put(piece, spot, z);
        }
        return free;
    }

    /** Whether a piece could stand somewhere. */
    boolean fits(Piece piece, Spot spot) {
        return isFree(footprint(piece, spot, 0, 0, 0));
    }

    /**
     * Finds a place with the back at a wall.
     *
     * @param wall 0 to 3, or -1 for any
     * @param z height of its lowest point above the floor
     * @param front space to be left before it
     */
    Optional<Spot> findAtWall(Piece piece, int wall, double z, double front) {
        for (int i = 0; i < TRIES; i++) {
            int w = wall >= 0 ? wall : chance.count(0, 3);
            double reach = wallLength(w) / 2 - piece.width() / 2 - 0.02;
            if (reach <= 0) {
                continue;
            }
            double along = chance.with(0.25) ? (chance.with(0.5) ? reach : -reach) : chance.about(reach);
            Spot spot = atWall(w, along, -piece.min(1) + 0.01);
            if (isFree(footprint(piece, spot, z, front, GAP))) {
                return Optional.of(spot);
            }
        }
        return Optional.empty();
    }

    /** The place at a wall straight behind another place. */
    Spot behind(Spot spot, Piece piece) {
        double along = switch (spot.wall()) {
            case 0 -> spot.x();
            case 1 -> spot.y();
            case 2 -> -spot.x();
            default -> -spot.y();
        };
        return atWall(spot.wall(), along, -piece.min(1) + 0.01);
    }

    /** Finds a place in the room with space all around. */
    Optional<Spot> findInMiddle(Piece piece, double around) {
        for (int i = 0; i < TRIES; i++) {
            double heading = chance.count(0, 1) * Math.PI / 2 + chance.about(0.15);
            Spot spot = new Spot(chance.about(width / 2), chance.about(depth / 2), heading, -1);
            if (isFree(footprint(piece, spot, 0, around, around))) {
                return Optional.of(spot);
            }
        }
        return Optional.empty();
    }

    /** Puts a piece with its back at a wall if there is a place. */
    Optional<Spot> placeAtWall(Piece piece, int wall, double z, double front) {
        Optional<Spot> spot = findAtWall(piece, wall, z, front);
        spot.ifPresent(s -> put(piece, s, z));
        return spot;
    }

    /** Keeps a place free of other things. */
    void reserve(Spot spot, double sizeX, double front, double top) {
        Spot far = spot.at(0, front, 0);
        double dx = Math.abs(StrictMath.cos(spot.heading())) * sizeX / 2;
        double dy = Math.abs(StrictMath.sin(spot.heading())) * sizeX / 2;
        taken.add(new Taken(
                Math.min(spot.x(), far.x()) - dx,
                Math.min(spot.y(), far.y()) - dy,
                Math.max(spot.x(), far.x()) + dx,
                Math.max(spot.y(), far.y()) + dy,
                0,
                top));
    }

    private boolean isFree(Taken place) {
        double slack = 1e-6;
        boolean inside = place.x0 >= -width / 2 - GAP - slack
                && place.x1 <= width / 2 + GAP + slack
                && place.y0 >= -depth / 2 - GAP - slack
                && place.y1 <= depth / 2 + GAP + slack
                && place.z1 <= height;
        return inside && taken.stream().noneMatch(place::overlaps);
    }

    private Taken footprint(Piece piece, Spot spot, double z, double front, double margin) {
        double x0 = Double.POSITIVE_INFINITY;
        double y0 = Double.POSITIVE_INFINITY;
        double x1 = Double.NEGATIVE_INFINITY;
        double y1 = Double.NEGATIVE_INFINITY;
        for (int corner = 0; corner < 4; corner++) {
            Spot at = spot.at(
                    (corner & 1) == 0 ? piece.min(0) : piece.max(0),
                    (corner & 2) == 0 ? piece.min(1) : piece.max(1) + front,
                    0);
            x0 = Math.min(x0, at.x());
            x1 = Math.max(x1, at.x());
            y0 = Math.min(y0, at.y());
            y1 = Math.max(y1, at.y());
        }
        return new Taken(x0 - margin, y0 - margin, x1 + margin, y1 + margin, z + piece.min(2), z + piece.max(2));
    }
}
