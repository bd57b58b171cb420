package org.scenecontexts.bench;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * An engine that computes with another one and tells an observer of every call of its kernels. Made by a dynamic proxy, so
 * that methods which interfaces gain later are passed on too; a call costs well under a microsecond more.
 *
 * @since 0.1
 */
public final class ObservedEngine {

    private ObservedEngine() {}

    /**
     * An engine whose tensors belong to it and whose work is done by {@code engine}, which stays the one to close.
     *
     * @param observer called on the thread that drives the engine
     */
    public static TensorEngine of(TensorEngine engine, KernelObserver observer) {
        DenseKernels dense = kernels(DenseKernels.class, engine.dense(), observer);
        return proxy(TensorEngine.class, new Handler(engine, dense, observer));
    }

    private static <K> K kernels(Class<K> type, Object target, KernelObserver observer) {
        return proxy(type, (self, method, arguments) -> {
            long start = System.nanoTime();
            Object result = call(method, target, arguments);
            if (method.getDeclaringClass() != Object.class) {
                long nanos = System.nanoTime() - start;
                observer.called(type, method.getName(), arguments == null ? new Object[0] : arguments, nanos);
            }
            return result;
        });
    }

    private static <K> K proxy(Class<K> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Default methods run on the proxy itself, so that the tensors they make belong to it. */
    private static final class Handler implements InvocationHandler {
        private final TensorEngine engine;
        private final DenseKernels dense;
        private final KernelObserver observer;
        private final Map<Class<?>, Object> known = new HashMap<>();

        Handler(TensorEngine engine, DenseKernels dense, KernelObserver observer) {
            this.engine = engine;
            this.dense = dense;
            this.observer = observer;
        }

        @Override
        public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("equals")) {
                return self == arguments[0];
            }
            if (method.getName().equals("dense")) {
                return dense;
            }
            if (method.getName().equals("kernel")) {
                Class<?> type = (Class<?>) arguments[0];
                Object kernels = known.get(type);
                if (kernels == null) {
                    kernels = kernels(type, call(method, engine, arguments), observer);
                    known.put(type, kernels);
                }
                return kernels;
            }
            if (method.isDefault() && !overridden(method)) {
                return InvocationHandler.invokeDefault(self, method, arguments);
            }
            return call(method, engine, arguments);
        }

        private boolean overridden(Method method) throws NoSuchMethodException {
            return !engine.getClass()
                    .getMethod(method.getName(), method.getParameterTypes())
                    .isDefault();
        }
    }
}
