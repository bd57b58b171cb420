package org.scenecontexts.datasets.synthetic;

/** Cabinets, bookshelves, nightstands and counters: boxes of overlapping sizes. */
final class Storage {

    private Storage() {}

    /** Low, tall, or as small as a nightstand. */
    static Piece cabinet(Dice chance) {
        return switch (chance.count(0, 4)) {
            case 0, 1 ->
                closed(
                        RoomClass.CABINET,
                        chance,
                        chance.between(0.7, 1.5),
                        chance.between(0.35, 0.5),
                        chance.between(0.6, 1.0));
            case 2, 3 ->
                closed(
                        RoomClass.CABINET,
                        chance,
                        chance.between(0.7, 1.4),
                        chance.between(0.35, 0.6),
                        chance.between(1.5, 2.1));
            default -> small(RoomClass.CABINET, chance);
        };
    }

    /** Doors from wall to wall, with a second row above where it is high. */
    static Piece closet(Dice chance, double width, double height) {
        return closed(RoomClass.CABINET, chance, width, chance.between(0.4, 0.65), height);
    }

    /** A wide low one that a television stands on. */
    static Piece sideboard(Dice chance) {
        return closed(
                RoomClass.CABINET,
                chance,
                chance.between(1.1, 1.7),
                chance.between(0.38, 0.5),
                chance.between(0.4, 0.65));
    }

    /** Hangs on the wall over a counter. */
    static Piece wallCabinet(Dice chance, double width) {
        return closed(RoomClass.CABINET, chance, width, chance.between(0.3, 0.38), chance.between(0.5, 0.7));
    }

    static Piece nightstand(Dice chance) {
        return small(RoomClass.NIGHTSTAND, chance);
    }

    private static Piece small(RoomClass type, Dice chance) {
        return closed(type, chance, chance.between(0.38, 0.55), chance.between(0.35, 0.45), chance.between(0.42, 0.62));
    }

    private static Piece closed(RoomClass type, Dice chance, double width, double depth, double height) {
        Piece cabinet = new Piece(type);
        Material body = chance.material();
        Material front = chance.with(0.6) ? body.shaded(chance.between(0.85, 1.15)) : chance.material();
        double foot = chance.with(0.4) ? chance.between(0.04, 0.12) : 0;
        if (foot > 0) {
            Tables.legs(cabinet, width, depth, foot, 0.05, body);
        }
        cabinet.box(0, 0, foot, width, depth - 0.02, height - foot, body);
        int columns = (int) Math.max(1, Math.round(width / chance.between(0.4, 0.7)));
        int rows = height > 1.2 ? chance.count(1, 2) : chance.count(1, 3);
        double w = width / columns;
        double h = (height - foot) / rows;
        for (int c = 0; c < columns; c++) {
            for (int r = 0; r < rows; r++) {
                double x = -width / 2 + (c + 0.5) * w;
                double z = foot + r * h;
                cabinet.box(x, depth / 2 - 0.01, z + 0.01, w - 0.02, 0.02, h - 0.02, front);
                cabinet.box(x + w * 0.3, depth / 2 + 0.01, z + h / 2, 0.03, 0.03, 0.1, body.shaded(0.6));
            }
        }
        return cabinet;
    }

    static Piece bookshelf(Dice chance) {
        Piece shelf = new Piece(RoomClass.BOOKSHELF);
        Material wood = chance.material();
        double width = chance.between(0.6, 1.3);
        double depth = chance.between(0.25, 0.4);
        double height = chance.with(0.7) ? chance.between(1.3, 2.1) : chance.between(0.7, 1.1);
        double board = 0.03;
        shelf.box(0, -depth / 2 + 0.01, 0, width, 0.02, height, wood);
        for (int side = -1; side <= 1; side += 2) {
            shelf.box(side * (width - board) / 2, 0, 0, board, depth, height, wood);
        }
        int shelves = (int) Math.max(2, Math.round(height / chance.between(0.3, 0.42)));
        double step = (height - board) / shelves;
        int closed = chance.with(0.25) ? chance.count(1, shelves / 2 + 1) : 0;
        for (int s = 0; s <= shelves; s++) {
            shelf.box(0, 0, s * step, width, depth, board, wood);
        }
        for (int s = 0; s < shelves; s++) {
            if (s < closed) {
                shelf.box(
                        0, depth / 2 - 0.01, s * step + board, width - 2 * board, 0.02, step - board, wood.shaded(1.1));
            } else {
                books(shelf, chance, width, depth, s * step + board, step - board);
            }
        }
        return shelf;
    }

    private static void books(Piece shelf, Dice chance, double width, double depth, double z, double room) {
        double x = -width / 2 + 0.04;
        while (x < width / 2 - 0.12) {
            double run = Math.min(width / 2 - 0.04 - x, chance.between(0.08, 0.3));
            if (chance.with(0.75)) {
                double deep = depth * chance.between(0.5, 0.85);
                shelf.box(
                        x + run / 2,
                        -depth / 2 + 0.02 + deep / 2,
                        z,
                        run,
                        deep,
                        room * chance.between(0.5, 0.92),
                        chance.material());
            }
            x += run + 0.01;
        }
    }

    /** A run of base cabinets under one slab. */
    static Piece counter(Dice chance, double width) {
        Piece counter = new Piece(RoomClass.COUNTER);
        Material body = chance.material();
        double depth = chance.between(0.52, 0.65);
        double height = chance.between(0.82, 0.95);
        counter.box(0, -0.02, 0, width, depth - 0.04, height - 0.04, body);
        counter.box(0, 0, height - 0.04, width + 0.02, depth, 0.04, chance.accent(body));
        int doors = (int) Math.max(1, Math.round(width / chance.between(0.4, 0.6)));
        double w = width / doors;
        for (int d = 0; d < doors; d++) {
            counter.box(
                    -width / 2 + (d + 0.5) * w,
                    depth / 2 - 0.035,
                    0.08,
                    w - 0.02,
                    0.02,
                    height - 0.16,
                    body.shaded(1.08));
        }
        return counter;
    }
}
