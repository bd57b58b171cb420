package org.scenecontexts.api.engine;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets kernels of the processor serve another device, so that every plugin works there from its first day: each call copies
 * what it is given to the heap, computes there, and brings back what is marked {@link Written}.
 *
 * <p>It looks into records and lists. Buffers that begin at the same place are one buffer on the heap too, so that what may
 * be written over its input still may.
 *
 * @since 0.2
 */
public final class BorrowedKernels {

    private static final Logger LOG = LoggerFactory.getLogger(BorrowedKernels.class);

    private BorrowedKernels() {}

    /** What has crossed between a device and the heap for kernels that the device lacks. Safe for several threads. */
    public static final class Crossings {
        private final AtomicLong calls = new AtomicLong();
        private final AtomicLong reads = new AtomicLong();
        private final AtomicLong bytes = new AtomicLong();

        private void count(long copied, long moved) {
            calls.incrementAndGet();
            reads.addAndGet(copied);
            bytes.addAndGet(moved);
        }

        /** Calls that were served by the processor. */
        public long calls() {
            return calls.get();
        }

        /** Buffers and lists of indices that were copied to the heap for them. */
        public long reads() {
            return reads.get();
        }

        /** Bytes copied, both ways together. */
        public long bytes() {
            return bytes.get();
        }
    }

    /**
     * Kernels for a device that are computed by the processor; says so in the log, once for each that is made.
     *
     * @param type the kernel interface
     * @param kernels computes on the heap
     * @param device name of the device that lacks them
     * @param crossings is told of every call
     */
    public static <K> K of(Class<K> type, K kernels, String device, Crossings crossings) {
        LOG.warn(
                "device '{}' has no {}: the processor's are used, and everything they need is copied there and back",
                device,
                type.getSimpleName());
        return of(type, kernels, crossings);
    }

    /**
     * The same without a line in the log, for composed kernels, which leave to the processor only what they ask {@link
     * TensorEngine#borrowed} for.
     *
     * @param type the kernel interface
     * @param kernels computes on the heap
     * @param crossings is told of every call
     */
    public static <K> K of(Class<K> type, K kernels, Crossings crossings) {
        Map<Method, boolean[]> written = new ConcurrentHashMap<>();
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            Object[] arguments = given == null ? new Object[0] : given;
            boolean[] marks = written.computeIfAbsent(method, BorrowedKernels::marks);
            return new Call(crossings).run(method, kernels, arguments, marks);
        }));
    }

    /** Which parameters of a method are marked. */
    private static boolean[] marks(Method method) {
        Parameter[] parameters = method.getParameters();
        boolean[] marks = new boolean[parameters.length];
        for (int i = 0; i < marks.length; i++) {
            marks[i] = parameters[i].isAnnotationPresent(Written.class);
        }
        return marks;
    }

    /** A buffer of the device with its copy on the heap. */
    private static final class Twin {
        private final Buffer there;
        private final HeapBuffer here;
        private boolean written;

        Twin(Buffer there) {
            this.there = there;
            here = HeapBuffer.of(there.toArray(there.capacity()));
        }
    }

    /** Indices of the device with their copy on the heap. */
    private static final class IndexTwin {
        private final Indices there;
        private final HeapIndices here;
        private boolean written;

        IndexTwin(Indices there) {
            this.there = there;
            here = HeapIndices.copyOf(there);
        }
    }

    /** One call. */
    private static final class Call {
        private final Crossings crossings;
        private final List<Buffer> found = new ArrayList<>();
        private final List<Twin> twins = new ArrayList<>();
        private final List<IndexTwin> indexTwins = new ArrayList<>();

        Call(Crossings crossings) {
            this.crossings = crossings;
        }

        Object run(Method method, Object kernels, Object[] arguments, boolean[] marks) throws Throwable {
            for (Object argument : arguments) {
                find(argument);
            }
            Object[] here = new Object[arguments.length];
            for (int i = 0; i < here.length; i++) {
                here[i] = here(arguments[i], marks[i]);
            }
            Object result;
            try {
                result = method.invoke(kernels, here);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            if (!twins.isEmpty() || !indexTwins.isEmpty()) {
                crossings.count(twins.size() + indexTwins.size(), bringBack());
            }
            return result;
        }

        /** Collects all buffers, the longest of those that begin at one place. */
        private void find(Object argument) {
            if (argument instanceof Buffer buffer && !buffer.onHeap()) {
                for (int i = 0; i < found.size(); i++) {
                    if (found.get(i).startsWith(buffer)) {
                        found.set(i, found.get(i).capacity() < buffer.capacity() ? buffer : found.get(i));
                        return;
                    }
                }
                found.add(buffer);
            } else if (argument instanceof List<?> list) {
                list.forEach(this::find);
            } else if (argument instanceof Record values) {
                for (RecordComponent component : values.getClass().getRecordComponents()) {
                    find(value(component, values));
                }
            }
        }

        private Object here(Object argument, boolean written) {
            return switch (argument) {
                case Buffer buffer when !buffer.onHeap() -> here(buffer, written);
                case Indices indices when !indices.onHeap() -> here(indices, written);
                case List<?> list ->
                    list.stream().map(entry -> here(entry, written)).toList();
                case Record values -> here(values);
                case null, default -> argument;
            };
        }

        private Buffer here(Buffer buffer, boolean written) {
            Twin twin = twins.stream()
                    .filter(t -> t.there.startsWith(buffer))
                    .findFirst()
                    .orElseGet(() -> {
                        Twin made = new Twin(found.stream()
                                .filter(b -> b.startsWith(buffer))
                                .findFirst()
                                .orElse(buffer));
                        twins.add(made);
                        return made;
                    });
            twin.written |= written;
            return twin.here.slice(0, buffer.capacity());
        }

        private Indices here(Indices indices, boolean written) {
            IndexTwin twin = indexTwins.stream()
                    .filter(t -> t.there.memory() == indices.memory())
                    .findFirst()
                    .orElseGet(() -> {
                        IndexTwin made = new IndexTwin(indices);
                        indexTwins.add(made);
                        return made;
                    });
            twin.written |= written;
            return twin.here;
        }

        /** The same record with everything on the heap, or itself where it holds nothing that is not. */
        private Object here(Record values) {
            RecordComponent[] components = values.getClass().getRecordComponents();
            Object[] parts = new Object[components.length];
            boolean changed = false;
            for (int i = 0; i < parts.length; i++) {
                Object value = value(components[i], values);
                parts[i] = here(value, components[i].isAnnotationPresent(Written.class));
                changed |= parts[i] != value && !parts[i].equals(value);
            }
            return changed ? made(values.getClass(), components, parts) : values;
        }

        private long bringBack() {
            long moved = 0;
            for (Twin twin : twins) {
                int capacity = twin.here.capacity();
                moved += (long) capacity * Float.BYTES * (twin.written ? 2 : 1);
                if (twin.written) {
                    twin.there.copyIn(0, twin.here.array(), 0, capacity);
                }
            }
            for (IndexTwin twin : indexTwins) {
                int length = twin.here.length();
                moved += (long) length * Integer.BYTES * (twin.written ? 2 : 1);
                if (twin.written) {
                    twin.there.copyIn(0, twin.here.array(), 0, length);
                }
            }
            return moved;
        }
    }

    private static Object value(RecordComponent component, Record values) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component + " of " + values.getClass(), e);
        }
    }

    private static Object made(Class<?> type, RecordComponent[] components, Object[] parts) {
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            canonical.setAccessible(true);
            return canonical.newInstance(parts);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make another " + type.getName(), e);
        }
    }
}
