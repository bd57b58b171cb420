package org.scenecontexts.datasets.synthetic;

/** Chairs, sofas and beds. */
final class Seats {

    private Seats() {}

    static Piece chair(Dice chance) {
        Piece chair = new Piece(RoomClass.CHAIR);
        Material main = chance.material();
        Material legs = chance.accent(main);
        double width = chance.between(0.4, 0.56);
        double depth = chance.between(0.4, 0.54);
        double seat = chance.between(0.41, 0.52);
        double thick = chance.between(0.03, 0.1);
        int style = chance.count(0, 2);
        if (style == 0) {
            double leg = chance.between(0.03, 0.05);
            Tables.legs(chair, width, depth, seat - thick, leg, legs);
        } else if (style == 1) {
            double foot = chance.between(0.45, 0.6);
            chair.cylinder(0, 0, 0, foot, foot, 0.06, legs);
            chair.cylinder(0, 0, 0.06, 0.07, 0.07, seat - thick - 0.06, legs);
        } else {
            double panel = 0.035;
            chair.box(-width / 2 + panel / 2, 0, 0, panel, depth, seat - thick, legs);
            chair.box(width / 2 - panel / 2, 0, 0, panel, depth, seat - thick, legs);
        }
        if (chance.with(0.25)) {
            chair.cylinder(0, 0, seat - thick, width, depth, thick, main);
        } else {
            chair.box(0, 0, seat - thick, width, depth, thick, main);
        }
        if (chance.with(0.92)) {
            back(chair, chance, main, width, depth, seat);
        }
        if (chance.with(0.3)) {
            double rest = seat + chance.between(0.18, 0.25);
            for (int side = -1; side <= 1; side += 2) {
                chair.box(side * width / 2, 0, rest, 0.05, depth * 0.8, 0.03, legs);
                chair.box(side * width / 2, depth * 0.3, seat, 0.03, 0.03, rest - seat, legs);
            }
        }
        return chair;
    }

    private static void back(Piece chair, Dice chance, Material main, double width, double depth, double seat) {
        double height = chance.between(0.32, 0.6);
        double tilt = chance.between(0, 0.22);
        double y = -depth / 2 + 0.03 - tilt * height / 3;
        if (chance.with(0.3)) {
            for (int bar = -1; bar <= 1; bar++) {
                chair.box(bar * width * 0.38, y, seat, 0.04, 0.03, height, 0, tilt, main);
            }
            chair.box(0, y - tilt * height / 2, seat + height * 0.8, width, 0.035, 0.1, 0, tilt, main);
        } else {
            chair.box(0, y, seat + 0.02, width * 0.95, chance.between(0.03, 0.07), height, 0, tilt, main);
        }
    }

    static Piece sofa(Dice chance) {
        Piece sofa = new Piece(RoomClass.SOFA);
        Material main = chance.material();
        Material cushion = chance.accent(main);
        int places = chance.count(1, 3);
        double arm = chance.between(0.1, 0.25);
        double place = chance.between(0.55, 0.68);
        double width = places * place + 2 * arm;
        double depth = chance.between(0.75, 0.95);
        double seat = chance.between(0.36, 0.46);
        double back = chance.between(0.7, 0.92);
        double backDepth = chance.between(0.16, 0.26);
        double foot = chance.with(0.5) ? 0.08 : 0;
        sofa.box(0, 0, foot, width, depth, seat - 0.12 - foot, main);
        sofa.box(0, -depth / 2 + backDepth / 2, seat - 0.12, width, backDepth, back - seat + 0.12, main);
        double armHeight = chance.between(0.5, 0.66);
        for (int side = -1; side <= 1; side += 2) {
            sofa.box(side * (width - arm) / 2, 0, seat - 0.12, arm, depth, armHeight - seat + 0.12, main);
        }
        for (int p = 0; p < places; p++) {
            double x = -width / 2 + arm + (p + 0.5) * place;
            sofa.box(x, backDepth / 2, seat - 0.12, place - 0.02, depth - backDepth, 0.13, cushion);
            if (chance.with(0.4)) {
                sofa.box(
                        x,
                        -depth / 2 + backDepth + 0.08,
                        seat,
                        0.4,
                        0.12,
                        0.36,
                        chance.about(0.3),
                        0.3,
                        chance.material());
            }
        }
        return sofa;
    }

    /** Head end at the back. */
    static Piece bed(Dice chance) {
        Piece bed = new Piece(RoomClass.BED);
        Material frame = chance.material();
        Material sheet = chance.material();
        boolean wide = chance.with(0.5);
        double width = wide ? chance.between(1.35, 1.75) : chance.between(0.85, 1.1);
        double length = chance.between(1.9, 2.1);
        double base = chance.between(0.2, 0.35);
        double mattress = chance.between(0.14, 0.25);
        bed.box(0, 0, chance.with(0.5) ? 0 : 0.1, width, length, base - 0.02, frame);
        bed.box(0, 0.02, base, width - 0.06, length - 0.08, mattress, sheet);
        if (chance.with(0.8)) {
            bed.box(0, -length / 2 - 0.03, 0, width, 0.06, chance.between(0.7, 1.15), frame);
        }
        double top = base + mattress;
        double covered = chance.between(0.5, 0.75) * length;
        bed.box(0, length / 2 - covered / 2 - 0.02, base + 0.05, width + 0.04, covered, mattress, chance.accent(sheet));
        int pillows = wide ? 2 : 1;
        for (int p = 0; p < pillows; p++) {
            double x = pillows == 1 ? 0 : (p - 0.5) * width * 0.5;
            bed.ellipsoid(
                    x, -length / 2 + 0.27, top - 0.04, width * 0.9 / pillows * 0.8, 0.42, 0.18, chance.material());
        }
        return bed;
    }
}
