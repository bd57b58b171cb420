package org.scenecontexts.pointnet2.kernel.device;

import java.util.Map;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.DeviceSort;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.point.Curve;
import org.scenecontexts.api.point.NeighbourArguments;
import org.scenecontexts.api.point.PointRows;

/**
 * Puts points in the order of a curve and in cells, on the device. One read per call, six numbers of each scene: how wide it
 * is decides how many bits the curve has, and whether it is refused.
 */
final class DeviceCells {

    private static final int EXTENTS = 6;

    private final BufferPool pool;
    private final DeviceProgram program;
    private final DeviceSearch search;
    private final DeviceSort sort;

    DeviceCells(TensorEngine engine, DevicePrograms programs, DeviceSearch search, DeviceSort sort) {
        pool = engine.buffers();
        program = programs.compile(DeviceCells.class, "cells.cl", Map.of());
        this.search = search;
        this.sort = sort;
    }

    /** Codes of all points, scene by scene, and their order. */
    private record Sorted(Indices codes, Indices order) implements AutoCloseable {
        @Override
        public void close() {
            codes.release();
            order.release();
        }
    }

    void order(PointRows points, float cell, Curve curve, Indices out) {
        try (Sorted sorted = sorted(points, cell, curve)) {
            copy(points.rows(), sorted.order, out);
        }
    }

    private void copy(int n, Indices from, Indices to) {
        program.launch("copyRows", Groups.of(n), n, from, to);
    }

    void cells(PointRows points, float cell, Indices cellOf, Indices members, Indices starts, Indices counts) {
        int n = points.rows();
        Indices numbers = pool.takeIndices(n, Integer.MAX_VALUE);
        Indices sums = pool.takeIndices(DeviceSort.stretches(n), Integer.MAX_VALUE);
        try (Sorted sorted = sorted(points, cell, Curve.MORTON)) {
            copy(n, sorted.order, members);
            program.launch("begins", Groups.of(n), n, sorted.codes, members, numbers);
            sort.running(n, numbers, sums);
            program.launch("fillCells", Groups.of(n), n, sorted.codes, members, numbers, sums, cellOf, starts);
        }
        program.launch(
                "endCells",
                Groups.of(n + 1L),
                n,
                points.scenes(),
                search.offsets(points.offsets()),
                members,
                cellOf,
                starts,
                counts);
        numbers.release();
        sums.release();
    }

    private Sorted sorted(PointRows points, float cell, Curve curve) {
        int n = points.rows();
        int scenes = points.scenes();
        Buffer extents = pool.take(EXTENTS * scenes);
        program.launch("extents", new Groups(scenes, 1, 1), search.offsets(points.offsets()), points.values(), extents);
        int[] bits = bits(points, cell, extents.toArray(EXTENTS * scenes));
        int most = 0;
        for (int each : bits) {
            most = Math.max(most, each);
        }
        boolean hilbert = curve == Curve.HILBERT || curve == Curve.HILBERT_SWAPPED;
        boolean swapped = curve == Curve.MORTON_SWAPPED || curve == Curve.HILBERT_SWAPPED;
        Indices codes = pool.takeIndices(Math.multiplyExact(2, n), Integer.MAX_VALUE);
        program.launch(
                "codes",
                Groups.of(n),
                n,
                scenes,
                search.offsets(points.offsets()),
                search.offsets(bits),
                3 * most,
                hilbert ? 1 : 0,
                swapped ? 1 : 0,
                cell,
                extents,
                points.values(),
                codes);
        pool.give(extents);
        int above = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, scenes - 1));
        return new Sorted(codes, sort.byLongs(n, 3 * most + above, codes));
    }

    private static int[] bits(PointRows points, float cell, float[] extents) {
        int[] bits = new int[points.scenes()];
        for (int b = 0; b < bits.length; b++) {
            int largest = 0;
            for (int a = 0; a < 3 && points.size(b) > 0; a++) {
                int low = EXTENTS * b + a;
                double extent = (double) extents[low + 3] - extents[low];
                largest = Math.max(largest, NeighbourArguments.cellsAcross(b, extent, cell));
            }
            bits[b] = Curve.bitsFor(largest);
        }
        return bits;
    }
}
