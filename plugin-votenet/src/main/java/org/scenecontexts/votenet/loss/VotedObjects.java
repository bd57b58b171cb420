package org.scenecontexts.votenet.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.scenecontexts.api.data.Box;

/**
 * What the points of some scenes vote for, in numbers that a device takes (REFERENCE 8.5): a point of an instance for the middle of
 * the instance's bounds, another for the middles of up to three boxes around it.
 *
 * @param instances first instance of each scene, {@code [B + 1]}
 * @param ids of the instances, {@code [I]}
 * @param middles of their bounds, metres, {@code [I, 3]}
 * @param boxes first box of each scene, {@code [B + 1]}
 * @param shapes of the boxes: centre and lengths, metres, cosine and sine of the heading, {@code [L, 8]}
 * @since 0.2
 */
public record VotedObjects(int[] instances, int[] ids, double[] middles, int[] boxes, double[] shapes) {

    /** Votes of a point. */
    public static final int VOTES = 3;

    /** Numbers of a box. */
    public static final int SHAPE = 8;

    /**
     * Those of one scene.
     *
     * @param middles of instances, by their id
     * @param boxes that belong to no instance, in the order in which points vote for them
     */
    public static VotedObjects of(Map<Integer, double[]> middles, List<Box> boxes) {
        int[] ids = middles.keySet().stream().mapToInt(Integer::intValue).toArray();
        double[] numbers = IntStream.of(ids)
                .mapToObj(middles::get)
                .flatMapToDouble(Arrays::stream)
                .toArray();
        double[] shapes = new double[SHAPE * boxes.size()];
        for (int i = 0; i < boxes.size(); i++) {
            Box box = boxes.get(i);
            double[] shape = {
                box.centreX(),
                box.centreY(),
                box.centreZ(),
                box.sizeX(),
                box.sizeY(),
                box.sizeZ(),
                Math.cos(box.heading()),
                Math.sin(box.heading())
            };
            System.arraycopy(shape, 0, shapes, SHAPE * i, SHAPE);
        }
        return new VotedObjects(new int[] {0, ids.length}, ids, numbers, new int[] {0, boxes.size()}, shapes);
    }

    /** Those of several scenes, one after the other. */
    public static VotedObjects of(List<VotedObjects> scenes) {
        return new VotedObjects(
                offsets(scenes.stream().map(VotedObjects::instances)),
                scenes.stream().flatMapToInt(s -> IntStream.of(s.ids)).toArray(),
                scenes.stream().flatMapToDouble(s -> Arrays.stream(s.middles)).toArray(),
                offsets(scenes.stream().map(VotedObjects::boxes)),
                scenes.stream().flatMapToDouble(s -> Arrays.stream(s.shapes)).toArray());
    }

    private static int[] offsets(Stream<int[]> scenes) {
        List<Integer> all = new ArrayList<>(List.of(0));
        scenes.forEach(own -> {
            int before = all.getLast();
            IntStream.of(own).skip(1).forEach(offset -> all.add(before + offset));
        });
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The lower half of an instance's id, which a float holds exactly. */
    public static int low(int id) {
        return id & 0xFFFF;
    }

    /** The upper half of an instance's id, which a float holds exactly. */
    public static int high(int id) {
        return id >>> 16;
    }

    /** Number of scenes, B. */
    public int scenes() {
        return instances.length - 1;
    }

    /**
     * Where a point should vote.
     *
     * @param instance that it belongs to
     * @param place of the point: {@code [3]}, metres, from {@code from} on
     * @param ways receives three ways from the point, metres, from {@code at} on
     * @return whether it should vote at all
     */
    public boolean votes(int scene, int instance, float[] place, int from, float[] ways, int at) {
        for (int i = instances[scene]; i < instances[scene + 1]; i++) {
            if (ids[i] == instance) {
                for (int vote = 0; vote < VOTES; vote++) {
                    put(ways, at + 3 * vote, middles, 3 * i, place, from);
                }
                return true;
            }
        }
        int found = 0;
        for (int box = boxes[scene]; box < boxes[scene + 1]; box++) {
            if (holds(SHAPE * box, place, from)) {
                int last = found == 0 ? VOTES - 1 : Math.min(found, VOTES - 1);
                for (int vote = Math.min(found, VOTES - 1); vote <= last; vote++) {
                    put(ways, at + 3 * vote, shapes, SHAPE * box, place, from);
                }
                found++;
            }
        }
        return found > 0;
    }

    /** As {@link org.scenecontexts.votenet.box.BoxPoints#holds} says it. */
    private boolean holds(int box, float[] place, int from) {
        double dx = place[from] - shapes[box];
        double dy = place[from + 1] - shapes[box + 1];
        double cos = shapes[box + 6];
        double sin = shapes[box + 7];
        return Math.abs(2 * (cos * dx + sin * dy)) <= shapes[box + 3]
                && Math.abs(2 * (cos * dy - sin * dx)) <= shapes[box + 4]
                && Math.abs(2 * (place[from + 2] - shapes[box + 2])) <= shapes[box + 5];
    }

    private static void put(float[] ways, int at, double[] middles, int middle, float[] place, int from) {
        for (int axis = 0; axis < 3; axis++) {
            ways[at + axis] = (float) (middles[middle + axis] - place[from + axis]);
        }
    }
}
