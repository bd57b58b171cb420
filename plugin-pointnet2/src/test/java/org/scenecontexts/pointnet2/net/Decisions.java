package org.scenecontexts.pointnet2.net;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Draws;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * What a network decided on one pass, in order: which outputs of a ReLU are open, and which neighbour each maximum came
 * from. Gradients jump where such a decision changes, so two runs can be compared closely only for the same decisions.
 *
 * @param open per batch norm with ReLU, the entries above zero
 * @param winners per maximum over neighbours, the row of each
 */
record Decisions(List<BitSet> open, List<int[]> winners) {

    Decisions() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    /** An engine that computes as {@code engine} does and notes every decision here. */
    TensorEngine watch(TensorEngine engine) {
        DenseKernels inner = engine.dense();
        DenseKernels watched = (DenseKernels) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DenseKernels.class},
                (proxy, method, arguments) -> note(inner, method, arguments));
        return new Watched(engine, watched);
    }

    private Object note(DenseKernels inner, Method method, Object[] arguments) throws Throwable {
        Object result;
        try {
            result = method.invoke(inner, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (method.getName().equals("normalize") && (boolean) arguments[7]) {
            float[] out = ((Buffer) arguments[8]).toArray((int) arguments[0] * (int) arguments[1]);
            int size = (int) arguments[0] * (int) arguments[1];
            BitSet above = new BitSet(size);
            for (int i = 0; i < size; i++) {
                if (out[i] > 0) {
                    above.set(i);
                }
            }
            open.add(above);
        }
        if (method.getName().equals("groupMax")) {
            winners.add(((Indices) arguments[5]).toArray());
        }
        return result;
    }

    private record Watched(TensorEngine inner, DenseKernels dense) implements TensorEngine {
        @Override
        public String name() {
            return inner.name();
        }

        @Override
        public String description() {
            return inner.description();
        }

        @Override
        public Parallel parallel() {
            return inner.parallel();
        }

        @Override
        public BufferPool buffers() {
            return inner.buffers();
        }

        @Override
        public Buffer bufferOf(float[] values) {
            return inner.bufferOf(values);
        }

        @Override
        public Indices indices(int[] values, int range) {
            return inner.indices(values, range);
        }

        @Override
        public Indices labels(int[] values, int range) {
            return inner.labels(values, range);
        }

        @Override
        public <K> K kernel(Class<K> type) {
            return inner.kernel(type);
        }

        @Override
        public Draws draws() {
            return inner.draws();
        }

        @Override
        public boolean recording() {
            return inner.recording();
        }

        @Override
        public Scope noGrad() {
            return inner.noGrad();
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
