package org.scenecontexts.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.train.TrainingHook;
import org.scenecontexts.api.train.TrainingRun;
import org.scenecontexts.api.train.TrainingStep;
import org.scenecontexts.runtime.checkpoint.CheckpointValues;
import org.scenecontexts.runtime.run.StageFolder;
import org.scenecontexts.runtime.toy.ToyHook;
import org.scenecontexts.runtime.toy.Toys;

/** Which tensors training leaves as they are. The toy network has 0.weight, 1 (a norm), 3.weight, 4 (a norm) and final. */
class FreezeTest {

    private static final Set<String> HEAD = Set.of("final.weight", "final.bias");

    @TempDir
    Path runs;

    /** Keeps the first values, and those after step 2. */
    private static final class Keeping implements TrainingHook {
        private TrainingRun run;

        @Override
        public void begin(TrainingRun newRun) {
            run = newRun;
            run.save("start", Map.of());
        }

        @Override
        public void afterStep(TrainingStep step) {
            if (step.at().iteration() == 2) {
                run.save("two", Map.of());
            }
        }
    }

    private StageFolder train(String freeze) {
        Toys.run(
                runs,
                Toys.TRAIN,
                Toys.catalog(index -> {}, new ToyHook(Keeping::new)),
                1,
                false,
                "stages.learn.iterations=4",
                "stages.learn.hooks=[toy-hook]",
                "stages.learn.freeze=" + freeze);
        return new StageFolder(runs.resolve("toys/learn"));
    }

    private static Set<String> changed(Path from, Path to) {
        CheckpointValues before = CheckpointValues.of(from);
        CheckpointValues after = CheckpointValues.of(to);
        return before.names().stream()
                .filter(name -> !java.util.Arrays.equals(before.values(name), after.values(name)))
                .collect(Collectors.toSet());
    }

    private static Set<String> changed(StageFolder stage) {
        return changed(stage.checkpoint("start"), stage.last());
    }

    @Test
    void aFrozenBackboneStaysToTheBitWithItsStatisticsWhileTheHeadLearns() {
        assertThat(changed(train("[backbone/*]"))).isEqualTo(HEAD);
    }

    @Test
    void aNameStandsForAllThatLiesBelowIt() {
        assertThat(changed(train("[\"0\", final]")))
                .containsExactlyInAnyOrder(
                        "1.weight",
                        "1.bias",
                        "1.running_mean",
                        "1.running_var",
                        "3.weight",
                        "4.weight",
                        "4.bias",
                        "4.running_mean",
                        "4.running_var");
    }

    @Test
    void aStarStandsForAnything() {
        assertThat(changed(train("[\"*weight\"]")))
                .doesNotContain("0.weight", "1.weight", "3.weight", "4.weight", "final.weight")
                .contains("1.bias", "final.bias");
    }

    @Test
    void aNormOfWhichOnlyAPartIsFrozenGoesOnWithBatches() {
        assertThat(changed(train("[1.weight]"))).contains("1.running_mean").doesNotContain("1.weight");
    }

    @Test
    void normsOfFrozenPartsCanGoOnWithBatches() {
        assertThat(changed(train("[{names: backbone/*, norms: batch}]")))
                .contains("1.running_mean", "4.running_var", "final.weight")
                .doesNotContain("1.weight", "0.weight");
    }

    @Test
    void aPartCanBeFrozenAtFirstOnly() {
        StageFolder stage = train("[{names: backbone/*, until: 2}]");
        assertThat(changed(stage.checkpoint("start"), stage.checkpoint("two"))).isEqualTo(HEAD);
        assertThat(changed(stage.checkpoint("two"), stage.last())).contains("0.weight", "1.running_mean");
    }

    @Test
    void aPartCanBeFrozenFromSomeStepOn() {
        StageFolder stage = train("[{names: backbone/*, from: 2}]");
        assertThat(changed(stage.checkpoint("start"), stage.checkpoint("two"))).contains("0.weight");
        assertThat(changed(stage.checkpoint("two"), stage.last())).isEqualTo(HEAD);
    }

    @Test
    void measuringInBetweenDoesNotThaw() {
        Toys.run(
                runs,
                Toys.TRAIN,
                Toys.catalog(index -> {}, new ToyHook(Keeping::new)),
                1,
                false,
                "stages.learn.validation.every=1",
                "stages.learn.hooks=[toy-hook]",
                "stages.learn.freeze=[backbone/*]");
        assertThat(changed(new StageFolder(runs.resolve("toys/learn")))).isEqualTo(HEAD);
    }

    @Test
    void aPatternThatFindsNothingIsRefusedWithTheNamesThatExist() {
        assertThatThrownBy(() -> train("[backbone/*, finall]"))
                .hasMessageContaining("freeze[1]: no parameter is called 'finall' or lies below that")
                .hasMessageContaining("did you mean 'final'?")
                .hasMessageContaining(
                        "there are backbone/0, backbone/1, backbone/3, backbone/4, task/final, and what lies below"
                                + " them");
        assertThat(runs.resolve("toys/learn/checkpoints")).doesNotExist();
    }

    @Test
    void aPartThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> train("[backbon/*]")).hasMessageContaining("no parameter is called 'backbon/*'");
    }

    @Test
    void freezingEverythingInAnyStepIsRefused() {
        assertThatThrownBy(() -> train("[backbone/*, {names: final, from: 3}]"))
                .hasMessageContaining("in step 4 every parameter of the network would be frozen");
    }

    @Test
    void anEmptySpanIsRefused() {
        assertThatThrownBy(() -> train("[{names: final, from: 3, until: 3}]"))
                .hasMessageContaining("'until' must be above 'from', found from 3 until 3");
    }

    @Test
    void frozenParametersGetNoGradient() {
        java.util.List<Set<String>> seen = new java.util.ArrayList<>();
        Toys.run(
                runs,
                Toys.TRAIN,
                Toys.catalog(index -> {}, new ToyHook(() -> new TrainingHook() {
                    @Override
                    public void beforeUpdate(TrainingStep step) {
                        seen.add(step.gradients().parameters().keySet());
                    }
                })),
                1,
                false,
                "stages.learn.iterations=1",
                "stages.learn.hooks=[toy-hook]",
                "stages.learn.freeze=[backbone/*]");
        assertThat(seen).isEqualTo(List.of(HEAD));
    }
}
