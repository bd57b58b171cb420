package org.scenecontexts.resident.family;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.kernel.DropoutKernels;

/** Dropout on the device, whose chances are those of every engine: an item draws for four elements. */
final class ResidentDropout implements DropoutKernels {

    private static final int AT_ONCE = 4;

    private final DeviceProgram program;

    ResidentDropout(DeviceProgram program) {
        this.program = program;
    }

    @Override
    public void dropout(int n, double probability, Buffer draw, int operator, Buffer x, Buffer out) {
        long limit = (long) Math.floor(probability * (1L << 32));
        float factor = probability < 1 ? (float) (1 / (1 - probability)) : 0;
        program.launch("dropout", Extent.items(Math.ceilDiv(n, AT_ONCE)), n, limit, factor, draw, operator, x, out);
    }
}
