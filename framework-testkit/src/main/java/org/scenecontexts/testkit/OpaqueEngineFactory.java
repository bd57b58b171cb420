package org.scenecontexts.testkit;

import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;

/** Offers {@link OpaqueEngine} as {@code device: opaque} and remembers those that were made. */
public final class OpaqueEngineFactory implements EngineFactory<OpaqueEngineFactory.Config> {

    private final List<OpaqueEngine> made = new ArrayList<>();

    public record Config() {}

    /** The engine made last. */
    public OpaqueEngine newest() {
        return made.getLast();
    }

    @Override
    public String name() {
        return "opaque";
    }

    @Override
    public String summary() {
        return "Native memory, for tests.";
    }

    @Override
    public TensorEngine create(Config config, Context context) {
        made.add(new OpaqueEngine(context.processor().get()));
        return made.getLast();
    }

    @Override
    public List<String> availability() {
        return List.of("for tests");
    }
}
