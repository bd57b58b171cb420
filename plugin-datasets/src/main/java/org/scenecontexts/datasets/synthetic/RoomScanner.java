package org.scenecontexts.datasets.synthetic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;

/**
 * Looks at a room with virtual depth cameras and puts what they see into one cloud, in the frame of the room.
 *
 * <p>What is hidden stays unseen. Depth noise grows with the square of the distance; edges, grazing views, glass and chance
 * leave holes; colours depend on light, exposure and sensor noise. The same room, poses and seed give the same cloud.
 *
 * @since 0.1
 */
public final class RoomScanner {

    /** A thing must be seen by so many points to be a box. */
    private static final int LEAST_POINTS = 20;

    private static final double NEAREST = 0.35;

    private final Room room;
    private final ScanSettings settings;
    private final SplittableRandom random;
    private final Light light;
    private float[] positions = new float[3 * 4096];
    private float[] colours = new float[3 * 4096];
    private int[] items = new int[4096];
    private int size;

    private RoomScanner(Room room, ScanSettings settings, long seed) {
        this.room = room;
        this.settings = settings;
        this.random = new SplittableRandom(seed);
        this.light = new Light(room);
    }

    /**
     * Scans a room.
     *
     * @param id name of the scene
     * @param poses one picture each
     * @param seed of the sensor's chance
     * @return positions, colours, labels, instances (numbered from 0 in the order of the room's items, only those seen)
     *     and boxes of the things of which at least 20 points are seen
     */
    public static Scene scan(Room room, String id, List<CameraPose> poses, ScanSettings settings, long seed) {
        RoomScanner scanner = new RoomScanner(room, settings, seed);
        for (CameraPose pose : poses) {
            scanner.take(pose);
        }
        return scanner.scene(id);
    }

    private void take(CameraPose pose) {
        DepthCamera camera =
                new DepthCamera(settings.columns(), settings.rows(), Math.toRadians(56 + 10 * random.nextDouble()));
        camera.look(room.primitives(), pose, random);
        double[] axes = pose.axes();
        double exposure = 0.85 + 0.3 * random.nextDouble();
        double[] balance = {tint(), tint(), tint()};
        ensure(size + camera.pixels());
        double[] local = new double[3];
        double[] normal = new double[3];
        for (int i = 0; i < camera.pixels(); i++) {
            double depth = camera.depth(i);
            if (depth < NEAREST || depth > settings.range()) {
                continue;
            }
            Primitive primitive = room.primitives().get(camera.seen(i));
            double rx = axes[6] + camera.u(i) * axes[0] + camera.v(i) * axes[3];
            double ry = axes[7] + camera.u(i) * axes[1] + camera.v(i) * axes[4];
            double rz = axes[8] + camera.u(i) * axes[2] + camera.v(i) * axes[5];
            double x = pose.x() + depth * rx;
            double y = pose.y() + depth * ry;
            double z = pose.z() + depth * rz;
            primitive.toLocal(x - primitive.centre[0], y - primitive.centre[1], z - primitive.centre[2], local);
            primitive.normal(local[0], local[1], local[2], normal);
            toWorld(primitive, normal);
            double facing =
                    Math.abs(normal[0] * rx + normal[1] * ry + normal[2] * rz) / Math.sqrt(rx * rx + ry * ry + rz * rz);
            if (isHole(camera, i, facing, primitive.material)) {
                continue;
            }
            double noise = settings.noise() * (0.001 + 0.0008 * depth * depth) * random.nextGaussian();
            double error = settings.error(depth, noise);
            positions[3 * size] = (float) (x + error * rx);
            positions[3 * size + 1] = (float) (y + error * ry);
            positions[3 * size + 2] = (float) (z + error * rz);
            Material m = primitive.material;
            double bright = exposure * light.at(x, y, z, normal) * m.patternAt(local[0], local[1], local[2]);
            colours[3 * size] = channel(m.red() * bright * balance[0]);
            colours[3 * size + 1] = channel(m.green() * bright * balance[1]);
            colours[3 * size + 2] = channel(m.blue() * bright * balance[2]);
            items[size++] = primitive.item;
        }
    }

