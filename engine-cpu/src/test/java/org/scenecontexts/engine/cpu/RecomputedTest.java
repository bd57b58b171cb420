package org.scenecontexts.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Linear;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.nn.Recomputed;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.testkit.Numbers;

/** Recomputation changes what memory is used, and nothing else. */
class RecomputedTest {

    private static final int ROWS = 300;
    private static final int WIDTH = 16;

    private final CpuEngine engine = new CpuEngine(2, List.of(), new Simd.Decision(false, "plain arithmetic"));
    private final PooledBuffers pool = (PooledBuffers) engine.buffers();
    private final float[] values = Numbers.normal(ROWS * WIDTH, 3);

    @AfterEach
    void end() {
        engine.close();
    }

    /** Two inputs, two layers, two norms. */
    private final class Block extends Module {
        final Linear first = child("first", new Linear(engine, new Random(1), WIDTH, WIDTH, true));
        final BatchNorm norm = child("norm", new BatchNorm(engine, WIDTH, Momentum.ofBatch(0.1)));
        final Linear second = child("second", new Linear(engine, new Random(2), WIDTH, WIDTH, false));
        final BatchNorm last = child("last", new BatchNorm(engine, WIDTH, Momentum.ofBatch(0.1)));

        Tensor apply(Tensor x, Tensor side) {
            Tensor wide = first.apply(x);
            Tensor middle = norm.applyRelu(wide);
            wide.release();
            Tensor branch = second.apply(middle);
            middle.release();
            Tensor y = last.apply(branch, Optional.of(side), true);
            branch.release();
            return y;
        }

        Tensor recomputed(Tensor x, Tensor side) {
            return Recomputed.apply(this, inputs -> apply(inputs.get(0), inputs.get(1)), x, side);
        }
    }

    private Tensor leaf(int seed) {
        return engine.wrap(Numbers.normal(ROWS * WIDTH, seed), ROWS, WIDTH).requireGrad();
    }

    /** The loss, every gradient and every running statistic of two blocks, one after the other. */
    private List<float[]> train(boolean recompute) {
        Block[] blocks = {new Block(), new Block()};
        Tensor x = leaf(4);
        Tensor side = leaf(5);
        Tensor y = x;
        for (Block block : blocks) {
            Tensor next = recompute ? block.recomputed(y, side) : block.apply(y, side);
            if (y != x) {
                y.release();
            }
            y = next;
        }
        Tensor loss = y.multiply(engine.wrap(values, ROWS, WIDTH)).sum();
        y.release();
        List<float[]> found = new ArrayList<>();
        found.add(loss.toArray());
        loss.backward();
        found.add(x.grad().orElseThrow().toArray());
        found.add(side.grad().orElseThrow().toArray());
        for (Block block : blocks) {
            block.parameters().forEach(p -> found.add(p.grad().orElseThrow().toArray()));
            for (StateEntry entry : block.state()) {
                found.add(
                        switch (entry) {
                            case StateEntry.Floats floats -> floats.values();
                            case StateEntry.Whole whole ->
                                new float[] {whole.counter().get()};
                        });
            }
        }
        return found;
    }

    @Test
    void gradientsAndStatisticsAreTheSameBitForBit() {
        List<float[]> kept = train(false);
        List<float[]> recomputed = train(true);

        assertThat(recomputed).hasSameSizeAs(kept);
        for (int i = 0; i < kept.size(); i++) {
            assertThat(recomputed.get(i)).as("result %d", i).isEqualTo(kept.get(i));
        }
    }

    @Test
    void keepsNothingButTheOutput() {
        Block block = new Block();
        Tensor side = leaf(6);
        Tensor y = block.recomputed(leaf(7), side);

        assertThat(y.requiresGrad()).isTrue();
        assertThat(pool.lentBytes()).isEqualTo(4L * 5120);
    }

    @Test
    void whatCanBeMadeAgainIsNotHeldBesideItsGradient() {
        Block block = new Block();
        Tensor x = leaf(8);
        Tensor loss = block.recomputed(x, leaf(9)).sum();
        pool.trim();
        loss.backward();

        // The two gradients behind the last norm, the first norm's input, and its output or the gradient of it.
        assertThat(pool.peakBytes() / (4L * 5120)).isEqualTo(4);
    }

    @Test
    void trainsParametersAlsoWhereNoInputRequiresAGradient() {
        Block block = new Block();
        Tensor x = engine.wrap(values, ROWS, WIDTH);
        block.recomputed(x, x).sum().backward();

        assertThat(block.parameters()).allMatch(p -> p.grad().isPresent());
        assertThat(x.grad()).isEmpty();
    }

    @Test
    void withoutRecordingNothingIsRepeated() {
        Block block = new Block();
        Tensor x = engine.wrap(values, ROWS, WIDTH);
        try (var scope = engine.noGrad()) {
            assertThat(block.recomputed(x, x).requiresGrad()).isFalse();
        }
        assertThat(pool.lentBytes()).isEqualTo(4L * 5120);
    }

    @Test
    void backwardGivesEverythingBackButGradientsOfLeaves() {
        Block block = new Block();
        Tensor x = engine.wrap(values, ROWS, WIDTH);
        block.recomputed(x, x).sum().backward();
        block.parameters().forEach(p -> p.tensor().clearGrad());

        assertThat(pool.lentBytes()).isZero();
    }
}
