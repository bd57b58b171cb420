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

    /**
     * What the Java virtual machine has to be started with for this engine. {@code csc} starts itself again with it where a
     * pipeline asks for the engine.
     *
     * @param options of the JVM
     * @param chainsSignals whether native code of the engine replaces the JVM's signal handlers, so that the JDK's {@code
     *     libjsig} has to be loaded before everything else
     * @since 0.2
     */
    record Jvm(List<String> options, boolean chainsSignals) {

        /** As it is started anyway. */
        public static final Jvm USUAL = new Jvm(List.of(), false);

        public Jvm {
            options = List.copyOf(options);
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

    /**
     * Refuses, before anything of a pipeline runs, what this machine does not have.
     *
     * @throws UnsupportedOperationException when {@link #create} would refuse the same; the message says what to do
     * @since 0.2
     */
    default void require(C config) {}

    /**
     * What the JVM has to be started with.
     *
     * @since 0.2
     */
    default Jvm jvm() {
        return Jvm.USUAL;
    }
}
