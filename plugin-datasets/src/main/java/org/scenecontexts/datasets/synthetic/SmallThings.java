package org.scenecontexts.datasets.synthetic;

/**
 * What people put on tables and beside them, in more shapes than {@link Fittings#clutter}: a network that has seen single
 * boxes and balls alone takes a pile of them near the camera for a piece of furniture.
 */
final class SmallThings {

    private SmallThings() {}

    /** A packet, cup, bottle, bowl, pile of books, pile of packets or something that lies flat. */
    static Piece any(Dice chance) {
        Piece thing = new Piece(RoomClass.CLUTTER);
        switch (chance.count(0, 7)) {
            case 0, 1 -> packet(thing, chance);
            case 2 -> cup(thing, chance);
            case 3 -> bottle(thing, chance);
            case 4 -> bowl(thing, chance);
            case 5 -> books(thing, chance);
            case 6 -> pile(thing, chance);
            default -> flat(thing, chance);
        }
        return thing;
    }

    /** As of cereals or tea, standing, lying, or leaning a little. */
    private static void packet(Piece thing, Dice chance) {
        double a = chance.between(0.05, 0.28);
        double b = chance.between(0.03, 0.2);
        double c = chance.between(0.03, 0.3);
        double tilt = chance.with(0.15) ? chance.about(0.3) : 0;
        thing.box(0, 0, 0, a, b, c, 0, tilt, chance.material());
    }

    private static void cup(Piece thing, Dice chance) {
        Material material = chance.material();
        double diameter = chance.between(0.06, 0.1);
        double height = chance.between(0.06, 0.13);
        thing.cylinder(0, 0, 0, diameter, diameter, height, material);
        if (chance.with(0.7)) {
            thing.box(diameter / 2 + 0.015, 0, height * 0.2, 0.03, 0.015, height * 0.6, material);
        }
    }

    private static void bottle(Piece thing, Dice chance) {
        Material material = chance.material().glossy(chance.between(0, 0.3));
        double diameter = chance.between(0.05, 0.12);
        double height = chance.between(0.12, 0.26);
        thing.cylinder(0, 0, 0, diameter, diameter, height, material);
        if (chance.with(0.6)) {
            thing.cylinder(0, 0, height, diameter * 0.4, diameter * 0.4, height * 0.35, chance.accent(material));
        }
    }

    private static void bowl(Piece thing, Dice chance) {
        double diameter = chance.between(0.1, 0.3);
        double height = diameter * chance.between(0.2, 0.6);
        thing.ellipsoid(0, 0, 0, diameter, diameter, height, chance.material());
        thing.cylinder(0, 0, height * 0.5, diameter, diameter, height * 0.1, chance.material());
    }

    private static void books(Piece thing, Dice chance) {
        double z = 0;
        int count = chance.count(1, 6);
        for (int i = 0; i < count; i++) {
            double thick = chance.between(0.01, 0.05);
            thing.box(
                    chance.about(0.02),
                    chance.about(0.02),
                    z,
                    chance.between(0.13, 0.22),
                    chance.between(0.18, 0.3),
                    thick,
                    chance.about(0.4),
                    0,
                    chance.material());
            z += thick;
        }
    }

    /** Packets and round things that touch: some side by side, some on others. */
    private static void pile(Piece thing, Dice chance) {
        double z = 0;
        double x = 0;
        int count = chance.count(2, 5);
        for (int i = 0; i < count; i++) {
            double a = chance.between(0.06, 0.22);
            double c = chance.between(0.04, 0.18);
            if (chance.with(0.7)) {
                double b = chance.between(0.05, 0.18);
                thing.box(x, chance.about(0.03), z, a, b, c, chance.about(0.5), 0, chance.material());
            } else {
                thing.cylinder(x, chance.about(0.03), z, a * 0.7, a * 0.7, c, chance.material());
            }
            boolean on = z == 0 && chance.with(0.5);
            x += on ? chance.about(0.03) : a * 0.9;
            z = on ? c : 0;
        }
    }

    /** A keyboard, tray, folder or sheet. */
    private static void flat(Piece thing, Dice chance) {
        thing.box(
                0,
                0,
                0,
                chance.between(0.2, 0.45),
                chance.between(0.12, 0.32),
                chance.between(0.004, 0.03),
                chance.material());
    }

    /** A carton, crate or bag for the floor, alone or two on each other. */
    static Piece carton(Dice chance) {
        Piece carton = new Piece(RoomClass.CLUTTER);
        Material material = chance.material();
        double a = chance.between(0.25, 0.6);
        double b = chance.between(0.2, 0.45);
        double c = chance.between(0.15, 0.5);
        if (chance.with(0.2)) {
            carton.ellipsoid(0, 0, 0, a, b, c, material);
        } else {
            carton.box(0, 0, 0, a, b, c, chance.about(0.2), 0, material);
            if (chance.with(0.3)) {
                double smaller = chance.between(0.6, 1);
                carton.box(
                        0, 0, c, a * smaller, b * smaller, c * smaller, chance.about(0.3), 0, chance.accent(material));
            }
        }
        return carton;
    }
}
