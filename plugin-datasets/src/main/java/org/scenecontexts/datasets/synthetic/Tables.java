package org.scenecontexts.datasets.synthetic;

/** Tables and desks, which share their shapes: where they stand and what stands around them tells them apart. */
final class Tables {

    private Tables() {}

    /** A slab at working height, for a desk as for a dining table. */
    static Piece slab(RoomClass type, Dice chance) {
        Piece table = new Piece(type);
        Material top = chance.material();
        Material legs = chance.accent(top);
        double width = chance.between(0.95, 1.7);
        double depth = chance.between(0.6, 0.9);
        double height = chance.between(0.68, 0.79);
        double thick = chance.between(0.025, 0.06);
        table.box(0, 0, height - thick, width, depth, thick, top);
        support(table, chance, legs, width, depth, height - thick);
        return table;
    }

    /** A table for meetings or work, large enough to fill the picture of a camera near by. */
    static Piece large(RoomClass type, Dice chance) {
        Piece table = new Piece(type);
        Material top = chance.material();
        double width = chance.between(1.5, 2.4);
        double depth = chance.between(1.0, 1.5);
        double height = chance.between(0.68, 0.92);
        double thick = chance.between(0.025, 0.06);
        table.box(0, 0, height - thick, width, depth, thick, top);
        support(table, chance, chance.accent(top), width, depth, height - thick);
        return table;
    }

    /** A round dining table. */
    static Piece round(Dice chance) {
        Piece table = new Piece(RoomClass.TABLE);
        Material top = chance.material();
        double diameter = chance.between(0.8, 1.25);
        double height = chance.between(0.68, 0.79);
        double foot = diameter * chance.between(0.4, 0.6);
        table.cylinder(0, 0, height - 0.035, diameter, diameter, 0.035, top);
        table.cylinder(0, 0, 0.03, 0.1, 0.1, height - 0.065, chance.accent(top));
        table.cylinder(0, 0, 0, foot, foot, 0.03, chance.accent(top));
        return table;
    }

    /** A low table before a sofa. */
    static Piece low(Dice chance) {
        Piece table = new Piece(RoomClass.TABLE);
        Material top = chance.material();
        double width = chance.between(0.7, 1.2);
        double depth = chance.between(0.45, 0.7);
        double height = chance.between(0.35, 0.5);
        table.box(0, 0, height - 0.04, width, depth, 0.04, top);
        support(table, chance, chance.accent(top), width, depth, height - 0.04);
        return table;
    }

    private static void support(Piece table, Dice chance, Material legs, double width, double depth, double height) {
        int style = chance.count(0, 3);
        double leg = chance.between(0.035, 0.07);
        if (style == 0) {
            for (int side = -1; side <= 1; side += 2) {
                table.box(side * (width / 2 - 0.03), 0, 0, 0.03, depth * 0.95, height, legs);
            }
            table.box(0, -depth / 2 + 0.05, height * 0.4, width - 0.06, 0.02, height * 0.6, legs);
        } else if (style == 1) {
            legs(table, width, depth, height, leg, legs);
            int side = chance.with(0.5) ? 1 : -1;
            double drawers = width * chance.between(0.25, 0.35);
            double low = height * chance.between(0.05, 0.6);
            table.box(side * (width - drawers) / 2 * 0.96, 0, low, drawers, depth * 0.9, height - low, legs);
        } else {
            legs(table, width, depth, height, leg, legs);
        }
    }

    /** Four legs in the corners. */
    static void legs(Piece piece, double width, double depth, double height, double thick, Material material) {
        for (int x = -1; x <= 1; x += 2) {
            for (int y = -1; y <= 1; y += 2) {
                piece.box(x * (width - thick) / 2, y * (depth - thick) / 2, 0, thick, thick, height, material);
            }
        }
    }
}
