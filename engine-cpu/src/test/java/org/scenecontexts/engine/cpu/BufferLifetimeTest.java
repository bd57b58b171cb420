package org.scenecontexts.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Linear;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.tensor.CrossEntropy;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.testkit.Numbers;

/**
 * Buffers come back: a training step leaves nothing behind but the gradients of its parameters. In plain Java, because
 * vectors are objects until the compiler has seen the loops often enough.
 */
class BufferLifetimeTest {

    private static final int ROWS = 300;

    private final CpuEngine engine = new CpuEngine(2, List.of(), new Simd.Decision(false, "plain arithmetic"));
    private final PooledBuffers pool = (PooledBuffers) engine.buffers();
    private final Linear in = new Linear(engine, new Random(1), 6, 16, true);
    private final BatchNorm norm = new BatchNorm(engine, 16, Momentum.ofBatch(0.1));
    private final Linear out = new Linear(engine, new Random(2), 32, 5, true);
    private final Tensor x = engine.wrap(Numbers.normal(ROWS * 6, 3), ROWS, 6);
    private final int[] index = Numbers.integers(ROWS, ROWS, 4);
    private final int[] labels = Numbers.integers(ROWS, 5, 5);

    @BeforeEach
    void heatUp() {
        step();
        clear();
    }

    @AfterEach
    void end() {
        engine.close();
    }

    /** Uses every operator. */
    private Tensor loss() {
        Tensor a = in.apply(x);
        Tensor b = norm.apply(a, Optional.of(a), true);
        Tensor c = b.gatherRows(index).normalizeRows().scale(2);
        Tensor d = c.multiply(b).subtract(a.relu());
        Tensor e = out.apply(Tensor.concat(b, d.add(c)));
        Tensor f = e.matmul(in.apply(x).columns(2, 5).groupMax(60).columns(0, 5));
        return new CrossEntropy(labels, 0.1, new float[0])
                .apply(e)
                .add(f.mean())
                .add(c.sum().scale(1e-3));
    }

    private void step() {
        loss().backward();
    }

    private List<Parameter> parameters() {
        return List.of(in, norm, out).stream()
                .flatMap(m -> m.parameters().stream())
                .toList();
    }

    private void clear() {
        parameters().forEach(p -> p.tensor().clearGrad());
    }

    @Test
    void afterBackwardOnlyTheGradientsOfParametersAreLent() {
        step();
        long gradients = parameters().stream()
                .mapToLong(p -> 4L * p.grad().orElseThrow().buffer().capacity())
                .sum();
        assertThat(pool.lentBytes()).isEqualTo(gradients);
        clear();
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void fiftyStepsTakeNoMoreMemoryThanOne() {
        long bytes = pool.bytes();
        for (int i = 0; i < 50; i++) {
            step();
            clear();
            assertThat(pool.bytes()).isEqualTo(bytes);
        }
    }

    @Test
    void aStepAllocatesLittleOutsideThePool() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 20; i++) {
            step();
            clear();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10; i++) {
            step();
            clear();
        }
        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 10).isLessThan(100_000);
    }

    @Test
    void withoutRecordingWhatIsReleasedComesBackAtOnce() {
        try (var scope = engine.noGrad()) {
            Tensor y = in.apply(x);
            Tensor z = norm.applyRelu(y);
            y.release();
            z.release();
            z.release();
        }
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void crossEntropyWithoutRecordingKeepsNoGradient() {
        try (var scope = engine.noGrad()) {
            Tensor logits = in.apply(x);
            Tensor loss = new CrossEntropy(labels, 0, new float[0]).apply(logits);
            logits.release();
            loss.release();
        }
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void whatBackwardStillReadsIsNotFreedByRelease() {
        Tensor a = in.apply(x);
        Tensor b = a.multiply(a);
        a.release();
        b.sum().backward();
        assertThat(parameters().getFirst().grad()).isPresent();
        clear();
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void aNormsOutputIsDroppedWhenReleasedAndMadeAgainForBackward() {
        float[] kept = gradients(false);
        long lent = pool.lentBytes();
        float[] madeAgain = gradients(true);

        assertThat(madeAgain).isEqualTo(kept);
        assertThat(pool.lentBytes()).isEqualTo(lent);
    }

    /** Gradients of the first weights behind two norms, the second with a residual, and their concatenation. */
    private float[] gradients(boolean release) {
        Tensor a = in.apply(x);
        Tensor b = norm.applyRelu(a);
        Tensor c = norm.apply(a, Optional.of(b), true);
        Tensor both = Tensor.concat(b, c);
        Tensor result = out.apply(both);
        if (release) {
            long lent = pool.lentBytes();
            List.of(b, c, both).forEach(Tensor::release);
            assertThat(lent - pool.lentBytes()).isEqualTo(4L * (5120 + 5120 + 10240));
        }
        result.multiply(result).sum().backward();
        float[] gradient = in.parameters().getFirst().grad().orElseThrow().toArray();
        clear();
        return gradient;
    }

    @Test
    void readingAValueAfterBackwardIsRefusedWithTheOperatorsName() {
        Tensor a = x.matmulTransposed(parameters().getFirst().tensor());
        Tensor loss = a.sum();
        loss.backward();
        assertThatThrownBy(a::toArray).hasMessageContaining("MatMul").hasMessageContaining("before backward()");
        clear();
    }

    @Test
    void aBranchThatDoesNotReachTheLossIsLeftToTheGarbageCollector() throws InterruptedException {
        Tensor side = in.apply(x);
        step();
        clear();
        assertThat(pool.lentBytes()).isPositive();
        assertThat(side.toArray()).isNotEmpty();
    }
}
