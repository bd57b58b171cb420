package org.scenecontexts.runtime.blocks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.data.Scene;

/**
 * Lets a network that sees a fixed number of points see all of a block: in several draws, each spread over the whole block, so
 * that every point is in at least one.
 */
final class PointDraws {

    private PointDraws() {}

    /**
     * Some points of a block.
     *
     * @param points their numbers in the block; those that no earlier draw had come first
     * @param fresh how many these are
     */
    record Draw(int[] points, int fresh) {

        /** Which points a row of the whole is wanted for: fresh ones between two numbers. */
        boolean[] own(int from, int to) {
            boolean[] own = new boolean[points.length];
            for (int i = 0; i < fresh; i++) {
                own[i] = points[i] >= from && points[i] < to;
            }
            return own;
        }
    }

    static Draw everything(int count) {
        int[] all = new int[count];
        Arrays.setAll(all, i -> i);
        return new Draw(all, count);
    }

    /**
     * PointDraws of one size each.
     *
     * @param count points there are, more than the size
     */
    static List<Draw> of(int count, int size, RandomGenerator random) {
        if (count <= size) {
            return List.of(everything(count));
        }
        int[] order = everything(count).points();
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i, count);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        int draws = (count + size - 1) / size;
        List<Draw> found = new ArrayList<>();
        for (int d = 0; d < draws; d++) {
            int from = (int) ((long) count * d / draws);
            int to = (int) ((long) count * (d + 1) / draws);
            int[] points = new int[size];
            for (int i = 0; i < size; i++) {
                points[i] = order[(from + i) % count];
            }
            found.add(new Draw(points, to - from));
        }
        return found;
    }

    /** The points of a block within a square around its middle that is as large as the number allows. */
    static Scene middle(Scene block, int most) {
        if (block.size() <= most) {
            return block;
        }
        float[] p = block.positions();
        double[] middle = new double[2];
        for (int axis = 0; axis < 2; axis++) {
            float[] along = new float[block.size()];
            for (int i = 0; i < along.length; i++) {
                along[i] = p[3 * i + axis];
            }
            Arrays.sort(along);
            middle[axis] = along[along.length / 2];
        }
        float[] far = new float[block.size()];
        for (int i = 0; i < far.length; i++) {
            far[i] = (float) Math.max(Math.abs(p[3 * i] - middle[0]), Math.abs(p[3 * i + 1] - middle[1]));
        }
        float[] sorted = far.clone();
        Arrays.sort(sorted);
        int[] near = new int[far.length];
        int count = 0;
        for (int i = 0; i < far.length && count < most; i++) {
            if (far[i] <= sorted[most - 1]) {
                near[count++] = i;
            }
        }
        return block.select(Arrays.copyOf(near, count));
    }
}
