package org.scenecontexts.datasets.synthetic;

import java.util.Optional;
import org.scenecontexts.datasets.synthetic.Furnisher.Spot;

/** Groups of furniture that belong together, and the rooms made of them. */
final class Layouts {

    private final Furnisher room;
    private final Dice chance;
    private final int onTables;

    /** @param onTables largest number of small things on a surface beyond the usual ones */
    Layouts(Furnisher room, int onTables) {
        this.room = room;
        this.onTables = onTables;
        this.chance = room.chance;
    }

    void furnish(RoomType type) {
        switch (type) {
            case OFFICE -> office();
            case BEDROOM -> bedroom();
            case LIVING -> living();
            case KITCHEN -> kitchen();
            case BATHROOM -> bathroom();
        }
    }

    private void office() {
        int desks = chance.count(1, 3);
        for (int i = 0; i < desks; i++) {
            workplace();
        }
        if (chance.with(0.5)) {
            dining(2);
        }
        if (chance.with(0.4)) {
            room.placeAtWall(Seats.sofa(chance), -1, 0, 0.3);
        }
        storage(chance.count(1, 3));
        if (chance.with(0.5)) {
            standingLamp();
        }
    }

    private void bedroom() {
        bedGroup();
        if (chance.with(0.45)) {
            workplace();
        }
        storage(chance.count(1, 2));
        if (chance.with(0.3)) {
            chairAtWall();
        }
    }

    private void living() {
        sofaGroup();
        if (chance.with(0.5)) {
            dining(chance.count(2, 4));
        }
        storage(chance.count(1, 2));
        if (chance.with(0.7)) {
            standingLamp();
        }
        if (chance.with(0.25)) {
            workplace();
        }
    }

    private void kitchen() {
        counterGroup();
        if (chance.with(0.35)) {
            counterGroup();
        }
        dining(chance.count(2, 5));
        storage(chance.count(1, 2));
    }

    private void bathroom() {
        room.placeAtWall(Fittings.bathtub(chance), -1, 0, 0.3);
        room.placeAtWall(Fittings.toilet(chance), -1, 0, 0.4);
        if (chance.with(0.6)) {
            Piece sink = Fittings.sink(chance, true);
            room.placeAtWall(sink, -1, 0, 0.4).ifPresent(this::mirror);
        } else {
            Piece counter = Storage.counter(chance, chance.between(0.8, 1.3));
            room.placeAtWall(counter, -1, 0, 0.4).ifPresent(spot -> {
                sinkOn(counter, spot);
                mirror(spot);
            });
        }
        if (chance.with(0.6)) {
            room.placeAtWall(Storage.cabinet(chance), -1, 0, 0.2);
        }
    }

    /** A desk at a wall with a screen on it and a chair before it. */
    private void workplace() {
        Piece desk = Tables.slab(RoomClass.DESK, chance);
        room.placeAtWall(desk, -1, 0, 0.55).ifPresent(spot -> {
            double back = desk.min(1) + 0.17;
            int screens = desk.width() > 1.3 && chance.with(0.4) ? 2 : 1;
            for (int i = 0; i < screens; i++) {
                double x = screens == 1 ? chance.about(desk.width() * 0.2) : (i - 0.5) * 0.68;
                room.put(Fittings.monitor(chance, false), spot.at(x, back, chance.about(0.15)), desk.height());
            }
            if (chance.with(0.35)) {
                Spot corner = spot.at(-desk.width() / 2 + 0.15, back, 0);
                room.putIfFree(Fittings.tableLamp(chance), corner, desk.height());
            }
            clutterOn(desk, spot, chance.count(0, 3));
            Piece chair = Seats.chair(chance);
            double front = desk.max(1) + chair.depth() / 2 + chance.between(-0.15, 0.2);
            room.put(chair, spot.at(chance.about(0.2), front, Math.PI + chance.about(0.6)), 0);
            above(spot, 0.5);
        });
    }

    /** A table away from the walls with chairs around it. */
    private void dining(int chairs) {
        Piece table = chance.with(0.25) ? Tables.round(chance) : Tables.slab(RoomClass.TABLE, chance);
        Optional<Spot> found = room.findInMiddle(table, 0.42).or(() -> room.findInMiddle(table, 0.2));
        found.ifPresent(spot -> {
            room.put(table, spot, 0);
            clutterOn(table, spot, chance.count(0, 3));
            int placed = 0;
            for (int side = 0; side < 8 && placed < chairs; side++) {
                placed += chairAt(table, spot, side) ? 1 : 0;
            }
        });
    }

