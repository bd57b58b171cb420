package org.scenecontexts.bench;

/**
 * Is told of every call of an engine's kernels, to count work or take time apart without touching what is measured.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface KernelObserver {

    /**
     * A call has ended.
     *
     * @param kernels the kernel interface, such as {@link org.scenecontexts.api.engine.DenseKernels}
     * @param method name of the method
     * @param arguments its arguments
     * @param nanos time that it took
     */
    void called(Class<?> kernels, String method, Object[] arguments, long nanos);
}
