package org.scenecontexts.kernels.machine;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.kernels.machine.Assembler.Width;
import org.scenecontexts.kernels.tile.TileBounds;
import org.scenecontexts.kernels.tile.TileProducts;
import org.scenecontexts.kernels.tile.TileWorkspace;
import org.scenecontexts.kernels.tile.TileWorkspaces;

/**
 * Sums products with instructions written for this processor, at full speed from the first call on.
 *
 * <p>Java's compiler reaches about two thirds of the rate with the same tiles, and only after some seconds; ADR 0007 has
 * the measurements. Every argument is checked in Java before code runs that would not notice.
 *
 * @since 0.1
 */
public final class MachineTileProducts implements TileProducts {

    private final Width width;
    private final Routines routines;
    private final TileWorkspaces<Workspace> workspaces;

    private MachineTileProducts(Width width) {
        this.width = width;
        routines = new Routines(width);
        workspaces = new TileWorkspaces<>(() -> new Workspace(columns()));
        SelfCheck.run(this);
    }

    /**
     * One for each vector width that this machine has, the widest last.
     *
     * @throws UnsupportedOperationException if there is none; the message says why
     */
    public static List<TileProducts> all() {
        return processor().widths().stream()
                .map(width -> (TileProducts) new MachineTileProducts(width))
                .toList();
    }

    /**
     * The one for the widest vectors that sum correctly on this machine.
     *
     * @throws UnsupportedOperationException if there is none; the message says why
     */
    public static TileProducts widest() {
        List<String> refusals = new ArrayList<>();
        for (Width width : processor().widths().reversed()) {
            try {
                return new MachineTileProducts(width);
            } catch (UnsupportedOperationException e) {
                refusals.add(e.getMessage());
            }
        }
        throw new UnsupportedOperationException(String.join("; ", refusals));
    }

    private static Processor processor() {
        Processor processor = Processor.ofThisMachine();
        if (processor.widths().isEmpty()) {
            throw new UnsupportedOperationException(processor.reason());
        }
        return processor;
    }

    @Override
    public String name() {
        return width == Width.YMM ? "machine-avx2" : "machine-avx512";
    }

    @Override
    public int columns() {
        return 2 * width.lanes();
    }

    @Override
    public TileWorkspace take() {
        return workspaces.take();
    }

    @Override
    public void give(TileWorkspace workspace) {
        workspaces.give((Workspace) workspace);
    }

    @Override
    public Operands bind(float[] left, float[] right, float[] result) {
        return new Arrays(left, right, result);
    }

    /** Room for results and right values at the edge of a matrix, where whole vectors would reach too far. */
    private static final class Workspace extends TileWorkspace {
        private final MemorySegment leftSegment = MemorySegment.ofArray(left());
        private final MemorySegment rightSegment = MemorySegment.ofArray(right());
        private final MemorySegment resultSegment = MemorySegment.ofArray(result());
        private final float[] edge;
        private final float[] edgeRight;
        private final MemorySegment edgeSegment;
        private final MemorySegment edgeRightSegment;
        private final MemorySegment edgeOffsets;

        Workspace(int columns) {
            edge = new float[MAX_OFFSETS * columns];
            edgeRight = new float[MAX_OFFSETS * columns];
            int[] offsets = new int[MAX_OFFSETS];
            for (int i = 0; i < MAX_OFFSETS; i++) {
                offsets[i] = i * columns;
            }
            edgeSegment = MemorySegment.ofArray(edge);
            edgeRightSegment = MemorySegment.ofArray(edgeRight);
            edgeOffsets = MemorySegment.ofArray(offsets);
        }
    }

    private final class Arrays implements Operands {
        private final float[] left;
        private final float[] right;
        private final float[] result;
        private final MemorySegment leftSegment;
        private final MemorySegment rightSegment;
        private final MemorySegment resultSegment;

        Arrays(float[] left, float[] right, float[] result) {
            this.left = left;
            this.right = right;
            this.result = result;
            leftSegment = MemorySegment.ofArray(left);
            rightSegment = MemorySegment.ofArray(right);
            resultSegment = MemorySegment.ofArray(result);
        }

