package org.scenecontexts.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.Repeatability;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Layer;
import org.scenecontexts.api.nn.Layers;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.tensor.CrossEntropy;
import org.scenecontexts.api.tensor.Tensor;

/**
 * What every engine has to do, in levels: the numbers of all its dense kernels, and as much as it declares in {@link
 * TensorEngine#repeatability} of: the same bits every time, and the same bits on any number of threads. A level that is not
 * declared is not tested; one that is declared and not kept fails.
 *
 * @since 0.2
 */
public abstract class EngineConformance extends DenseKernelsConformance {

    private final List<TensorEngine> open = new ArrayList<>();

    /** A new engine; closed by this class. */
    protected abstract TensorEngine engine(int threads);

    private TensorEngine opened(int threads) {
        TensorEngine engine = engine(threads);
        open.add(engine);
        return engine;
    }

    @AfterEach
    void closeEngines() {
        open.forEach(TensorEngine::close);
        open.clear();
    }

    @Override
    protected Repeatability repeatability() {
        return opened(1).repeatability();
    }

    @Override
    protected DenseKernels kernels(Parallel parallel) {
        return opened(parallel.threads()).dense();
    }

    @Override
    protected HostDense host(Parallel parallel) {
        return host(opened(parallel.threads()));
    }

    private static HostDense host(TensorEngine engine) {
        return new HostDense(
                engine.dense(),
                values -> engine.bufferOf(values.clone()),
                values -> engine.labels(values.clone(), ANY));
    }

    private static final int ANY = Integer.MAX_VALUE;

    @Test
    void buffersKeepWhatIsCopiedInAndSlicesShareIt() {
        TensorEngine engine = opened(1);
        Buffer buffer = engine.bufferOf(Numbers.normal(100, 1));
        Buffer slice = buffer.slice(30, 20);
        slice.copyIn(5, new float[] {1, 2, 3}, 1, 2);
        assertThat(buffer.get(35)).isEqualTo(2);
        assertThat(buffer.get(36)).isEqualTo(3);
        assertThat(slice.memory()).isSameAs(buffer.memory());
        assertThat(slice.toArray(20)).startsWith(buffer.get(30), buffer.get(31));
    }

    @Test
    void indicesOutOfRangeAreRefusedWhereTheyAreMade() {
        TensorEngine engine = opened(1);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> engine.indices(new int[] {0, 7, 3}, 7))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("7");
        assertThat(engine.indices(new int[] {2, 0}, 3).toArray()).containsExactly(2, 0);
    }

    @Test
    void bitsRepeatWhereThatIsDeclared() {
        if (opened(1).repeatability() == Repeatability.NUMBERS) {
            return;
        }
        assertThat(bits(opened(2))).isEqualTo(bits(opened(2)));
        assertThat(training(opened(2))).isEqualTo(training(opened(2)));
    }

    @Test
    void bitsDoNotDependOnThreadsWhereThatIsDeclared() {
        if (opened(1).repeatability() != Repeatability.ANY_THREADS) {
            return;
        }
        List<List<Long>> expected = bits(opened(1));
        List<Long> trained = training(opened(1));
        for (int threads : new int[] {2, 5}) {
            assertThat(bits(opened(threads))).as("%d threads", threads).isEqualTo(expected);
            assertThat(training(opened(threads))).as("%d threads", threads).isEqualTo(trained);
        }
    }

    /** All that every dense kernel writes. */
    private static List<List<Long>> bits(TensorEngine engine) {
        return KernelTour.run(host(engine)).stream().map(States::bits).toList();
    }

    /** The parameters of a small network after three steps by hand. */
    private static List<Long> training(TensorEngine engine) {
        int rows = 3000;
        Layer layers = Layers.mlp(engine, new SplittableRandom(3), 6, 16, 2);
        Tensor inputs = engine.wrap(Numbers.normal(rows * 6, 5), rows, 6);
        int[] labels = Numbers.integers(rows, 16, 6);
        for (int step = 0; step < 3; step++) {
            Tensor loss = new CrossEntropy(engine.labels(labels, 16), 0, Buffer.NONE).apply(layers.apply(inputs));
            loss.backward();
            for (Parameter parameter : layers.parameters()) {
                float[] gradient = parameter.grad().orElseThrow().toArray();
                parameter.tensor().edit(values -> {
                    for (int i = 0; i < gradient.length; i++) {
                        values[i] -= 0.1f * gradient[i];
                    }
                });
                parameter.tensor().clearGrad();
            }
        }
        List<Long> bits = new ArrayList<>();
        layers.parameters()
                .forEach(parameter -> bits.addAll(States.bits(parameter.tensor().toArray())));
        return bits;
    }
}
