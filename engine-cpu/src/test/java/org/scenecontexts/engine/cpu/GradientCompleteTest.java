package org.scenecontexts.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.nn.Linear;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Recomputed;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.testkit.Numbers;

/** When a backward pass says that the gradient of a leaf is complete. */
class GradientCompleteTest {

    private static final int ROWS = 5;
    private static final int WIDTH = 3;

    private final CpuEngine engine = new CpuEngine(1, List.of());

    @AfterEach
    void end() {
        engine.close();
    }

    private final class Layers extends Module {
        final Linear first = child("first", new Linear(engine, new Random(1), WIDTH, WIDTH, false));
        final Linear second = child("second", new Linear(engine, new Random(2), WIDTH, WIDTH, false));
    }

    private final Layers layers = new Layers();
    private final Map<Tensor, float[]> complete = new LinkedHashMap<>();

    private Tensor input() {
        return engine.wrap(Numbers.normal(ROWS * WIDTH, 3), ROWS, WIDTH);
    }

    private void backward(Tensor loss) {
        loss.backward(leaf -> {
            assertThat(complete.put(leaf, leaf.grad().orElseThrow().toArray()))
                    .as("told once")
                    .isNull();
        });
    }

    private void assertComplete(Linear... inOrder) {
        List<Tensor> expected = new ArrayList<>();
        for (Linear layer : inOrder) {
            expected.add(layer.parameters().getFirst().tensor());
        }
        assertThat(complete.keySet()).containsExactlyElementsOf(expected);
        complete.forEach((leaf, seen) -> assertThat(seen)
                .as("as in the end")
                .isEqualTo(leaf.grad().orElseThrow().toArray()));
    }

    @Test
    void nearestToTheLossFirst() {
        backward(layers.second.apply(layers.first.apply(input())).sum());
        assertComplete(layers.second, layers.first);
    }

    @Test
    void aLeafThatIsUsedTwiceAfterItsLastUse() {
        backward(layers.first
                .apply(layers.second.apply(layers.first.apply(input())))
                .sum());
        assertComplete(layers.second, layers.first);
    }

    @Test
    void aLeafOfAPartThatIsRunAgainAfterThatPart() {
        Tensor x = Recomputed.apply(layers, in -> layers.second.apply(layers.first.apply(in.getFirst())), input());
        backward(layers.first.apply(x).sum());
        assertThat(complete).hasSize(2);
        complete.forEach((leaf, seen) -> assertThat(seen)
                .as("as in the end")
                .isEqualTo(leaf.grad().orElseThrow().toArray()));
    }

    @Test
    void aLeafThatNeedsNoGradientNever() {
        layers.second.parameters().getFirst().trained(false);
        backward(layers.second.apply(layers.first.apply(input())).sum());
        assertComplete(layers.first);
        assertThat(layers.second.parameters().getFirst().grad()).isEmpty();
    }
}
