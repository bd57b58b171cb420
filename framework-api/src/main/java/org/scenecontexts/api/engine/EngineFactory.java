package org.scenecontexts.api.engine;

import java.util.List;
import java.util.function.Supplier;
import org.scenecontexts.api.plugin.Factory;

/**
 * Extension point: a device that pipelines can name under {@code device:}.
 *
 * @since 0.1
 */
public interface EngineFactory<C extends Record> extends Factory<C, EngineFactory.Context, TensorEngine> {

    /**
     * What the framework lends to an engine.
     *
     * @param threads threads to compute with, at least 1
     * @param providers all kernels that plugins bring
     * @param processor makes an engine of the processor's cores, whose kernels serve where a device lacks its own, see {@link
     *     BorrowedKernels}; who makes one closes it
     */
    record Context(int threads, List<KernelProvider<?>> providers, Supplier<TensorEngine> processor) {
        public Context {
            providers = List.copyOf(providers);
        }
    }

    @Override
    default Class<TensorEngine> product() {
        return TensorEngine.class;
    }

    /**
     * What this engine would run on, on this machine, for {@code csc info}.
     *
     * @return one line per device or reason; never empty
     */
    List<String> availability();
}
