package org.scenecontexts.resident.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.scenecontexts.resident.device.NativeFunctions.unexpected;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.scenecontexts.resident.device.NativeFunctions;

/**
 * The driver's functions for graphs, apart from the others because only drivers for CUDA 12 and newer have all of them. Methods
 * return the driver's code, 0 for success.
 */
final class CudaGraphLibrary {

    private final MethodHandle create;
    private final MethodHandle addKernel;
    private final MethodHandle instantiate;
    private final MethodHandle renew;
    private final MethodHandle launch;
    private final MethodHandle destroyExecutable;
    private final MethodHandle destroy;

    /** @throws UnsupportedOperationException when the driver lacks one */
    CudaGraphLibrary(NativeFunctions driver) {
        create = driver.code("cuGraphCreate", ADDRESS, JAVA_INT);
        addKernel = driver.code("cuGraphAddKernelNode_v2", ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
        instantiate = driver.code("cuGraphInstantiateWithFlags", ADDRESS, JAVA_LONG, JAVA_LONG);
        renew = driver.code("cuGraphExecKernelNodeSetParams_v2", JAVA_LONG, JAVA_LONG, ADDRESS);
        launch = driver.code("cuGraphLaunch", JAVA_LONG, JAVA_LONG);
        destroyExecutable = driver.code("cuGraphExecDestroy", JAVA_LONG);
        destroy = driver.code("cuGraphDestroy", JAVA_LONG);
    }

    int create(MemorySegment made) {
        try {
            return (int) create.invokeExact(made, 0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Adds a kernel that runs after some others of the graph. */
    int addKernel(MemorySegment made, long graph, MemorySegment after, long count, MemorySegment parameters) {
        try {
            return (int) addKernel.invokeExact(made, graph, after, count, parameters);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int instantiate(MemorySegment made, long graph) {
        try {
            return (int) instantiate.invokeExact(made, graph, 0L);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Changes what a kernel is given from the next launch on. */
    int renew(long executable, long node, MemorySegment parameters) {
        try {
            return (int) renew.invokeExact(executable, node, parameters);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int launch(long executable, long stream) {
        try {
            return (int) launch.invokeExact(executable, stream);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int destroyExecutable(long executable) {
        try {
            return (int) destroyExecutable.invokeExact(executable);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int destroy(long graph) {
        try {
            return (int) destroy.invokeExact(graph);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }
}
