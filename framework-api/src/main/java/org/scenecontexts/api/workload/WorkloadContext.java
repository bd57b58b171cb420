package org.scenecontexts.api.workload;

import java.util.Map;
import java.util.function.Supplier;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.optim.Optimizer;

/**
 * What a measuring program lends to a workload.
 *
 * @since 0.1
 */
public interface WorkloadContext {

    /** The engine to compute with, and only with: its threads are what is measured. */
    TensorEngine engine();

    /**
     * A room to run on: one point per voxel of {@link RoomSize#SPACING}, at its middle, with colours and labels
     * {@code 0 .. 19} or {@link org.scenecontexts.api.data.Labels#IGNORE}.
     */
    Scene room(RoomSize size);

    /** Stochastic gradient descent with momentum 0.9 and weight decay 1e-4, the optimizer of training workloads. */
    Optimizer optimizer(Map<String, Parameter> parameters);

    /**
     * Counts the work of the engine's kernels, and of a plugin's.
     *
     * @param rules by kernel interface; the engine's own are known
     */
    WorkMeter meter(Map<Class<?>, WorkMeter.Rule> rules);

    /**
     * Runs a part of a workload that no kernel of the engine covers, under a name, so that it has a line of its own where
     * the time is taken apart.
     *
     * @param name what it is, in a word or two
     */
    <T> T part(String name, Supplier<T> work);
}
