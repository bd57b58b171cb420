package org.scenecontexts.runtime.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.api.optim.Optimizer;
import org.scenecontexts.api.optim.OptimizerFactory;
import org.scenecontexts.api.optim.ScheduleFactory;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.engine.cpu.Simd;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

class OptimizerTest {

    /** Published fine-tuning (REFERENCE 6.1). */
    private static final Sgd.Config FINE_TUNING = new Sgd.Config(0.1, 0.9, 0.1, 1e-4, false);

    private CpuEngine engine = new CpuEngine(1, List.of());

    @AfterEach
    void end() {
        engine.close();
    }

    private static final class Weights extends Module {
        Weights(Tensor... tensors) {
            for (int i = 0; i < tensors.length; i++) {
                parameter("w" + i, tensors[i], tensors[i].size(), 1);
            }
        }
    }

    private OptimizerFactory.Context context(float[]... values) {
        Tensor[] tensors =
                Arrays.stream(values).map(v -> engine.wrap(v, v.length)).toArray(Tensor[]::new);
        return new OptimizerFactory.Context(engine, new Weights(tensors).namedParameters());
    }

    private static void gradient(Parameter parameter, float... values) {
        Tensor tensor = parameter.tensor();
        tensor.clearGrad();
        // The gradient of sum(p * g) with respect to p is g.
        tensor.multiply(tensor.engine().wrap(values, values.length)).sum().backward();
    }

    private static Map<String, NpArray> goldens() {
        return Npz.readAll(TestFiles.golden("optim.npz"));
    }

    /** @param gamma what the rate is multiplied with after each step */
    private void follow(Optimizer optimizer, OptimizerFactory.Context context, String name, double rate, double gamma) {
        float[] gradients = goldens().get(name + "_grads").floats();
        float[] expected = goldens().get(name + "_params").floats();
        Parameter parameter = context.parameters().get("w0");
        int n = parameter.tensor().size();
        for (int step = 0; step < 10; step++) {
            gradient(parameter, Arrays.copyOfRange(gradients, step * n, (step + 1) * n));
            optimizer.step(rate * Math.pow(gamma, step));
            for (int i = 0; i < n; i++) {
                assertThat(parameter.tensor().toArray()[i])
                        .as("step %d, number %d", step, i)
                        .isCloseTo(expected[(step + 1) * n + i], within(1e-6f));
            }
        }
    }

