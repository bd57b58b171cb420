package org.scenecontexts.sparseconv.kernel.opencl;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.opencl.DeviceWork;
import org.scenecontexts.opencl.LaunchGuard;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.KernelMap;

/**
 * Sends each convolution to the device or to the processor, as a rule says; those of a kernel that the device has once
 * failed to run stay on the processor.
 *
 * @since 0.1
 */
public final class OffloadedSparseConvKernels implements SparseConvKernels {

    private final SparseConvKernels device;
    private final SparseConvKernels cpu;
    private final ConvRules rules;
    private final LaunchGuard products = new LaunchGuard("sparse convolutions and their input gradients");
    private final LaunchGuard weightGradients = new LaunchGuard("weight gradients of sparse convolutions");

    /** Joins the two; both have to be there. */
    public OffloadedSparseConvKernels(SparseConvKernels device, SparseConvKernels cpu, ConvRules rules) {
        this.device = device;
        this.cpu = cpu;
        this.rules = rules;
    }

    @Override
    public String name() {
        return device.name() + " or " + cpu.name();
    }

    @Override
    public void forward(KernelMap map, Buffer in, int cin, Buffer weights, int cout, Buffer out) {
        Runnable onDevice = () -> device.forward(map, in, cin, weights, cout, out);
        if (!(rules.forward().pays(productWork(map, cin, cout)) && products.attempt(onDevice))) {
            cpu.forward(map, in, cin, weights, cout, out);
        }
    }

    @Override
    public void inputGradient(KernelMap map, Buffer gradOut, int cout, Buffer weights, int cin, Buffer gradIn) {
        Runnable onDevice = () -> device.inputGradient(map, gradOut, cout, weights, cin, gradIn);
        if (!(rules.inputGradient().pays(productWork(map, cin, cout)) && products.attempt(onDevice))) {
            cpu.inputGradient(map, gradOut, cout, weights, cin, gradIn);
        }
    }

    @Override
    public void weightGradient(KernelMap map, Buffer in, int cin, Buffer gradOut, int cout, Buffer gradWeights) {
        Runnable onDevice = () -> device.weightGradient(map, in, cin, gradOut, cout, gradWeights);
        if (!(rules.weightGradient().pays(weightWork(map, cin, cout)) && weightGradients.attempt(onDevice))) {
            cpu.weightGradient(map, in, cin, gradOut, cout, gradWeights);
        }
    }

    /** Of a forward call or an input gradient: multiply-adds; features, weights and the table of neighbours. */
    static DeviceWork productWork(KernelMap map, int cin, int cout) {
        return work(map, cin, cout, (double) map.outRows() * map.lists());
    }

    /** Of a weight gradient: multiply-adds; features, weights and pairs. */
    static DeviceWork weightWork(KernelMap map, int cin, int cout) {
        return work(map, cin, cout, 2.0 * map.pairs());
    }

    private static DeviceWork work(KernelMap map, int cin, int cout, double indices) {
        double features = (double) map.inRows() * cin + (double) map.outRows() * cout;
        double weights = (double) map.lists() * cin * cout;
        return new DeviceWork(SparseConvKernels.flops(map, cin, cout), 4 * (features + weights + indices));
    }
}
