package org.scenecontexts.resident;

import org.scenecontexts.api.engine.DevicePrograms.Operands;
import org.scenecontexts.resident.device.ComputeDevice;

/**
 * How an engine computes products: what a pipeline asks for under {@code compute}, on a device that has been found able to.
 *
 * @param operands how they are rounded
 * @param emulated whether plain OpenCL C plays the instructions of matrix units: for tests
 */
public record Products(Operands operands, boolean emulated) {

    /** In float32 throughout. */
    public static final Products FP32 = new Products(Operands.FP32, false);

    /** The JVM's property with which tests ask for instructions to be emulated where the device lacks them. */
    public static final String EMULATE = "csc.opencl.emulate";

    /**
     * Products on a device.
     *
     * @param emulates whether instructions that the device lacks are emulated
     * @throws UnsupportedOperationException when it lacks them otherwise; the message says what to write instead
     */
    static Products on(ComputeDevice device, Operands operands, boolean emulates) {
        boolean needs = operands != Operands.FP32 && !device.matrixUnits();
        if (needs && !emulates) {
            throw new UnsupportedOperationException("compute: " + ResidentConfig.word(operands)
                    + " needs the matrix units of an NVIDIA card of compute capability 8.0 or more (Ampere and later), which "
                    + device.name() + " does not have; write compute: fp32, or leave it out, or choose another device"
                    + " with 'name' or 'card'. (Tests emulate the units, slowly: -D" + EMULATE + "=true)");
        }
        return new Products(operands, needs);
    }

    /** Whether operands are rounded for matrix units. */
    boolean matrix() {
        return operands != Operands.FP32;
    }

    /** What the sources of kernels are told. */
    String constants() {
        return (matrix() ? "#define MATRIX_" + operands.name() + "\n" : "")
                + (emulated ? "#define MATRIX_EMULATED\n" : "");
    }

    /** For logs and reports. */
    @Override
    public String toString() {
        return "compute: " + ResidentConfig.word(operands) + (emulated ? " (emulated: for tests)" : "");
    }
}
