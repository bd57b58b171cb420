package org.scenecontexts.runtime.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.scenecontexts.runtime.hook.FakeRun.measurement;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.runtime.config.InvalidConfigException;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.PipelineLoader;
import org.scenecontexts.runtime.toy.Toys;

class EarlyStoppingTest {

    private final FakeRun run = new FakeRun();

    private EarlyStopping hook(Goal goal, int patience, double margin) {
        EarlyStopping hook = new EarlyStopping(new EarlyStopping.Config(Optional.empty(), goal, patience, margin));
        hook.begin(run);
        return hook;
    }

    private void measure(EarlyStopping hook, double... values) {
        for (double value : values) {
            hook.measured(measurement(1, "accuracy", value));
        }
    }

    @Test
    void stopsAfterSoManyMeasurementsThatAreNotBetter() {
        EarlyStopping hook = hook(Goal.HIGHEST, 2, 0);
        measure(hook, 0.5, 0.6, 0.6);
        assertThat(run.stops).isEmpty();
        measure(hook, 0.55);
        assertThat(run.stops).containsExactly("accuracy was 0.6000 at best and not better in 2 measurements");
    }

    @Test
    void aBetterMeasurementStartsTheCountAgain() {
        measure(hook(Goal.HIGHEST, 2, 0), 0.5, 0.4, 0.6, 0.5, 0.7, 0.6);
        assertThat(run.stops).isEmpty();
    }

    @Test
    void whatIsBetterByLessThanTheMarginIsNotBetter() {
        measure(hook(Goal.HIGHEST, 2, 0.1), 0.5, 0.55, 0.59);
        assertThat(run.stops).hasSize(1);
    }

    @Test
    void theLowestCanBeTheBest() {
        measure(hook(Goal.LOWEST, 1, 0), 0.5, 0.4, 0.3);
        assertThat(run.stops).isEmpty();
    }

    @Test
    void whatIsNoNumberIsNeverBetter() {
        measure(hook(Goal.HIGHEST, 2, 0), Double.NaN, Double.NaN);
        assertThat(run.stops).hasSize(1);
    }

    @Test
    void goesOnCountingAfterAResume() {
        EarlyStopping before = hook(Goal.HIGHEST, 2, 0);
        measure(before, 0.1 + 0.2, 0.1);
        EarlyStopping after = hook(Goal.HIGHEST, 2, 0);
        after.restore(before.notes());
        measure(after, 0.1 + 0.2);
        assertThat(run.stops).hasSize(1);
    }

    @Test
    void aFigureThatIsNotMeasuredIsRefusedWithThoseThatAre() {
        EarlyStopping hook = new EarlyStopping(new EarlyStopping.Config(Optional.of("miuo"), Goal.HIGHEST, 2, 0));
        assertThatThrownBy(() -> measure(hook, 1)).hasMessage("the figure 'miuo' was not measured; there are accuracy");
    }

    @Test
    void aPipelineWithoutValidationIsRefusedBeforeItRuns() {
        String yaml = Toys.TRAIN.replaceAll("validation: .*", "").replaceFirst("hooks: .*", "hooks: [early-stopping]");
        assertThatThrownBy(() -> new PipelineLoader(Toys.catalog(index -> {}), Map.of())
                        .load(SourceText.of("toys", yaml), List.of())
                        .orThrow())
                .isInstanceOfSatisfying(
                        InvalidConfigException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::message)
                                .containsExactly("the hook 'early-stopping' looks at measurements, but the stage has no"
                                        + " 'validation'"));
    }

    @Test
    void endsATrainingThatStillCountsAsFinished(@TempDir Path runs) {
        Toys.run(runs, Toys.ALL, "stages.learn.hooks=[{type: early-stopping, patience: 1, margin: 1}]");
        assertThat(Json.read(runs.resolve("toys/learn/metrics.json")).orElseThrow())
                .containsEntry("iterations", 12)
                .hasEntrySatisfying("stopped", why -> assertThat(why).asString().startsWith("accuracy was "));
        assertThat(runs.resolve("toys/measure/metrics.json")).exists();
    }
}
