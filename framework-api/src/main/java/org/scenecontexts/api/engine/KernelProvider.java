package org.scenecontexts.api.engine;

import java.util.List;
import org.pf4j.ExtensionPoint;

/**
 * Extension point: one implementation of an operator that a plugin defines, for one kind of device.
 *
 * <p>A plugin that defines an operator declares a kernel interface and offers at least an implementation for
 * {@code "cpu"}. Anyone can offer another for another device.
 *
 * @param <K> the kernel interface
 * @since 0.1
 */
public interface KernelProvider<K> extends ExtensionPoint {

    /**
     * The device of kernels that are composed of what every engine has, {@link DenseKernels} and the families of {@link
     * org.scenecontexts.api.engine.kernel}: they work wherever values lie, so that an engine with memory of its own looks for
     * these after those of its name and before it borrows the processor's.
     *
     * @since 0.2
     */
    String COMPOSED = "composed";

    /** The kernel interface that is implemented. */
    Class<K> type();

    /**
     * The device name that this implementation serves, e.g. {@code cpu} or {@code opencl}, or {@link #COMPOSED}. Kernels for
     * {@code opencl} serve every engine that has {@link TensorEngine#programs}, whatever its name.
     */
    String device();

    /** Among several usable implementations for a device the highest wins. */
    default int priority() {
        return 0;
    }

    /**
     * Creates the kernels.
     *
     * @throws UnsupportedOperationException when this machine cannot run them; the message says why, and the engine tells
     *     the user once and falls back to {@code cpu}
     */
    K create(TensorEngine engine);

    /**
     * What these kernels would run on, on this machine, for {@code csc info}; may take seconds to find out. The same line
     * from several providers is shown once.
     *
     * @param parallel the threads that the processor's own kernels would use
     */
    default List<String> availability(Parallel parallel) {
        return List.of();
    }
}
