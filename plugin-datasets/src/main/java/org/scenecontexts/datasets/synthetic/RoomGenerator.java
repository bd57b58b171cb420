package org.scenecontexts.datasets.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.scenecontexts.datasets.synthetic.Furnisher.Spot;

/**
 * Builds and furnishes rooms by chance, the same room for the same seed.
 *
 * <p>Furniture stands in groups that make sense (a screen on a desk at a wall with a chair before it, chairs around a table,
 * nightstands beside a bed), because what the classes share in shape and colour is meant to be told apart by context.
 *
 * @since 0.1
 */
public final class RoomGenerator {

    private static final double WALL = 0.1;
    private static final double BATHROOM = 0.72;

    private RoomGenerator() {}

    /**
     * Makes one room.
     *
     * @param type what it is used for; the settings' own types are for data sets, which take them in turn
     */
    public static Room room(RoomSettings settings, RoomType type, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Dice chance = new Dice(random);
        double factor = type == RoomType.BATHROOM ? BATHROOM : 1;
        double width = factor * chance.between(settings.minSize(), settings.maxSize());
        double depth = factor * chance.between(settings.minSize(), settings.maxSize());
        double height = chance.between(RoomSettings.MIN_HEIGHT, settings.maxHeight());
        Furnisher room = new Furnisher(chance, width, depth, height);
        shell(room, settings.ceiling());
        Layouts layouts = new Layouts(room, settings.onTables());
        layouts.openings();
        // No draw where there are none, so that the rooms of older settings stay what they are.
        if (settings.closets() > 0 && chance.with(settings.closets())) {
            layouts.closets();
        }
        if (settings.largeTable() > 0 && chance.with(settings.largeTable())) {
            layouts.largeTable();
        }
        if (type != RoomType.BATHROOM && chance.with(0.3)) {
            pillar(room);
        }
        layouts.furnish(type);
        layouts.decorate(settings.clutter());
        if (settings.cartons() > 0) {
            layouts.cartons(settings.cartons());
        }
        return room.finish(type);
    }

    private static void shell(Furnisher room, boolean ceiling) {
        Dice chance = room.chance;
        double w = room.width;
        double d = room.depth;
        Spot middle = new Spot(0, 0, 0, -1);
        Material paint = chance.material();
        Piece walls = new Piece(RoomClass.WALL);
        for (int side = -1; side <= 1; side += 2) {
            Material shade = chance.with(0.25) ? chance.material() : paint;
            walls.box(0, side * (d + WALL) / 2, 0, w + 2 * WALL, WALL, room.height, shade);
            walls.box(side * (w + WALL) / 2, 0, 0, WALL, d, room.height, chance.with(0.25) ? chance.material() : paint);
        }
        room.putShell(walls, middle, 0);
        Piece floor = new Piece(RoomClass.FLOOR).box(0, 0, -WALL, w, d, WALL, chance.material());
        if (chance.with(0.4)) {
            // A rug is floor as well.
            double x = chance.about(w / 5);
            double y = chance.about(d / 5);
            floor.box(
                    x,
                    y,
                    0,
                    w * chance.between(0.3, 0.5),
                    d * chance.between(0.3, 0.5),
                    0.015,
                    chance.about(0.4),
                    0,
                    chance.material());
        }
        room.putShell(floor, middle, 0);
        if (ceiling) {
            room.putShell(
                    new Piece(RoomClass.CEILING).box(0, 0, 0, w, d, WALL, chance.material()), middle, room.height);
        }
    }

    /** A piece of wall that juts out, so that rooms are not all boxes. */
    private static void pillar(Furnisher room) {
        Dice chance = room.chance;
        Piece pillar = new Piece(RoomClass.WALL)
                .box(
                        0,
                        0,
                        0,
                        chance.between(0.3, 1.0),
                        chance.between(0.2, 0.5),
                        room.height - 0.001,
                        chance.material());
        Optional<Spot> spot = room.findAtWall(pillar, -1, 0, 0.1);
        spot.ifPresent(s -> room.put(pillar, s, 0));
    }

    /**
     * Places for cameras inside a room, each looking at one of its things.
     *
     * @param count number of poses
     * @param seed of the choice
     */
    public static List<CameraPose> poses(Room room, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Dice chance = new Dice(random);
        List<RoomItem> things = new ArrayList<>(
                room.items().stream().filter(item -> item.type().isThing()).toList());
        java.util.Collections.shuffle(things, new java.util.Random(random.nextLong()));
        List<CameraPose> poses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean atThing = !things.isEmpty() && chance.with(0.8);
            RoomItem thing = atThing ? things.get(i % things.size()) : null;
            double x = atThing ? thing.centreX() : chance.about(room.width() / 2);
            double y = atThing ? thing.centreY() : chance.about(room.depth() / 2);
            double z = atThing ? Math.min(0.9, thing.centreZ()) : chance.between(0, 0.6);
            poses.add(pose(room, chance, x, y, z));
        }
        return poses;
    }

    private static CameraPose pose(Room room, Dice chance, double x, double y, double z) {
        double tx = x + chance.about(0.3);
        double ty = y + chance.about(0.3);
        CameraPose last = new CameraPose(0, 0, room.height() - 0.3, tx, ty, z);
        for (int i = 0; i < 60; i++) {
            double px = chance.about(room.width() / 2 - 0.2);
            double py = chance.about(room.depth() / 2 - 0.2);
            double pz = chance.between(1.3, 2.1);
            double margin = i < 40 ? 0.25 : 0.1;
            if (Math.hypot(px - tx, py - ty) > 1 && room.isFree(px, py, pz, margin)) {
                return new CameraPose(px, py, pz, tx, ty, z);
            }
        }
        return last;
    }
}
