package org.scenecontexts.datasets.synthetic;

/** What hangs on walls, stands on tables, or belongs to a bathroom. */
final class Fittings {

    private Fittings() {}

    static Piece door(Dice chance) {
        Piece door = new Piece(RoomClass.DOOR);
        Material leaf = chance.material();
        Material frame = chance.accent(leaf);
        double width = chance.between(0.78, 0.98);
        double height = chance.between(1.95, 2.1);
        door.box(0, 0.01, 0, width, 0.03, height, leaf);
        for (int side = -1; side <= 1; side += 2) {
            door.box(side * (width / 2 + 0.035), 0.02, 0, 0.07, 0.06, height + 0.07, frame);
        }
        door.box(0, 0.02, height, width, 0.06, 0.07, frame);
        door.box(chance.with(0.5) ? width * 0.4 : -width * 0.4, 0.05, 1.0, 0.12, 0.06, 0.03, leaf.shaded(0.6));
        return door;
    }

    /** Framed like a picture and of overlapping size; but over a sill, and with glass that a depth camera often misses. */
    static Piece window(Dice chance) {
        Piece window = framed(
                RoomClass.WINDOW, chance, chance.between(0.7, 1.6), chance.between(0.7, 1.3), chance.between(0.2, 0.5));
        if (chance.with(0.6)) {
            window.box(0, 0.06, -0.03, window.width() + 0.06, 0.14, 0.03, chance.material());
        }
        return window;
    }

    static Piece picture(Dice chance) {
        return framed(
                RoomClass.PICTURE,
                chance,
                chance.between(0.4, 1.2),
                chance.between(0.35, 0.95),
                chance.between(0, 0.2));
    }

    private static Piece framed(RoomClass type, Dice chance, double width, double height, double glossy) {
        Piece piece = new Piece(type);
        Material frame = chance.material();
        double bar = chance.between(0.03, 0.08);
        double thick = chance.between(0.025, 0.05);
        piece.box(0, 0.008, 0, width, 0.016, height, chance.material().glossy(glossy));
        for (int side = -1; side <= 1; side += 2) {
            piece.box(side * (width - bar) / 2, thick / 2, 0, bar, thick, height, frame);
        }
        piece.box(0, thick / 2, 0, width, thick, bar, frame);
        piece.box(0, thick / 2, height - bar, width, thick, bar, frame);
        boolean divided = type == RoomClass.WINDOW ? chance.with(0.6) : chance.with(0.1);
        if (divided) {
            piece.box(0, thick / 2, 0, bar, thick, height, frame);
        }
        return piece;
    }

    static Piece floorLamp(Dice chance) {
        Piece lamp = new Piece(RoomClass.LAMP);
        Material stand = chance.material();
        double height = chance.between(1.3, 1.75);
        double shade = chance.between(0.25, 0.45);
        double shadeHeight = chance.between(0.2, 0.35);
        lamp.cylinder(0, 0, 0, 0.28, 0.28, 0.03, stand);
        lamp.cylinder(0, 0, 0.03, 0.035, 0.035, height - shadeHeight, stand);
        shade(lamp, chance, shade, height - shadeHeight, shadeHeight);
        return lamp;
    }

    static Piece tableLamp(Dice chance) {
        Piece lamp = new Piece(RoomClass.LAMP);
        Material stand = chance.material();
        double height = chance.between(0.35, 0.55);
        double shade = chance.between(0.2, 0.32);
        lamp.cylinder(0, 0, 0, 0.15, 0.15, 0.03, stand);
        lamp.cylinder(0, 0, 0.03, 0.05, 0.05, height * 0.5, stand);
        shade(lamp, chance, shade, height * 0.5, height * 0.5);
        return lamp;
    }

    private static void shade(Piece lamp, Dice chance, double diameter, double z, double height) {
        Material material = chance.material();
        if (chance.with(0.5)) {
            lamp.cylinder(0, 0, z, diameter, diameter, height, material);
        } else {
            lamp.ellipsoid(0, 0, z, diameter, diameter, height, material);
        }
    }

