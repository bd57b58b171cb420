package org.scenecontexts.api.optim;

import java.util.Map;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.plugin.Factory;

/**
 * Extension point: an optimizer that pipelines can name under {@code optimizer:}.
 *
 * @since 0.1
 */
public interface OptimizerFactory<C extends Record> extends Factory<C, OptimizerFactory.Context, Optimizer> {

    /**
     * What the framework lends to an optimizer.
     *
     * @param parameters by dotted name, in a fixed order
     */
    record Context(TensorEngine engine, Map<String, Parameter> parameters) {}

    @Override
    default Class<Optimizer> product() {
        return Optimizer.class;
    }
}
