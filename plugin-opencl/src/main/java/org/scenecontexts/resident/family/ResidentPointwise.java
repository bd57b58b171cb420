package org.scenecontexts.resident.family;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.kernel.Pointwise;
import org.scenecontexts.api.engine.kernel.PointwiseKernels;

/** Functions of one number on the device. */
final class ResidentPointwise implements PointwiseKernels {

    private final DeviceProgram program;

    ResidentPointwise(DeviceProgram program) {
        this.program = program;
    }

    @Override
    public void apply(Pointwise function, int n, float parameter, Buffer x, Buffer out) {
        program.launch("apply", Groups.of(n), n, function.ordinal(), parameter, x, out);
    }

    @Override
    public void gradient(Pointwise function, int n, float parameter, Buffer known, Buffer gradOut, Buffer gradIn) {
        program.launch("gradient", Groups.of(n), n, function.ordinal(), parameter, known, gradOut, gradIn);
    }

    @Override
    public void shift(int n, float amount, Buffer x, Buffer out) {
        program.launch("shift", Groups.of(n), n, amount, x, out);
    }

    @Override
    public void divide(int n, Buffer x, Buffer y, Buffer out) {
        program.launch("divide", Groups.of(n), n, x, y, out);
    }

    @Override
    public void divisorGradient(int n, Buffer gradOut, Buffer quotient, Buffer y, Buffer gradY) {
        program.launch("divisorGradient", Groups.of(n), n, gradOut, quotient, y, gradY);
    }
}
