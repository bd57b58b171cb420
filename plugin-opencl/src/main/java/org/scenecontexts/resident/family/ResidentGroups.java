package org.scenecontexts.resident.family;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.kernel.GroupKernels;
import org.scenecontexts.api.engine.kernel.Groups;

/** Reductions of groups of rows on the device, in a fixed order. */
final class ResidentGroups implements GroupKernels {

    /** Rows of a group, on average, from which on many items share a sum. */
    private static final int LARGE = DevicePrograms.GROUP;

    private static final int PLAIN = 0;
    private static final int OVER_SIZE = 1;
    private static final int ADD = 2;
    private static final int MULTIPLY = 3;

    private final DeviceProgram program;
    private final Indices nothing;

    ResidentGroups(DeviceProgram program, Indices nothing) {
        this.program = program;
        this.nothing = nothing;
    }

    @Override
    public void sum(Groups groups, int columns, boolean mean, Buffer x, Buffer out, boolean accumulate) {
        add(groups, columns, mean, false, accumulate, x, Buffer.NONE, out);
    }

    @Override
    public void sumProducts(Groups groups, int columns, Buffer x, Buffer y, Buffer out, boolean accumulate) {
        add(groups, columns, false, true, accumulate, x, y, out);
    }

    private void add(
            Groups groups,
            int columns,
            boolean mean,
            boolean products,
            boolean accumulate,
            Buffer x,
            Buffer y,
            Buffer out) {
        Extent extent = Extent.of(groups, nothing);
        int n = Extent.numbers(groups.count(), columns);
        int means = mean ? 1 : 0;
        int ofProducts = products ? 1 : 0;
        int accumulates = accumulate ? 1 : 0;
        if (groups.count() > 0 && groups.rows() / groups.count() >= LARGE) {
            program.launch(
                    "sumTree",
                    new DeviceProgram.Groups(n, 1, 1),
                    columns,
                    extent.size(),
                    extent.offsets(),
                    means,
                    ofProducts,
                    accumulates,
                    x,
                    y,
                    out);
        } else {
            program.launch(
                    "sumEach",
                    Extent.items(n),
                    n,
                    columns,
                    extent.size(),
                    extent.offsets(),
                    means,
                    ofProducts,
                    accumulates,
                    x,
                    y,
                    out);
        }
    }

    @Override
    public void spread(Groups groups, int columns, boolean overSize, Buffer perGroup, Buffer out) {
        spread(groups, columns, overSize ? OVER_SIZE : PLAIN, Buffer.NONE, perGroup, out);
    }

    @Override
    public void add(Groups groups, int columns, Buffer x, Buffer perGroup, Buffer out) {
        spread(groups, columns, ADD, x, perGroup, out);
    }

    @Override
    public void multiply(Groups groups, int columns, Buffer x, Buffer perGroup, Buffer out) {
        spread(groups, columns, MULTIPLY, x, perGroup, out);
    }

    private void spread(Groups groups, int columns, int mode, Buffer x, Buffer perGroup, Buffer out) {
        Extent extent = Extent.of(groups, nothing);
        int n = Extent.numbers(groups.rows(), columns);
        program.launch(
                "spread",
                Extent.items(n),
                n,
                columns,
                extent.size(),
                groups.count(),
                extent.offsets(),
                mode,
                x,
                perGroup,
                out);
    }

    @Override
    public void max(Groups groups, int columns, Buffer x, Buffer out, Indices winner) {
        Extent extent = Extent.of(groups, nothing);
        int n = Extent.numbers(groups.count(), columns);
        program.launch("most", Extent.items(n), n, columns, extent.size(), extent.offsets(), x, out, winner);
    }

    @Override
    public void maxGradient(Groups groups, int columns, Buffer gradOut, Indices winner, Buffer gradIn) {
        Extent extent = Extent.of(groups, nothing);
        int n = Extent.numbers(groups.rows(), columns);
        program.launch(
                "mostGradient",
                Extent.items(n),
                n,
                columns,
                extent.size(),
                groups.count(),
                extent.offsets(),
                gradOut,
                winner,
                gradIn);
    }
}
