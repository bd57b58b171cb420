package org.scenecontexts.resident.family;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.kernel.LayoutKernels;

/** Moves numbers to other places on the device. */
final class ResidentLayout implements LayoutKernels {

    private final DeviceProgram program;

    ResidentLayout(DeviceProgram program) {
        this.program = program;
    }

    @Override
    public void transpose(int outer, int rows, int columns, int inner, Buffer x, Buffer out) {
        int n = Math.multiplyExact(Math.multiplyExact(outer, rows), Math.multiplyExact(columns, inner));
        program.launch("transpose", DeviceProgram.Groups.of(n), n, rows, columns, inner, x, out);
    }
}
