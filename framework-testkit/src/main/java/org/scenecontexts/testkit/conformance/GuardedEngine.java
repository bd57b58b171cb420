package org.scenecontexts.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Draws;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.TensorEngine;

/** Another engine, all of whose buffers lie inside larger ones, between numbers that nobody may touch. */
final class GuardedEngine implements TensorEngine {

    private static final int AFTER = 5;
    private static final float GUARD = 12345;

    private final TensorEngine inner;
    private final Draws draws = new Draws(this);
    private final List<Buffer> larger = new ArrayList<>();
    private final List<Integer> before = new ArrayList<>();
    private final Map<Buffer, Buffer> lent = new IdentityHashMap<>();

    GuardedEngine(TensorEngine inner) {
        this.inner = inner;
    }

    private Buffer inside(float[] values) {
        int start = 1 + larger.size() % 7;
        float[] all = new float[start + values.length + AFTER];
        Arrays.fill(all, GUARD);
        System.arraycopy(values, 0, all, start, values.length);
        Buffer buffer = inner.bufferOf(all);
        larger.add(buffer);
        before.add(start);
        return buffer.slice(start, values.length);
    }

    void assertUntouched(String what) {
        for (int i = 0; i < larger.size(); i++) {
            float[] all = larger.get(i).toArray(larger.get(i).capacity());
            assertThat(Arrays.copyOf(all, before.get(i)))
                    .as("%s, before buffer %d", what, i)
                    .containsOnly(GUARD);
            assertThat(Arrays.copyOfRange(all, all.length - AFTER, all.length))
                    .as("%s, behind buffer %d", what, i)
                    .containsOnly(GUARD);
        }
        larger.clear();
        before.clear();
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public String description() {
        return inner.description();
    }

    @Override
    public boolean onHeap() {
        return inner.onHeap();
    }

    @Override
    public boolean onProcessor() {
        return inner.onProcessor();
    }

    @Override
    public Parallel parallel() {
        return inner.parallel();
    }

    @Override
    public DenseKernels dense() {
        return inner.dense();
    }

    @Override
    public <K> K kernel(Class<K> type) {
        return inner.kernel(type);
    }

    @Override
    public <K> K borrowed(Class<K> type) {
        return inner.borrowed(type);
    }

    @Override
    public Draws draws() {
        return draws;
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
    public Buffer bufferOf(float[] values) {
        return inside(values);
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
    public void close() {
        inner.close();
    }

    @Override
    public BufferPool buffers() {
        return new BufferPool() {
            @Override
            public Buffer take(int length) {
                float[] poison = new float[length];
                Arrays.fill(poison, Float.NaN);
                Buffer buffer = inside(poison);
                lent.put(buffer, buffer);
                return buffer;
            }

            @Override
            public void give(Buffer buffer) {
                if (lent.remove(buffer) == null) {
                    throw new IllegalArgumentException("a buffer was given back that is not lent");
                }
            }

            @Override
            public Indices takeIndices(int length, int range) {
                return inner.buffers().takeIndices(length, range);
            }

            @Override
            public long bytes() {
                return inner.buffers().bytes();
            }

            @Override
            public long lentBytes() {
                return inner.buffers().lentBytes();
            }

            @Override
            public long peakBytes() {
                return inner.buffers().peakBytes();
            }

            @Override
            public void restartPeak() {
                inner.buffers().restartPeak();
            }

            @Override
            public void trim() {
                inner.buffers().trim();
            }
        };
    }
}
