package org.scenecontexts.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.api.optim.Optimizer;
import org.scenecontexts.api.optim.OptimizerFactory;
import org.scenecontexts.runtime.checkpoint.CheckpointValues;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.pipeline.PipelineLoader;
import org.scenecontexts.runtime.toy.Toys;

class ParameterGroupsTest {

    @TempDir
    Path runs;

    /** One step of plain SGD, which moves a parameter by rate times (gradient + decay times itself). */
    private CheckpointValues afterOneStep(String name, String optimizer, String groups) {
        Toys.run(
                runs.resolve(name),
                Toys.TRAIN,
                "stages.learn.iterations=1",
                "stages.learn.hooks=[]",
                "stages.learn.optimizer={type: sgd, momentum: 0, " + optimizer + "}",
                "stages.learn.groups=" + groups);
        return CheckpointValues.of(runs.resolve(name).resolve("toys/learn/checkpoints/last.safetensors"));
    }

    private static float[] difference(CheckpointValues a, CheckpointValues b, String name) {
        float[] difference = a.values(name).clone();
        for (int i = 0; i < difference.length; i++) {
            difference[i] -= b.values(name)[i];
        }
        return difference;
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    @Test
    void aGroupMovesByItsShareOfTheRate() {
        String sgd = "lr: 0.2, weight-decay: 0";
        CheckpointValues start = afterOneStep("start", "lr: 1e-30, weight-decay: 0", "[]");
        CheckpointValues whole = afterOneStep("whole", sgd, "[]");
        CheckpointValues half = afterOneStep("half", sgd, "[{names: task/*, rate: 0.5}]");
        float[] moved = difference(whole, start, "final.weight");
        float[] movedByHalf = difference(half, start, "final.weight");
        assertThat(largest(moved)).isGreaterThan(1e-3f);
        for (int i = 0; i < moved.length; i++) {
            // single precision of weights of about 0.5
            assertThat(movedByHalf[i]).isCloseTo(0.5f * moved[i], within(1e-7f));
        }
        assertThat(half.values("0.weight")).containsExactly(whole.values("0.weight"));
    }

    @Test
    void aGroupCanHaveAWeightDecayOfItsOwn() {
        CheckpointValues decayed = afterOneStep("decayed", "lr: 0.2, weight-decay: 0.1", "[]");
        CheckpointValues plain = afterOneStep("plain", "lr: 0.2, weight-decay: 0", "[]");
        CheckpointValues mixed =
                afterOneStep("mixed", "lr: 0.2, weight-decay: 0.1", "[{names: final, weight-decay: 0}]");
        assertThat(decayed.values("final.weight")).isNotEqualTo(plain.values("final.weight"));
        assertThat(mixed.values("final.weight")).containsExactly(plain.values("final.weight"));
        assertThat(mixed.values("0.weight")).containsExactly(decayed.values("0.weight"));
    }

    @Test
    void whereSeveralMatchTheLastOneCountsForEachKey() {
        CheckpointValues both = afterOneStep(
                "both",
                "lr: 0.2, weight-decay: 0.1",
                "[{names: \"*\", rate: 0.25}, {names: final, rate: 0.5}, {names: \"*\", weight-decay: 0}]");
        CheckpointValues expected = afterOneStep(
                "expected", "lr: 0.2, weight-decay: 0", "[{names: backbone/*, rate: 0.25}, {names: final, rate: 0.5}]");
        assertThat(both.tensors()).usingRecursiveComparison().isEqualTo(expected.tensors());
    }

    @Test
    void aPatternThatFindsNothingIsRefusedWithTheNamesThatExist() {
        assertThatThrownBy(() -> afterOneStep("wrong", "lr: 0.2", "[{names: 0.wieght, rate: 0.5}]"))
                .hasMessageContaining("groups[0]: no parameter is called '0.wieght'")
                .hasMessageContaining("did you mean '0.weight'?");
    }

    @Test
    void aGroupThatChangesNothingIsRefused() {
        assertThatThrownBy(() -> afterOneStep("nothing", "lr: 0.2", "[{names: final}]"))
                .hasMessageContaining("the group 'final' changes nothing");
    }

    /** An optimizer without weight decay. */
    public static final class Standing implements OptimizerFactory<Standing.Config> {
        public record Config() {}

        @Override
        public String name() {
            return "standing";
        }

        @Override
        public String summary() {
            return "Moves nothing.";
        }

        @Override
        public Optimizer create(Config config, Context context) {
            return new Optimizer() {
                @Override
                public double learningRate() {
                    return 1;
                }

                @Override
                public void step(double learningRate, Buffer flag) {}

                @Override
                public List<StateEntry> state() {
                    return List.of();
                }
            };
        }
    }

    @Test
    void aWeightDecayThatTheOptimizerDoesNotHaveIsRefusedBeforeAnythingRuns() {
        assertThatThrownBy(() -> new PipelineLoader(Toys.catalog(index -> {}, new Standing()), Map.of())
                        .load(
                                SourceText.of("toys", Toys.TRAIN),
                                List.of(
                                        "stages.learn.optimizer=standing",
                                        "stages.learn.groups=[{names: final, weight-decay: 0}]"))
                        .orThrow())
                .hasMessageContaining(
                        "the optimizer 'standing' has no number 'weight-decay' that a group could change");
    }
}
