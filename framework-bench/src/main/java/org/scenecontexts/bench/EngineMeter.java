package org.scenecontexts.bench;

import java.util.Map;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.workload.Work;
import org.scenecontexts.api.workload.WorkMeter;

/** Lends workloads an observed engine with a counter behind it. */
final class EngineMeter implements WorkMeter {

    private final WorkCounter counter = new WorkCounter();
    private final TensorEngine observed;

    EngineMeter(TensorEngine engine, Map<Class<?>, Rule> rules) {
        rules.forEach((kernels, rule) -> counter.with(kernels, rule::of));
        observed = ObservedEngine.of(engine, counter);
    }

    @Override
    public TensorEngine engine() {
        return observed;
    }

    @Override
    public Work work() {
        return counter.work();
    }

    @Override
    public void clear() {
        counter.clear();
    }
}
