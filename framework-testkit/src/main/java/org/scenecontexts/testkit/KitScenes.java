package org.scenecontexts.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Sample;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;

/**
 * Small rooms with everything that a scene can have: a floor, a wall and two chairs, told apart by place and colour. The same
 * number gives the same room.
 *
 * @since 0.2
 */
public final class KitScenes {

    /** Class of the floor. */
    public static final int FLOOR = 0;

    /** Class of the wall. */
    public static final int WALL = 1;

    /** Class of the chairs. */
    public static final int CHAIR = 2;

    /** The classes of the rooms. */
    public static final SceneClasses CLASSES = SceneClasses.of(List.of("floor", "wall", "chair"));

    private static final int[][] COLOURS = {{120, 100, 80}, {200, 200, 190}, {60, 80, 160}};
    private static final float[][] NORMALS = {{0, 0, 1}, {1, 0, 0}, {0, 0, 1}};

    /** Middles of the chairs' seats, and half their edge; metres. */
    private static final double[][] SEATS = {{1, 1, 0.45}, {2.4, 2, 0.45}};

    private static final double HALF = 0.25;
    private static final double EDGE = 3.2;
    private static final double HEIGHT = 2.4;

    private KitScenes() {}

    /**
     * A room of 3.2 x 3.2 m with colours, normals, labels and instances; every 17th point has no class.
     *
     * @param number which one
     * @param points on floor, wall and chairs together, at least 40
     */
    public static Scene room(int number, int points) {
        if (points < 40) {
            throw new IllegalArgumentException("a room needs at least 40 points to show its objects, found " + points);
        }
        SplittableRandom random = new SplittableRandom(0x5EEDL + 31L * number);
        float[] positions = new float[3 * points];
        float[] colours = new float[3 * points];
        float[] normals = new float[3 * points];
        int[] labels = new int[points];
        int[] instances = new int[points];
        for (int i = 0; i < points; i++) {
            int kind = i % 4 < 2 ? FLOOR : i % 4 == 2 ? WALL : CHAIR;
            int chair = i / 4 % 2;
            place(kind, chair, random, positions, 3 * i);
            for (int c = 0; c < 3; c++) {
                colours[3 * i + c] = COLOURS[kind][c] + random.nextInt(-12, 13);
                normals[3 * i + c] = NORMALS[kind][c];
            }
            labels[i] = i % 17 == 16 ? Labels.IGNORE : kind;
            instances[i] = kind == CHAIR ? chair : Labels.NO_INSTANCE;
        }
        return new Scene("room" + number, positions, colours, normals, labels, instances, List.of());
    }

    private static void place(int kind, int chair, RandomGenerator random, float[] positions, int at) {
        double a = random.nextDouble();
        double b = random.nextDouble();
        double off = random.nextDouble(-0.005, 0.005);
        double[] xyz = switch (kind) {
            case FLOOR -> new double[] {a * EDGE, b * EDGE, off};
            case WALL -> new double[] {off, a * EDGE, b * HEIGHT};
            default -> {
                double[] seat = SEATS[chair];
                yield new double[] {seat[0] + (2 * a - 1) * HALF, seat[1] + (2 * b - 1) * HALF, seat[2] + off};
            }
        };
        for (int c = 0; c < 3; c++) {
            positions[at + c] = (float) xyz[c];
        }
    }

    /** Rooms 0 to {@code count - 1}, as a data set. */
    public static Dataset rooms(int count, int points) {
        return new Rooms(0, count, points);
    }

    /** Rooms {@code first} to {@code first + count - 1}, as a data set. */
    public static Dataset rooms(int first, int count, int points) {
        return new Rooms(first, count, points);
    }

    private record Rooms(int first, int count, int points) implements Dataset {

        @Override
        public int size() {
            return count;
        }

        @Override
        public SceneClasses classes() {
            return CLASSES;
        }

        @Override
        public String id(int index) {
            return "room" + (first + index);
        }

        @Override
        public Example load(int index) {
            return Example.of(room(first + index, points));
        }
    }

    /**
     * Rooms as a network gets them. Every room is sampled with a chance of its own, so that it is the same whatever it is
     * stacked with.
     *
     * @param inputs what the network is given per point
     * @param numbers of the rooms
     */
    public static Batch batch(Sampler sampler, List<InputFeature> inputs, int points, int... numbers) {
        List<Sample> samples = new ArrayList<>();
        for (int number : numbers) {
            Scene room = room(number, points);
            samples.add(Sample.of(Example.of(room), List.of(sampler.sample(room, new SplittableRandom(17L + number)))));
        }
        return Batch.of(samples, inputs);
    }

    /** Channels of inputs. */
    static int channels(List<InputFeature> inputs) {
        return inputs.stream().mapToInt(InputFeature::channels).sum();
    }
}