    private static float[] start(String name) {
        return Arrays.copyOf(goldens().get(name + "_params").floats(), 50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scalar", "vector"})
    void sgdFollowsThePublishedFineTuning(String simd) {
        engine = new CpuEngine(1, List.of(), new Simd.Decision(simd.equals("vector"), "tested"));
        OptimizerFactory.Context context = context(start("sgd"));
        follow(new Sgd(FINE_TUNING, context), context, "sgd", 0.1, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scalar", "vector"})
    void sgdFollowsThePublishedPreTraining(String simd) {
        engine = new CpuEngine(1, List.of(), new Simd.Decision(simd.equals("vector"), "tested"));
        OptimizerFactory.Context context = context(start("pretrain_sgd"));
        follow(new Sgd(new Sgd.Config(0.1, 0.8, 0, 1e-4, false), context), context, "pretrain_sgd", 0.1, 0.99);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scalar", "vector"})
    void adamFollowsPyTorch(String simd) {
        engine = new CpuEngine(1, List.of(), new Simd.Decision(simd.equals("vector"), "tested"));
        OptimizerFactory.Context context = context(start("adam"));
        follow(new Adam(new Adam.Config(0.001, 0.9, 0.999, 1e-8, 1e-4), false, context), context, "adam", 0.001, 1);
    }

    @Test
    void sgdWorksAsWrittenDown() {
        OptimizerFactory.Context context = context(new float[] {2});
        Sgd sgd = new Sgd(new Sgd.Config(0.1, 0.5, 0.25, 0.1, false), context);
        Parameter w = context.parameters().get("w0");
        gradient(w, 1);
        sgd.step(0.1);
        double p = 2 - 0.1 * (1 + 0.1 * 2);
        assertThat(w.tensor().toArray()[0]).isCloseTo((float) p, within(1e-6f));
        gradient(w, -3);
        sgd.step(0.2);
        p -= 0.2 * (0.5 * 1.2 + 0.75 * (-3 + 0.1 * p));
        assertThat(w.tensor().toArray()[0]).isCloseTo((float) p, within(1e-6f));
    }

    @Test
    void nesterovLooksAhead() {
        OptimizerFactory.Context context = context(new float[] {0});
        Sgd sgd = new Sgd(new Sgd.Config(0.1, 0.9, 0, 0, true), context);
        Parameter w = context.parameters().get("w0");
        gradient(w, 1);
        sgd.step(1);
        assertThat(w.tensor().toArray()[0]).isCloseTo(-1.9f, within(1e-6f));
        gradient(w, 1);
        sgd.step(1);
        assertThat(w.tensor().toArray()[0]).isCloseTo(-1.9f - (1 + 0.9f * 1.9f), within(1e-6f));
    }

    @Test
    void nesterovWithDampeningIsRefused() {
        assertThatThrownBy(() -> new Sgd.Config(0.1, 0.9, 0.1, 0, true)).hasMessageContaining("set dampening: 0");
    }

    @Test
    void withoutMomentumNothingButTheCountIsRemembered() {
        OptimizerFactory.Context context = context(new float[] {1});
        Sgd sgd = new Sgd(new Sgd.Config(0.1, 0, 0, 0, false), context);
        gradient(context.parameters().get("w0"), 2);
        sgd.step(0.1);
        assertThat(context.parameters().get("w0").tensor().toArray()[0]).isCloseTo(0.8f, within(1e-6f));
        assertThat(sgd.state()).extracting(StateEntry::name).containsExactly("w0.steps");
    }

    @Test
    void adamWTakesDecayOffTheParameterItself() {
        OptimizerFactory.Context context = context(new float[] {2});
        Adam adam = new Adam(new Adam.Config(0.1, 0.9, 0.999, 1e-8, 0.5), true, context);
        Parameter w = context.parameters().get("w0");
        gradient(w, 3);
        adam.step(0.1);
        // The first step of Adam is the rate times the sign of the gradient.
        assertThat(w.tensor().toArray()[0]).isCloseTo(2 * (1 - 0.05f) - 0.1f, within(1e-5f));
    }

    @Test
    void parametersWithoutGradientStay() {
        OptimizerFactory.Context context = context(new float[] {1, 2}, new float[] {3});
        Sgd sgd = new Sgd(FINE_TUNING, context);
        gradient(context.parameters().get("w0"), 1, 1);
        sgd.step(0.1);
        assertThat(context.parameters().get("w1").tensor().toArray()[0]).isEqualTo(3);
    }

    @Test
    void stateIsNamedAfterParametersAndRestoresTheTrajectory() {
        OptimizerFactory.Context context = context(new float[] {1, 2}, new float[] {3});
        Sgd sgd = new Sgd(FINE_TUNING, context);
        assertThat(sgd.state())
                .extracting(StateEntry::name)
                .containsExactly("w0.momentum", "w0.steps", "w1.momentum", "w1.steps");
        assertThat(sgd.state().getFirst().shape()).as("as published").containsExactly(2, 1);
        gradient(context.parameters().get("w0"), 1, -1);
        sgd.step(0.1);

        float[] values = context.parameters().get("w0").tensor().toArray();
        OptimizerFactory.Context other = context(values, new float[] {3});
        Sgd restored = new Sgd(FINE_TUNING, other);
        copy(sgd.state(), restored.state());
        gradient(context.parameters().get("w0"), 2, 2);
        gradient(other.parameters().get("w0"), 2, 2);
        sgd.step(0.1);
        restored.step(0.1);
        assertThat(other.parameters().get("w0").tensor().toArray())
                .isEqualTo(context.parameters().get("w0").tensor().toArray());
    }

    private static void copy(List<StateEntry> from, List<StateEntry> to) {
        Map<String, StateEntry> target = new LinkedHashMap<>();
        to.forEach(e -> target.put(e.name(), e));
        for (StateEntry entry : from) {
            switch (entry) {
                case StateEntry.Floats f -> ((StateEntry.Floats) target.get(f.name())).set(f.values());
                case StateEntry.Whole w ->
                    ((StateEntry.Whole) target.get(w.name()))
                            .counter()
                            .set(w.counter().get());
            }
        }
    }

    @Test
    void allFactoriesAreFoundWithTheirConfigurations() {
        assertThat(ServiceLoader.load(OptimizerFactory.class))
                .extracting(f -> f.name())
                .containsExactlyInAnyOrder("sgd", "adam", "adamw");
        assertThat(ServiceLoader.load(ScheduleFactory.class))
                .extracting(f -> f.name())
                .containsExactlyInAnyOrder(
                        "poly", "squared", "cosine", "one-cycle", "constant", "exponential", "step", "multi-step");
        assertThat(ServiceLoader.load(ScheduleFactory.class))
                .allSatisfy(f -> assertThat(f.configType().isRecord()).isTrue());
    }
}