    /** @param wide a television rather than a computer's screen */
    static Piece monitor(Dice chance, boolean wide) {
        Piece monitor = new Piece(RoomClass.MONITOR);
        Material body = chance.material();
        double width = wide ? chance.between(0.8, 1.25) : chance.between(0.45, 0.68);
        double height = width * chance.between(0.52, 0.66);
        double foot = chance.between(0.06, 0.14);
        monitor.box(0, 0, 0, width * 0.4, 0.2, 0.02, body);
        monitor.box(0, -0.02, 0.02, 0.06, 0.04, foot + height * 0.3, body);
        double tilt = chance.between(0, 0.12);
        monitor.box(
                0,
                0.02,
                foot,
                width,
                chance.between(0.03, 0.07),
                height,
                0,
                tilt,
                body.glossy(chance.between(0, 0.35)));
        return monitor;
    }

    static Piece toilet(Dice chance) {
        Piece toilet = new Piece(RoomClass.TOILET);
        Material ceramic = chance.material();
        double seat = chance.between(0.38, 0.46);
        double width = chance.between(0.34, 0.4);
        double length = chance.between(0.42, 0.52);
        toilet.cylinder(0, 0.08, 0, width * 0.7, length * 0.75, seat * 0.6, ceramic);
        toilet.ellipsoid(0, 0.1, seat * 0.25, width, length, seat * 0.9, ceramic);
        toilet.cylinder(0, 0.1, seat - 0.05, width, length, 0.05, chance.accent(ceramic));
        toilet.box(0, -0.2, seat - 0.1, width * 1.1, 0.18, chance.between(0.35, 0.45), ceramic);
        if (chance.with(0.4)) {
            toilet.box(0, -0.1, seat, width, 0.04, 0.38, 0, 0.15, ceramic);
        }
        return toilet;
    }

    /** A basin with a rim, on a column unless it lies on a counter. */
    static Piece sink(Dice chance, boolean column) {
        Piece sink = new Piece(RoomClass.SINK);
        Material ceramic = chance.material();
        double width = chance.between(0.42, 0.6);
        double depth = chance.between(0.36, 0.46);
        double rim = 0.04;
        double deep = column ? chance.between(0.12, 0.2) : chance.between(0.06, 0.12);
        double z = column ? chance.between(0.78, 0.88) - deep : 0;
        basin(sink, width, depth, deep, rim, z, ceramic);
        sink.cylinder(0, -depth / 2 + 0.03, z + deep, 0.04, 0.04, 0.16, chance.accent(ceramic));
        sink.box(0, -depth / 2 + 0.09, z + deep + 0.14, 0.03, 0.14, 0.03, chance.accent(ceramic));
        if (column && chance.with(0.7)) {
            sink.cylinder(0, -depth / 6, 0, 0.18, 0.16, z, ceramic);
        } else if (column) {
            sink.box(0, -0.03, 0.2, width * 0.9, depth * 0.85, z - 0.2, chance.material());
        }
        return sink;
    }

    static Piece bathtub(Dice chance) {
        Piece tub = new Piece(RoomClass.BATHTUB);
        double length = chance.between(1.4, 1.7);
        double width = chance.between(0.68, 0.8);
        double height = chance.between(0.45, 0.6);
        Material ceramic = chance.material();
        basin(tub, length, width, height, chance.between(0.05, 0.09), 0, ceramic);
        tub.cylinder(length / 2 - 0.05, 0, height, 0.05, 0.05, 0.15, ceramic.shaded(0.7));
        return tub;
    }

    private static void basin(
            Piece piece, double width, double depth, double height, double rim, double z, Material material) {
        piece.box(0, 0, z, width, depth, height * 0.3, material);
        for (int side = -1; side <= 1; side += 2) {
            piece.box(side * (width - rim) / 2, 0, z, rim, depth, height, material);
            piece.box(0, side * (depth - rim) / 2, z, width, rim, height, material);
        }
    }

    /** A box, bottle, ball or stack of paper without a class. */
    static Piece clutter(Dice chance, double size) {
        Piece thing = new Piece(RoomClass.CLUTTER);
        double a = size * chance.between(0.3, 1);
        double b = size * chance.between(0.3, 1);
        double c = size * chance.between(0.2, 1.2);
        switch (chance.count(0, 2)) {
            case 0 -> thing.cylinder(0, 0, 0, a, a, c, chance.material());
            case 1 -> thing.ellipsoid(0, 0, 0, a, a, a, chance.material());
            default -> thing.box(0, 0, 0, a, b, c, chance.about(1.5), 0, chance.material());
        }
        return thing;
    }
}