    private static void toWorld(Primitive primitive, double[] normal) {
        double[] r = primitive.rotation;
        double nx = normal[0];
        double ny = normal[1];
        double nz = normal[2];
        normal[0] = r[0] * nx + r[3] * ny + r[6] * nz;
        normal[1] = r[1] * nx + r[4] * ny + r[7] * nz;
        normal[2] = r[2] * nx + r[5] * ny + r[8] * nz;
    }

    private double tint() {
        return 0.95 + 0.1 * random.nextDouble();
    }

    private boolean isHole(DepthCamera camera, int pixel, double facing, Material material) {
        double chance = 0.02 + material.glossy();
        if (facing < 0.15) {
            chance += 0.6;
        }
        if (camera.atEdge(pixel)) {
            chance += 0.35;
        }
        return random.nextDouble() < chance * settings.noise();
    }

    private float channel(double value) {
        double noisy = 255 * value + settings.noise() * 6 * random.nextGaussian();
        return (float) Math.rint(Math.clamp(noisy, 0.0, 255.0));
    }

    private void ensure(int points) {
        if (points > items.length) {
            int capacity = Math.max(points, 2 * items.length);
            positions = Arrays.copyOf(positions, 3 * capacity);
            colours = Arrays.copyOf(colours, 3 * capacity);
            items = Arrays.copyOf(items, capacity);
        }
    }

    private Scene scene(String id) {
        int[] counts = new int[room.items().size()];
        for (int i = 0; i < size; i++) {
            counts[items[i]]++;
        }
        int[] instanceOf = new int[counts.length];
        List<Box> boxes = new ArrayList<>();
        int next = 0;
        for (int k = 0; k < counts.length; k++) {
            RoomItem item = room.items().get(k);
            boolean visible = item.type().isThing() && counts[k] > 0;
            instanceOf[k] = visible ? next++ : Labels.NO_INSTANCE;
            if (visible && counts[k] >= LEAST_POINTS) {
                boxes.add(new Box(
                        item.centreX(),
                        item.centreY(),
                        item.centreZ(),
                        item.sizeX(),
                        item.sizeY(),
                        item.sizeZ(),
                        item.heading(),
                        item.type().label(),
                        instanceOf[k]));
            }
        }
        int[] labels = new int[size];
        int[] instances = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = room.items().get(items[i]).type().label();
            instances[i] = instanceOf[items[i]];
        }
        return new Scene(
                id,
                Arrays.copyOf(positions, 3 * size),
                Arrays.copyOf(colours, 3 * size),
                new float[0],
                labels,
                instances,
                boxes);
    }

    /** A lamp under the ceiling and light from one side: brightness changes over every surface. */
    private final class Light {
        private final double x = (random.nextDouble() - 0.5) * room.width() * 0.8;
        private final double y = (random.nextDouble() - 0.5) * room.depth() * 0.8;
        private final double z;
        private final double side = random.nextDouble() * 2 * Math.PI;
        private final double sideX = StrictMath.cos(side);
        private final double sideY = StrictMath.sin(side);
        private final double ambient = 0.35 + 0.25 * random.nextDouble();

        Light(Room room) {
            z = room.height() - 0.1;
        }

        double at(double px, double py, double pz, double[] normal) {
            double dx = x - px;
            double dy = y - py;
            double dz = z - pz;
            double distance2 = dx * dx + dy * dy + dz * dz + 0.3;
            double lambert = Math.max(0, (normal[0] * dx + normal[1] * dy + normal[2] * dz) / Math.sqrt(distance2));
            double fromSide = Math.max(0, normal[0] * sideX + normal[1] * sideY);
            double gradient = 0.06 * (px * sideX + py * sideY);
            return 1.4 * (ambient + 1.5 * lambert / (2 + distance2) + 0.2 * fromSide + gradient);
        }
    }
}
