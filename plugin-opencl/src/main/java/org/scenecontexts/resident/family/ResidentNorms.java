package org.scenecontexts.resident.family;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.api.engine.kernel.NormKernels;

/** Norms over groups of rows and parts of columns on the device; sums are doubles, made in an order that depends on sizes only. */
final class ResidentNorms implements NormKernels {

    /** Numbers of a group and part, on average, that 64 items add up. */
    private static final int CHUNK = 1 << 13;

    private static final int MOST_CHUNKS = 256;

    /** Rows whose numbers one item adds up for a column. */
    private static final int CHUNK_ROWS = 128;

    private final DeviceProgram program;
    private final BufferPool pool;
    private final Indices nothing;

    ResidentNorms(DeviceProgram program, BufferPool pool, Indices nothing) {
        this.program = program;
        this.pool = pool;
        this.nothing = nothing;
    }

    private static int chunks(Groups groups, int columns, int parts) {
        long numbers = (long) groups.rows() * (columns / parts) / Math.max(1, groups.count());
        return (int) Math.clamp(Math.ceilDiv(numbers, CHUNK), 1, MOST_CHUNKS);
    }

    private static int there(Buffer buffer) {
        return buffer.capacity() > 0 ? 1 : 0;
    }

    /** Room for pairs of doubles. */
    private Buffer pairs(int count) {
        return pool.take(Math.max(1, Math.multiplyExact(4, count)));
    }

    @Override
    public void normalize(
            Groups groups,
            int columns,
            int parts,
            double epsilon,
            Buffer x,
            Buffer gamma,
            Buffer beta,
            Buffer mean,
            Buffer inverseStd,
            Buffer out) {
        Extent extent = Extent.of(groups, nothing);
        int chunks = chunks(groups, columns, parts);
        int results = Extent.numbers(groups.count(), parts);
        int n = Extent.numbers(groups.rows(), columns);
        Buffer part = pairs(Math.multiplyExact(results, chunks));
        program.launch(
                "normSums",
                new DeviceProgram.Groups(groups.count(), parts, chunks),
                columns,
                parts,
                chunks,
                extent.size(),
                extent.offsets(),
                x,
                part);
        program.launch(
                "normMoments",
                Extent.items(results),
                results,
                columns,
                parts,
                chunks,
                extent.size(),
                extent.offsets(),
                epsilon,
                part,
                mean,
                inverseStd);
        pool.give(part);
        program.launch(
                "normalized",
                Extent.items(n),
                n,
                columns,
                parts,
                extent.size(),
                groups.count(),
                extent.offsets(),
                x,
                gamma,
                there(gamma),
                beta,
                there(beta),
                mean,
                inverseStd,
                out);
    }

    @Override
    public void gradient(
            Groups groups,
            int columns,
            int parts,
            Buffer x,
            Buffer gradOut,
            Buffer mean,
            Buffer inverseStd,
            Buffer gamma,
            Buffer gradIn,
            Buffer gradGamma,
            Buffer gradBeta) {
        Extent extent = Extent.of(groups, nothing);
        int chunks = chunks(groups, columns, parts);
        int results = Extent.numbers(groups.count(), parts);
        int n = Extent.numbers(groups.rows(), columns);
        if (gradGamma.capacity() > 0 || gradBeta.capacity() > 0) {
            ofColumns(groups, extent, columns, parts, x, gradOut, mean, inverseStd, gradGamma, gradBeta);
        }
        Buffer part = pairs(Math.multiplyExact(results, chunks));
        Buffer slopes = pool.take(Math.max(1, 2 * results));
        program.launch(
                "normSlopes",
                new DeviceProgram.Groups(groups.count(), parts, chunks),
                columns,
                parts,
                chunks,
                extent.size(),
                extent.offsets(),
                x,
                gradOut,
                mean,
                inverseStd,
                gamma,
                there(gamma),
                part);
        program.launch(
                "normSlopeMeans",
                Extent.items(results),
                results,
                columns,
                parts,
                chunks,
                extent.size(),
                extent.offsets(),
                part,
                slopes);
        program.launch(
                "normGradient",
                Extent.items(n),
                n,
                columns,
                parts,
                extent.size(),
                groups.count(),
                extent.offsets(),
                x,
                gradOut,
                mean,
                inverseStd,
                gamma,
                there(gamma),
                slopes,
                gradIn);
        pool.give(slopes);
        pool.give(part);
    }

    private void ofColumns(
            Groups groups,
            Extent extent,
            int columns,
            int parts,
            Buffer x,
            Buffer gradOut,
            Buffer mean,
            Buffer inverseStd,
            Buffer gradGamma,
            Buffer gradBeta) {
        int chunks = Math.ceilDiv(groups.rows(), CHUNK_ROWS);
        int items = Extent.numbers(chunks, columns);
        Buffer part = pairs(items);
        program.launch(
                "normColumns",
                Extent.items(items),
                items,
                groups.rows(),
                columns,
                parts,
                CHUNK_ROWS,
                extent.size(),
                groups.count(),
                extent.offsets(),
                x,
                gradOut,
                mean,
                inverseStd,
                part);
        program.launch(
                "normColumnTotals",
                Extent.items(columns),
                columns,
                chunks,
                part,
                gradGamma,
                there(gradGamma),
                gradBeta,
                there(gradBeta));
        pool.give(part);
    }
}
