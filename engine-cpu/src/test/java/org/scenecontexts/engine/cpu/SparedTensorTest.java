package org.scenecontexts.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.nn.PointwiseConvolution;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.testkit.Numbers;

/** A tensor that its maker spares is written over where nobody reads it again, and the numbers stay the same. */
class SparedTensorTest {

    private static final int ROWS = 300;
    private static final int WIDTH = 16;
    private static final long BYTES = 4L * 5120;

    private final CpuEngine engine = new CpuEngine(2, List.of(), new Simd.Decision(false, "plain arithmetic"));
    private final PooledBuffers pool = (PooledBuffers) engine.buffers();
    private final BatchNorm norm = new BatchNorm(engine, WIDTH, Momentum.ofBatch(0.1));
    private final PointwiseConvolution wider = new PointwiseConvolution(engine, new Random(1), WIDTH, WIDTH, false);
    private final Tensor x = leaf(2);
    private final Tensor side = leaf(3);

    @AfterEach
    void end() {
        engine.close();
    }

    private Tensor leaf(int seed) {
        return engine.wrap(Numbers.normal(ROWS * WIDTH, seed), ROWS, WIDTH).requireGrad();
    }

    /** Buffers of the tensors' size that are lent. */
    private long lent() {
        return pool.lentBytes() / BYTES;
    }

    private Tensor sumWithResidual(boolean spare) {
        Tensor residual = side.scale(2);
        if (spare) {
            residual.spare();
        }
        Tensor y = norm.apply(x, Optional.of(residual), true);
        residual.release();
        return y;
    }

    private Tensor normOf(Tensor input, boolean spare) {
        if (spare) {
            input.spare();
        }
        Tensor y = norm.apply(input);
        input.release();
        return y;
    }

    /** The loss and the gradients of both leaves. */
    private List<float[]> train(Tensor y) {
        Tensor loss = y.multiply(engine.wrap(Numbers.normal(ROWS * WIDTH, 4), ROWS, WIDTH))
                .sum();
        y.release();
        float[] value = loss.toArray();
        loss.backward();
        float[] dx = x.grad().map(Tensor::toArray).orElse(new float[0]);
        float[] dSide = side.grad().map(Tensor::toArray).orElse(new float[0]);
        x.clearGrad();
        side.clearGrad();
        return List.of(value, dx, dSide);
    }

    private static void assertSame(List<float[]> found, List<float[]> expected) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i)).as("result %d", i).isEqualTo(expected.get(i));
        }
    }

    @Test
    void aSumIsWrittenOverASparedResidual() {
        Tensor kept = sumWithResidual(false);
        assertThat(lent()).isEqualTo(2);
        train(kept);

        assertThat(sumWithResidual(true).requiresGrad()).isTrue();
        assertThat(lent()).isEqualTo(1);
    }

    @Test
    void gradientsOfASumOverASparedResidualAreTheSameBitForBit() {
        assertSame(train(sumWithResidual(true)), train(sumWithResidual(false)));
    }

    @Test
    void aNormIsWrittenOverASparedInputThatCanBeMadeAgain() {
        Tensor y = normOf(wider.applyRemade(x), true);

        assertThat(y.requiresGrad()).isTrue();
        assertThat(pool.peakBytes() / BYTES).isEqualTo(1);
        assertSame(train(y), train(normOf(wider.applyRemade(x), false)));
    }

    @Test
    void aSparedInputThatTheBackwardPassReadsAndNobodyCanMakeAgainStays() {
        Tensor input = x.scale(2);
        Tensor y = normOf(input, true);

        assertThat(y.buffer().startsWith(input.buffer())).isFalse();
        assertSame(train(y), train(normOf(x.scale(2), false)));
    }

    @Test
    void withoutRecordingASparedInputIsAlwaysWrittenOver() {
        try (var scope = engine.noGrad()) {
            assertThat(scope).isNotNull();
            Tensor y = normOf(x.scale(2), true);
            assertThat(pool.peakBytes() / BYTES).isEqualTo(1);
            y.release();
        }
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void aTensorThatSomebodyElseHasSavedIsNotWrittenOver() {
        Tensor residual = side.scale(2);
        Tensor reader = residual.multiply(residual);
        residual.spare();
        Tensor y = norm.apply(x, Optional.of(residual), true);

        assertThat(y.buffer().startsWith(residual.buffer())).isFalse();
        assertThat(reader.requiresGrad()).isTrue();
    }
}