    private boolean chairAt(Piece table, Spot spot, int side) {
        Piece chair = Seats.chair(chance);
        double out = chair.depth() / 2 + chance.between(-0.12, 0.15);
        double shift = side < 4 ? -0.25 : 0.25;
        Spot at = switch (side % 4) {
            case 0 -> spot.at(shift, table.max(1) + out, Math.PI);
            case 1 -> spot.at(shift, table.min(1) - out, 0);
            case 2 -> spot.at(table.max(0) + out, shift * 0.4, Math.PI / 2);
            default -> spot.at(table.min(0) - out, shift * 0.4, -Math.PI / 2);
        };
        // A chair may be pushed under its table, so that only other things can be in its way: test it farther out.
        Spot clear = at.at(0, -0.2, 0);
        Piece probe = new Piece(RoomClass.CLUTTER).box(0, -0.05, 0.02, 0.3, 0.2, 0.3, Material.pick(chance.random()));
        if (!room.fits(probe, clear)) {
            return false;
        }
        room.put(chair, at.at(0, 0, chance.about(0.35)), 0);
        return true;
    }

    private void bedGroup() {
        Piece bed = Seats.bed(chance);
        Piece stand = Storage.nightstand(chance);
        room.placeAtWall(bed, -1, 0, 0.2).ifPresent(spot -> {
            for (int side = -1; side <= 1; side += 2) {
                Spot beside = room.behind(spot, stand).at(side * (bed.width() / 2 + stand.width() / 2 + 0.06), 0, 0);
                if (chance.with(0.8) && room.putIfFree(stand, beside, 0) && chance.with(0.6)) {
                    room.put(Fittings.tableLamp(chance), beside, stand.height());
                }
            }
            above(spot, 0.6);
        });
    }

    private void sofaGroup() {
        Piece sofa = Seats.sofa(chance);
        room.placeAtWall(sofa, -1, 0, 1.0).ifPresent(spot -> {
            Piece table = Tables.low(chance);
            double front = sofa.max(1) + chance.between(0.25, 0.45) + table.depth() / 2;
            Spot before = spot.at(chance.about(0.2), front, chance.about(0.1));
            if (room.putIfFree(table, before, 0)) {
                clutterOn(table, before, chance.count(0, 2));
            }
            above(spot, 0.7);
            Piece board = Storage.sideboard(chance);
            room.placeAtWall(board, (spot.wall() + 2) % 4, 0, 0.2)
                    .ifPresent(at ->
                            room.put(Fittings.monitor(chance, true), at.at(chance.about(0.1), 0, 0), board.height()));
        });
        if (chance.with(0.6)) {
            room.placeAtWall(Seats.sofa(chance), -1, 0, 0.4);
        }
    }

    private void counterGroup() {
        Piece counter = Storage.counter(chance, chance.between(1.2, 2.4));
        room.placeAtWall(counter, -1, 0, 0.6).ifPresent(spot -> {
            if (chance.with(0.75)) {
                sinkOn(counter, spot);
            }
            clutterOn(counter, spot, chance.count(0, 3));
            if (chance.with(0.6)) {
                Piece upper = Storage.wallCabinet(chance, counter.width() * chance.between(0.5, 1));
                room.putIfFree(upper, room.behind(spot, upper), chance.between(1.35, 1.5));
            }
        });
    }

    private void sinkOn(Piece counter, Spot spot) {
        Piece sink = Fittings.sink(chance, false);
        double free = Math.max(0, (counter.width() - sink.width()) / 2 - 0.05);
        room.put(sink, spot.at(chance.about(free), 0.02, 0), counter.height());
    }

    /** Cabinets and bookshelves at the walls. */
    private void storage(int pieces) {
        for (int i = 0; i < pieces; i++) {
            Piece piece = chance.with(0.5) ? Storage.cabinet(chance) : Storage.bookshelf(chance);
            room.placeAtWall(piece, -1, 0, 0.25).ifPresent(spot -> {
                if (piece.height() < 1.2 && chance.with(0.5)) {
                    clutterOn(piece, spot, chance.count(1, 2));
                }
            });
        }
    }

