package org.scenecontexts.resident.family;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.api.engine.kernel.SoftmaxKernels;

/** Shares that add up to one, on the device: an item for each column of a group. */
final class ResidentSoftmax implements SoftmaxKernels {

    private final DeviceProgram program;
    private final Indices nothing;

    ResidentSoftmax(DeviceProgram program, Indices nothing) {
        this.program = program;
        this.nothing = nothing;
    }

    @Override
    public void softmax(Groups groups, int columns, boolean logarithm, Buffer x, Buffer out) {
        Extent extent = Extent.of(groups, nothing);
        int n = Extent.numbers(groups.count(), columns);
        program.launch(
                "softmax", Extent.items(n), n, columns, extent.size(), extent.offsets(), logarithm ? 1 : 0, x, out);
    }

    @Override
    public void softmaxGradient(
            Groups groups, int columns, boolean logarithm, Buffer y, Buffer gradOut, Buffer gradIn) {
        Extent extent = Extent.of(groups, nothing);
        int n = Extent.numbers(groups.count(), columns);
        program.launch(
                "softmaxGradient",
                Extent.items(n),
                n,
                columns,
                extent.size(),
                extent.offsets(),
                logarithm ? 1 : 0,
                y,
                gradOut,
                gradIn);
    }
}
