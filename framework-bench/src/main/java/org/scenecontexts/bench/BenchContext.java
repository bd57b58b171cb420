package org.scenecontexts.bench;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.optim.Optimizer;
import org.scenecontexts.api.optim.OptimizerFactory;
import org.scenecontexts.api.workload.RoomSize;
import org.scenecontexts.api.workload.WorkMeter;
import org.scenecontexts.api.workload.WorkloadContext;
import org.scenecontexts.runtime.optim.Sgd;

/**
 * What is lent to a workload while it is measured.
 *
 * @since 0.1
 */
public final class BenchContext implements WorkloadContext {

    private final TensorEngine engine;
    private final Rooms rooms;
    private final Optional<Parts> parts;

    /** A context that only measures the whole. */
    public BenchContext(TensorEngine engine, Rooms rooms) {
        this(engine, rooms, Optional.empty());
    }

    private BenchContext(TensorEngine engine, Rooms rooms, Optional<Parts> parts) {
        this.engine = engine;
        this.rooms = rooms;
        this.parts = parts;
    }

    /** A context that takes time apart. */
    static BenchContext observed(TensorEngine engine, Rooms rooms, Parts parts) {
        return new BenchContext(ObservedEngine.of(engine, parts), rooms, Optional.of(parts));
    }

    @Override
    public TensorEngine engine() {
        return engine;
    }

    @Override
    public Scene room(RoomSize size) {
        return rooms.room(size);
    }

    @Override
    public Optimizer optimizer(Map<String, Parameter> parameters) {
        return new Sgd(new Sgd.Config(1e-3, 0.9, 0.1, 1e-4, false), new OptimizerFactory.Context(engine, parameters));
    }

    @Override
    public WorkMeter meter(Map<Class<?>, WorkMeter.Rule> rules) {
        return new EngineMeter(engine, rules);
    }

    @Override
    public <T> T part(String name, Supplier<T> work) {
        return parts.isPresent() ? parts.get().part(name, work) : work.get();
    }
}