    /** A large table with things of many shapes on it, alone or crowded around one place. */
    void largeTable() {
        Piece table = Tables.large(chance.with(0.5) ? RoomClass.TABLE : RoomClass.DESK, chance);
        Optional<Spot> found = room.findInMiddle(table, 0.4).or(() -> room.findInMiddle(table, 0.05));
        found.ifPresent(spot -> {
            room.put(table, spot, 0);
            Spot middle = spot.at(chance.about(table.width() * 0.2), chance.about(table.depth() * 0.2), 0);
            double spread = chance.between(0.25, 0.9);
            int count = chance.count(2, 12);
            for (int i = 0; i < count; i++) {
                Spot at = middle.at(
                        spread * chance.about(table.width() * 0.5),
                        spread * chance.about(table.depth() * 0.5),
                        chance.about(Math.PI));
                if (onTop(table, spot, at)) {
                    room.putIfFree(SmallThings.any(chance), at, table.height());
                }
            }
        });
    }

    /** Whether a place is so far from the edges of a table that a small thing does not fall. */
    private static boolean onTop(Piece table, Spot spot, Spot at) {
        double c = StrictMath.cos(spot.heading());
        double s = StrictMath.sin(spot.heading());
        double right = c * (at.x() - spot.x()) + s * (at.y() - spot.y());
        double front = c * (at.y() - spot.y()) - s * (at.x() - spot.x());
        return Math.abs(right) < table.width() / 2 - 0.08 && Math.abs(front) < table.depth() / 2 - 0.08;
    }

    /** Cartons, crates and bags that were put down, at walls more often than in the way. */
    void cartons(int most) {
        int count = chance.count(0, most);
        for (int i = 0; i < count; i++) {
            Piece carton = SmallThings.carton(chance);
            if (chance.with(0.7)) {
                room.placeAtWall(carton, -1, 0, 0);
            } else {
                room.findInMiddle(carton, 0.03).ifPresent(spot -> room.put(carton, spot, 0));
            }
        }
    }

    /** A row of closets along a wall, as high as the room or nearly so. */
    void closets() {
        int wall = chance.count(0, 3);
        double height = chance.with(0.5) ? room.height - 0.01 : Math.min(room.height - 0.01, chance.between(2, 2.6));
        double width = room.wallLength(wall) * chance.between(0.45, 0.95);
        room.placeAtWall(Storage.closet(chance, width, height), wall, 0, 0.3);
    }

    private void standingLamp() {
        room.placeAtWall(Fittings.floorLamp(chance), -1, 0, 0);
    }

    private void chairAtWall() {
        room.placeAtWall(Seats.chair(chance), -1, 0, 0.1);
    }

    /** A picture over a piece of furniture. */
    private void above(Spot spot, double probability) {
        if (chance.with(probability)) {
            Piece picture = Fittings.picture(chance);
            room.putIfFree(picture, room.behind(spot, picture), chance.between(1.25, 1.5));
        }
    }

    private void mirror(Spot spot) {
        above(spot, 0.5);
    }

    private void clutterOn(Piece support, Spot spot, int usual) {
        int count = usual + (onTables == 0 ? 0 : chance.count(0, onTables));
        for (int i = 0; i < count; i++) {
            Piece thing = Fittings.clutter(chance, 0.22);
            Spot at =
                    spot.at(chance.about(support.width() * 0.4), chance.about(support.depth() * 0.3), chance.about(1));
            room.putIfFree(thing, at, support.height());
        }
    }

    /** Doors first, because they keep the way in free; windows and pictures where walls are left. */
    void openings() {
        Piece door = Fittings.door(chance);
        room.placeAtWall(door, -1, 0, 0.1).ifPresent(spot -> room.reserve(spot, door.width(), 0.8, 2));
        int windows = chance.count(1, 2);
        int outer = chance.count(0, 3);
        for (int i = 0; i < windows; i++) {
            room.placeAtWall(Fittings.window(chance), outer, chance.between(0.8, 1.05), 0.05);
        }
    }

    /** What is left to hang and to lie around. */
    void decorate(double clutter) {
        int pictures = chance.count(0, 2);
        for (int i = 0; i < pictures; i++) {
            room.placeAtWall(Fittings.picture(chance), -1, chance.between(1.1, 1.5), 0.02);
        }
        int things = (int) Math.round(clutter * chance.count(0, 4));
        for (int i = 0; i < things; i++) {
            Piece thing = Fittings.clutter(chance, 0.4);
            room.findInMiddle(thing, 0.05).ifPresent(spot -> room.put(thing, spot, 0));
        }
    }
}
