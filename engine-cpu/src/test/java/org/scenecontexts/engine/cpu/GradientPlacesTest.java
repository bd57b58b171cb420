package org.scenecontexts.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Linear;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.testkit.Numbers;

/** Parameters and gradients in slices of one buffer each: the same numbers, and nothing is ever given back. */
class GradientPlacesTest {

    private final CpuEngine engine = new CpuEngine(1, List.of());

    @AfterEach
    void end() {
        engine.close();
    }

    private final class Net extends Module {
        private final Linear first = child("first", new Linear(engine, new Random(1), 5, 7, true));
        private final BatchNorm norm = child("norm", new BatchNorm(engine, 7, Momentum.ofBatch(0.1)));
        private final Linear last = child("last", new Linear(engine, new Random(2), 7, 7, true));

        Tensor loss(Tensor x) {
            // The last layer is used twice, so that its gradient is added to.
            Tensor y = last.apply(last.apply(norm.applyRelu(first.apply(x))));
            return y.multiply(y).sum();
        }
    }

    private static List<float[]> gradients(Module net) {
        List<float[]> all = new ArrayList<>();
        net.parameters().forEach(p -> all.add(p.grad().orElseThrow().toArray()));
        return all;
    }

    private Buffer flatten(Module net) {
        int total =
                net.parameters().stream().mapToInt(p -> p.tensor().size() + 3).sum();
        Buffer values = engine.bufferOf(new float[total]);
        Buffer gradients = engine.bufferOf(new float[total]);
        int at = 3;
        for (Parameter parameter : net.parameters()) {
            Tensor tensor = parameter.tensor();
            tensor.moveTo(values.slice(at, tensor.size()));
            tensor.keepGradIn(Tensor.over(engine, gradients.slice(at, tensor.size()), tensor.shape()));
            at += tensor.size() + 3;
        }
        return gradients;
    }

    @Test
    void gradientsInOneBufferAreTheSame() {
        Tensor x = engine.wrap(Numbers.normal(40 * 5, 3), 40, 5);
        Net plain = new Net();
        plain.loss(x).backward();
        Net flat = new Net();
        flatten(flat);
        flat.loss(x).backward();
        List<float[]> expected = gradients(plain);
        List<float[]> found = gradients(flat);
        for (int i = 0; i < expected.size(); i++) {
            Numbers.assertClose(found.get(i), Numbers.doubles(expected.get(i), expected.get(i).length), 1e-6);
        }
    }

    @Test
    void clearingMarksAndTheNextGradientOverwrites() {
        Tensor x = engine.wrap(Numbers.normal(40 * 5, 3), 40, 5);
        Net net = new Net();
        Buffer all = flatten(net);
        net.loss(x).backward();
        List<float[]> once = gradients(net);
        net.parameters().forEach(p -> p.tensor().clearGrad());
        assertThat(net.parameters()).allMatch(p -> p.grad().isEmpty());
        net.loss(x).backward();
        List<float[]> again = gradients(net);
        assertThat(again).usingRecursiveComparison().isEqualTo(once);
        assertThat(net.parameters())
                .allMatch(p -> p.grad().orElseThrow().buffer().memory() == all.memory());
    }

    @Test
    void aSecondPassAddsToThem() {
        Tensor x = engine.wrap(Numbers.normal(40 * 5, 3), 40, 5);
        Net net = new Net();
        flatten(net);
        net.loss(x).backward();
        float[] once = gradients(net).getFirst();
        net.loss(x).backward();
        float[] twice = gradients(net).getFirst();
        for (int i = 0; i < once.length; i++) {
            assertThat(twice[i]).isEqualTo(2 * once[i]);
        }
    }
}
