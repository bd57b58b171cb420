package org.scenecontexts.runtime.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.nn.Linear;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.runtime.checkpoint.CheckpointValues;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.run.StageFolder;
import org.scenecontexts.runtime.toy.Toys;

class EmaTest {

    @TempDir
    Path runs;

    private final CpuEngine engine = new CpuEngine(1, List.of());
    private final Linear layer = new Linear(engine, new Random(1), 2, 2, false);

    @AfterEach
    void end() {
        engine.close();
    }

    private void weights(float value) {
        engine.dense().fill(4, value, layer.namedTensors().get("weight").buffer());
    }

    private float weight() {
        return layer.namedTensors().get("weight").toArray()[0];
    }

    private Ema hook(double decay, boolean warmup) {
        return new Ema(new Ema.Config(decay, warmup, false), engine, layer);
    }

    /** The average when the network's weights are these after its steps, beginning with 1. */
    private float average(Ema hook, float... afterSteps) {
        weights(1);
        hook.begin(new FakeRun());
        for (float value : afterSteps) {
            weights(value);
            hook.afterStep(null);
        }
        hook.beforeUse();
        float average = weight();
        hook.afterUse();
        return average;
    }

    @Test
    void averagesFromWhereTrainingStarts() {
        // 0.9 (0.9 * 1 + 0.1 * 2) + 0.1 * 3
        assertThat(average(hook(0.9, false), 2, 3)).isCloseTo(1.29f, within(1e-6f));
    }

    @Test
    void youngAveragesForgetFaster() {
        // decays 1/10 and 2/11: 2/11 (0.1 * 1 + 0.9 * 2) + 9/11 * 3
        assertThat(average(hook(0.999, true), 2, 3)).isCloseTo((float) (2 / 11.0 * 1.9 + 27 / 11.0), within(1e-6f));
    }

    @Test
    void givesTheTrainedValuesBackToTheBit() {
        average(hook(0.9, false), 0.1f, 0.3f);
        assertThat(weight()).isEqualTo(0.3f);
    }

    @Test
    void goesOnFromASavedAverage() {
        Ema first = hook(0.9, true);
        average(first, 2, 3);
        Ema second = hook(0.9, true);
        for (int i = 0; i < first.state().size(); i++) {
            copy(first.state().get(i), second.state().get(i));
        }
        weights(7);
        second.begin(new FakeRun());
        second.afterStep(null);
        first.afterStep(null);
        second.beforeUse();
        float resumed = weight();
        second.afterUse();
        first.beforeUse();
        assertThat(resumed).isEqualTo(weight());
    }

    private static void copy(StateEntry from, StateEntry into) {
        switch (from) {
            case StateEntry.Floats floats -> ((StateEntry.Floats) into).set(floats.values());
            case StateEntry.Whole whole ->
                ((StateEntry.Whole) into).counter().set(whole.counter().get());
        }
    }

    private StageFolder train(String name, String hooks) {
        Toys.run(runs.resolve(name), Toys.ALL, "stages.learn.hooks=" + hooks);
        return new StageFolder(runs.resolve(name).resolve("toys/learn"));
    }

    @Test
    void trainingItselfGoesOnAsWithoutIt() {
        StageFolder with = train("with", "[{type: ema, decay: 0.9, keep-trained: true}]");
        StageFolder without = train("without", "[]");
        Map<String, float[]> trained =
                CheckpointValues.of(with.checkpoint("trained")).tensors();
        assertThat(trained)
                .usingRecursiveComparison()
                .isEqualTo(CheckpointValues.of(without.last()).tensors());
        assertThat(CheckpointValues.of(with.last()).values("final.weight"))
                .as("last holds the average")
                .isNotEqualTo(trained.get("final.weight"));
    }

    /** Losses of the training's last measurement and of a later stage that measures the same scenes with its last file. */
    private List<Double> losses(String name, String hooks) {
        Toys.run(
                runs.resolve(name),
                Toys.ALL,
                "stages.learn.hooks=" + hooks,
                "stages.learn.task.forget=0",
                "stages.learn.backbone.points=60",
                "stages.measure.data.chance=2");
        Path run = runs.resolve(name).resolve("toys");
        return List.of(
                (Double) Json.read(run.resolve("learn/metrics.json"))
                        .orElseThrow()
                        .get("validation_loss"),
                (Double) Json.read(run.resolve("measure/metrics.json"))
                        .orElseThrow()
                        .get("loss"));
    }

    @Test
    void theAverageIsWhatIsMeasuredAndWhatIsKept() {
        List<Double> averaged = losses("averaged", "[{type: ema, decay: 0.95}]");
        List<Double> plain = losses("plain", "[]");
        // All points in another order: sums of 60 numbers in single precision.
        assertThat(averaged.get(1)).isCloseTo(averaged.get(0), within(1e-6));
        assertThat(averaged.get(0)).isNotCloseTo(plain.get(0), within(1e-3));
    }
}
