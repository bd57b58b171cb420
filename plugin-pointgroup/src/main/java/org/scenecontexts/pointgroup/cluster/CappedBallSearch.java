package org.scenecontexts.pointgroup.cluster;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.scenecontexts.api.engine.Parallel;

/**
 * The published breadth-first search, where a point has at most so many neighbours, the first by index and of any label
 * (REFERENCE 7.4 steps 2 and 3): the relation is then not symmetric, and dense objects can fall apart.
 *
 * <p>Which points a search reaches depends on the order of its starting points, not on the order in which it walks, so
 * neighbours are looked up one ball at a time and never stored; whole components without the cap are searched in parallel.
 */
final class CappedBallSearch {

    private static final int CHUNK = 1024;

    private final float[] positions;
    private final int[] labels;
    private final float squaredRadius;
    private final int cap;
    private final CellIndex cells;

    /** Cell of each point; -1 where it was left out. */
    private final int[] cellOf;

    /** The points of a cell and those around it, ascending, once somebody has asked. */
    private final AtomicReferenceArray<int[]> candidates;

    /**
     * @param labels {@code [N]}; points with a negative label are no neighbours of anyone
     * @param cap most neighbours of a point, itself included, at least 1
     */
    CappedBallSearch(float[] positions, int[] labels, float radius, int cap) {
        this.positions = positions;
        this.labels = labels;
        this.squaredRadius = radius * radius;
        this.cap = cap;
        int[] one = Arrays.stream(labels).map(label -> label < 0 ? -1 : 0).toArray();
        // A little wider than the radius, so that roundings cannot put a neighbour two cells away.
        cells = new CellIndex(positions, one, radius * (1 + 1e-4));
        candidates = new AtomicReferenceArray<>(cells.cells());
        cellOf = new int[labels.length];
        Arrays.fill(cellOf, -1);
        for (int cell = 0; cell < cells.cells(); cell++) {
            for (int place = cells.start(cell); place < cells.start(cell + 1); place++) {
                cellOf[cells.point(place)] = cell;
            }
        }
    }

    /**
     * Splits components where the cap has cut them.
     *
     * @param components what there is without a cap
     */
    Clusters split(Clusters components, Parallel parallel) {
        int[] seed = new int[labels.length];
        Arrays.fill(seed, -1);
        boolean[] crowded = new boolean[cells.cells()];
        parallel.rows(crowded.length, CHUNK, (from, to) -> {
            for (int cell = from; cell < to; cell++) {
                crowded[cell] = around(cell) > cap;
            }
        });
        parallel.run(components.count(), k -> {
            int[] component = components.points(k);
            if (Arrays.stream(component).anyMatch(point -> crowded[cellOf[point]])) {
                search(component, seed);
            } else {
                // Nobody's ball is full: the search reaches the whole component from its first point.
                Arrays.stream(component).forEach(point -> seed[point] = component[0]);
            }
        });
        return Clusters.of(seed, labels.length);
    }

    /** Gives each point of a component the starting point of the search that reaches it. */
    private void search(int[] component, int[] seed) {
        int[] open = new int[component.length];
        for (int start : component) {
            if (seed[start] >= 0) {
                continue;
            }
            seed[start] = start;
            open[0] = start;
            int waiting = 1;
            while (waiting > 0) {
                waiting = reach(open[waiting - 1], start, seed, open, waiting - 1);
            }
        }
    }

    /** Puts the neighbours of a point that nobody has reached on the stack; returns its new height. */
    private int reach(int point, int start, int[] seed, int[] open, int height) {
        float x = positions[3 * point];
        float y = positions[3 * point + 1];
        float z = positions[3 * point + 2];
        int waiting = height;
        int neighbours = 0;
        for (int other : candidates(cellOf[point])) {
            float dx = x - positions[3 * other];
            float dy = y - positions[3 * other + 1];
            float dz = z - positions[3 * other + 2];
            if (dx * dx + dy * dy + dz * dz < squaredRadius) {
                if (labels[other] == labels[point] && seed[other] < 0) {
                    seed[other] = start;
                    open[waiting++] = other;
                }
                if (++neighbours == cap) {
                    break;
                }
            }
        }
        return waiting;
    }

    private int[] candidates(int cell) {
        int[] known = candidates.get(cell);
        if (known == null) {
            int[] found = new int[around(cell)];
            int[] next = {0};
            forColumns(cell, (from, to) -> {
                for (int place = from; place < to; place++) {
                    found[next[0]++] = cells.point(place);
                }
            });
            Arrays.sort(found);
            candidates.set(cell, found);
            known = found;
        }
        return known;
    }

    /** Number of points of a cell and of the 26 around it. */
    private int around(int cell) {
        int[] count = {0};
        forColumns(cell, (from, to) -> count[0] += to - from);
        return count[0];
    }

    /** The points around a cell as nine runs of places. */
    private void forColumns(int cell, Parallel.Range run) {
        for (int column = 0; column < 9; column++) {
            long lowest = cells.key(cell) + cells.step(column / 3 - 1, column % 3 - 1, -1);
            int first = cells.firstFrom(lowest);
            int last = first;
            while (last < cells.cells() && cells.key(last) <= lowest + 2) {
                last++;
            }
            run.run(cells.start(first), cells.start(last));
        }
    }
}
