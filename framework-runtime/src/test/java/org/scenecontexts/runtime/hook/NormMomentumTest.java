package org.scenecontexts.runtime.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.nn.Linear;
import org.scenecontexts.api.train.TrainingProgress;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.runtime.checkpoint.CheckpointValues;
import org.scenecontexts.runtime.toy.Toys;

class NormMomentumTest {

    private static final NormMomentum.Config PUBLISHED =
            new NormMomentum.Config(0.5, 0.5, 80, NormMomentum.Unit.EPOCHS, 0.001);

    /** max(0.5 * 0.5^floor(epoch / 80), 0.001), REFERENCE 8.7. */
    @ParameterizedTest
    @CsvSource({"0, 0.5", "79.99, 0.5", "80, 0.25", "159, 0.25", "160, 0.125", "240, 0.0625", "800, 0.001"})
    void fallsAsPublished(double epoch, double expected) {
        assertThat(PUBLISHED.at(new TrainingProgress(1, 1, epoch))).isEqualTo(expected);
    }

    @Test
    void aSpanCanBeCountedInIterations() {
        NormMomentum.Config config = new NormMomentum.Config(0.4, 0.5, 10, NormMomentum.Unit.ITERATIONS, 0);
        assertThat(config.at(new TrainingProgress(10, 100, 0))).isEqualTo(0.4);
        assertThat(config.at(new TrainingProgress(11, 100, 0))).isEqualTo(0.2);
    }

    @Test
    void reachesEveryBatchNormOfTheNetwork(@TempDir Path runs) {
        String hook = "stages.learn.hooks=[{type: norm-momentum, start: 0, floor: 0}]";
        Toys.run(runs, Toys.TRAIN, "stages.learn.iterations=2", hook);
        CheckpointValues last = CheckpointValues.of(runs.resolve("toys/learn/checkpoints/last.safetensors"));
        // With momentum 0 running statistics stay as they were made.
        assertThat(last.names()).contains("1.running_mean", "4.running_mean");
        assertThat(last.values("1.running_mean")).containsOnly(0);
        assertThat(last.values("4.running_var")).containsOnly(1);
    }

    @Test
    void aNetworkWithoutNormsIsRefused() {
        try (CpuEngine engine = new CpuEngine(1, List.of())) {
            Linear plain = new Linear(engine, new Random(1), 2, 2, true);
            assertThatThrownBy(() -> new NormMomentum(PUBLISHED, plain))
                    .hasMessageContaining("the network has no batch norm");
        }
    }
}
