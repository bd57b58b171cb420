package org.scenecontexts.pointgroup.cluster;

import org.scenecontexts.api.engine.Parallel;

/**
 * Connected components of points that have the same label and lie closer than a radius to one another, exactly, without
 * listing neighbours: what PointGroup's ball query and breadth-first search find (Jiang et al., PointGroup, CVPR 2020,
 * section 3.2; REFERENCE 7.4 steps 2 and 3, without the cap).
 *
 * <p>Cells are so small that all points of one cell are neighbours. What is left is whether two cells within reach hold one
 * pair of neighbours, and two cells that are joined already need not be asked (Gan and Tao, DBSCAN Revisited, SIGMOD 2015,
 * section 3). Thousands of points that a network has moved onto one centre thus cost no more than as many on a surface.
 */
final class BallComponents {

    /** Cells a piece of work looks at. */
    private static final int CHUNK = 4096;

    /** Shrinks cells so that float32 roundings cannot put two points of one cell a radius apart. */
    private static final double SAFETY = 1 - 1e-4;

    /** Cells within reach: their edge is above half the radius. */
    private static final int REACH = 2;

    /** Pairs below which looking at all of them is cheaper than looking at boxes first. */
    private static final int FEW_PAIRS = 64;

    private final float squaredRadius;
    private final CellIndex cells;
    private final float[] coordinates;
    private final float[] boxes;
    private final DisjointSets sets;

    private BallComponents(float[] positions, int[] labels, float radius) {
        squaredRadius = radius * radius;
        cells = new CellIndex(positions, labels, radius / Math.sqrt(3) * SAFETY);
        coordinates = cells.coordinates();
        boxes = new float[6 * cells.cells()];
        sets = new DisjointSets(cells.cells());
    }

    /**
     * Finds the components.
     *
     * @param positions {@code [N, 3]}, any unit
     * @param labels {@code [N]}; points with a negative label belong to no component
     * @param radius points closer than this are neighbours (float32, strictly), same unit, positive
     */
    static Clusters find(float[] positions, int[] labels, float radius, Parallel parallel) {
        BallComponents search = new BallComponents(positions, labels, radius);
        int count = search.cells.cells();
        parallel.rows(count, CHUNK, search::measureBoxes);
        parallel.rows(count, CHUNK, search::joinNeighbours);
        int[] group = new int[labels.length];
        java.util.Arrays.fill(group, -1);
        parallel.rows(count, CHUNK, (from, to) -> search.writeRoots(from, to, group));
        return Clusters.of(group, count);
    }

    private void measureBoxes(int from, int to) {
        for (int cell = from; cell < to; cell++) {
            for (int axis = 0; axis < 3; axis++) {
                float low = Float.POSITIVE_INFINITY;
                float high = Float.NEGATIVE_INFINITY;
                for (int place = cells.start(cell); place < cells.start(cell + 1); place++) {
                    float value = coordinates[3 * place + axis];
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
                boxes[6 * cell + axis] = low;
                boxes[6 * cell + 3 + axis] = high;
            }
        }
    }

    /** Joins cells with those within reach that come after them, column by column of cells above one another. */
    private void joinNeighbours(int from, int to) {
        for (int dx = 0; dx <= REACH; dx++) {
            for (int dy = dx == 0 ? 0 : -REACH; dy <= REACH; dy++) {
                int lowest = dx == 0 && dy == 0 ? 1 : -REACH;
                joinColumn(from, to, cells.step(dx, dy, lowest), cells.step(dx, dy, REACH));
            }
        }
    }

    private void joinColumn(int from, int to, long lowest, long highest) {
        int first = cells.firstFrom(cells.key(from) + lowest);
        for (int cell = from; cell < to; cell++) {
            while (first < cells.cells() && cells.key(first) < cells.key(cell) + lowest) {
                first++;
            }
            long last = cells.key(cell) + highest;
            for (int other = first; other < cells.cells() && cells.key(other) <= last; other++) {
                if (sets.root(cell) != sets.root(other) && touch(cell, other)) {
                    sets.join(cell, other);
                }
            }
        }
    }

    private boolean touch(int a, int b) {
        boolean few = (long) cells.size(a) * cells.size(b) <= FEW_PAIRS;
        for (int place = cells.start(a); place < cells.start(a + 1); place++) {
            if ((few || nearBox(place, b)) && nearAny(place, b)) {
                return true;
            }
        }
        return false;
    }

    private boolean nearAny(int place, int cell) {
        float x = coordinates[3 * place];
        float y = coordinates[3 * place + 1];
        float z = coordinates[3 * place + 2];
        for (int other = 3 * cells.start(cell); other < 3 * cells.start(cell + 1); other += 3) {
            float dx = x - coordinates[other];
            float dy = y - coordinates[other + 1];
            float dz = z - coordinates[other + 2];
            if (dx * dx + dy * dy + dz * dz < squaredRadius) {
                return true;
            }
        }
        return false;
    }

    /** Whether a point can have a neighbour in a cell, by the box around the cell's points. */
    private boolean nearBox(int place, int cell) {
        float squared = 0;
        for (int axis = 0; axis < 3; axis++) {
            float value = coordinates[3 * place + axis];
            float outside = Math.max(0, Math.max(boxes[6 * cell + axis] - value, value - boxes[6 * cell + 3 + axis]));
            squared += outside * outside;
        }
        // Rounded like the distance to the nearest place of the box, which no point is nearer than: never above a
        // point's.
        return squared < squaredRadius;
    }

    private void writeRoots(int from, int to, int[] group) {
        for (int cell = from; cell < to; cell++) {
            int root = sets.root(cell);
            for (int place = cells.start(cell); place < cells.start(cell + 1); place++) {
                group[cells.point(place)] = root;
            }
        }
    }
}