        @Override
        public void rows(TileWorkspace at, int rows, int panel, int stride, int columns, int length, boolean fresh) {
            TileBounds.rows(at, rows, panel, stride, columns, length, columns(), left, right, result);
            Workspace w = (Workspace) at;
            int full = columns / columns();
            int rest = columns % columns();
            long strideBytes = 4L * stride;
            if (full > 0) {
                rows(2, w, resultSegment, w.resultSegment, rows, length, full, strideBytes, 4L * panel, fresh, 0);
            }
            if (rest == 0) {
                return;
            }
            long last = 4L * panel + full * strideBytes;
            if (rest == width.lanes()) {
                rows(1, w, resultSegment, w.resultSegment, rows, length, 1, 0, last, fresh, 4L * full * columns());
                return;
            }
            int vectors = rest < width.lanes() ? 1 : 2;
            rows(vectors, w, w.edgeSegment, w.edgeOffsets, rows, length, 1, 0, last, true, 0);
            for (int i = 0; i < rows; i++) {
                bring(w.edge, i * columns(), at.result()[i] + full * columns(), rest, fresh);
            }
        }

        private void rows(
                int vectors,
                Workspace w,
                MemorySegment to,
                MemorySegment toOffsets,
                int rows,
                int length,
                int panels,
                long strideBytes,
                long panelByte,
                boolean fresh,
                long resultByte) {
            routines.rows(
                    vectors,
                    leftSegment,
                    w.leftSegment,
                    rightSegment,
                    to,
                    toOffsets,
                    rows,
                    length,
                    panels,
                    strideBytes,
                    panelByte,
                    fresh,
                    resultByte);
        }

        @Override
        public void outer(TileWorkspace at, int length, int rows, int columns, int to, int stride, boolean fresh) {
            TileBounds.outer(at, length, rows, columns, to, stride, left, right, result);
            if (rows == 0) {
                return;
            }
            Workspace w = (Workspace) at;
            int full = columns / columns();
            int rest = columns % columns();
            if (full > 0) {
                outer(w, 2, length, rows, full, to, stride, fresh, 0);
            }
            int first = full * columns();
            if (rest == width.lanes()) {
                outer(w, 1, length, rows, 1, to + first, stride, fresh, first);
            } else if (rest > 0) {
                for (int p = 0; p < length; p++) {
                    System.arraycopy(right, at.right()[p] + first, w.edgeRight, p * columns(), rest);
                }
                for (int row = 0; row < rows; row += MAX_OFFSETS) {
                    outerEdge(w, length, row, Math.min(MAX_OFFSETS, rows - row), rest, to + first, stride, fresh);
                }
            }
        }

        private void outer(
                Workspace w,
                int vectors,
                int length,
                int rows,
                int panels,
                int to,
                int stride,
                boolean fresh,
                int firstColumn) {
            routines.outer(
                    vectors,
                    leftSegment,
                    w.leftSegment,
                    rightSegment,
                    w.rightSegment,
                    resultSegment,
                    length,
                    rows,
                    panels,
                    4L * stride,
                    4L * to,
                    fresh,
                    0,
                    4L * firstColumn);
        }

        private void outerEdge(
                Workspace w, int length, int row, int rows, int rest, int to, int stride, boolean fresh) {
            routines.outer(
                    rest < width.lanes() ? 1 : 2,
                    leftSegment,
                    w.leftSegment,
                    w.edgeRightSegment,
                    w.edgeOffsets,
                    w.edgeSegment,
                    length,
                    rows,
                    1,
                    4L * columns(),
                    0,
                    true,
                    4L * row,
                    0);
            for (int i = 0; i < rows; i++) {
                bring(w.edge, i * columns(), to + (row + i) * stride, rest, fresh);
            }
        }

        private void bring(float[] edge, int from, int to, int count, boolean fresh) {
            if (fresh) {
                System.arraycopy(edge, from, result, to, count);
            } else {
                for (int j = 0; j < count; j++) {
                    result[to + j] += edge[from + j];
                }
            }
        }
    }
}
