package org.scenecontexts.runtime.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.optim.Schedule;
import org.scenecontexts.api.optim.ScheduleFactory;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

class ScheduleTest {

    private static final Offset<Double> EXACT = within(1e-12);

    /** With what the published program was run for the golden figures. */
    private static final int GOLDEN_ITERATIONS = 200;

    private static final int GOLDEN_STEP = 20;

    private static ScheduleFactory.Context of(long iterations) {
        return new ScheduleFactory.Context(iterations);
    }

    private static void follows(Schedule schedule, String name) {
        double[] expected = Npz.readAll(TestFiles.golden("optim.npz")).get(name).doubles();
        for (int s = 0; s < expected.length; s++) {
            assertThat(0.8 * schedule.factor(s)).as("step %d", s).isCloseTo(expected[s], within(1e-9));
        }
    }

    @Test
    void polyFollowsThePublishedProgram() {
        follows(
                new SpanSchedules.Poly().create(new SpanSchedules.Poly.Config(0.9, 0), of(GOLDEN_ITERATIONS)),
                "lr_PolyLR");
    }

    @Test
    void squaredFollowsThePublishedProgram() {
        follows(
                new SpanSchedules.Squared().create(new SpanSchedules.Squared.Config(0), of(GOLDEN_ITERATIONS)),
                "lr_SquaredLR");
    }

    @Test
    void exponentialFollowsThePublishedProgram() {
        // The program was run with 445 / 10 steps per fall by 0.95.
        follows(
                new DecaySchedules.Exponential()
                        .create(new DecaySchedules.Exponential.Config(Math.pow(0.95, 10), 445, false, 0, 0), of(200)),
                "lr_ExpLR");
    }

    @Test
    void stepFollowsThePublishedProgram() {
        follows(
                new DecaySchedules.Step().create(new DecaySchedules.Step.Config(GOLDEN_STEP, 0.1, 0), of(200)),
                "lr_StepLR");
    }

    /** REFERENCE 13 item 5 with steps counted from 1 there, steps made before it here. */
    @Test
    void polyOverTwentyThousandSteps() {
        Schedule poly = new SpanSchedules.Poly().create(new SpanSchedules.Poly.Config(0.9, 0), of(20_000));
        assertThat(0.8 * poly.factor(0)).isEqualTo(0.8);
        assertThat(0.8 * poly.factor(1)).isCloseTo(0.79996400, within(5e-9));
        assertThat(0.8 * poly.factor(9_999)).isCloseTo(0.42876726, within(5e-9));
        assertThat(0.8 * poly.factor(19_999)).isCloseTo(0.00020094, within(5e-9));
    }

    /** REFERENCE 13 item 4. */
    @Test
    void preTrainingFallsAfterTheFirstStepAndAfterEveryThousand() {
        Schedule stairs = new DecaySchedules.Exponential()
                .create(new DecaySchedules.Exponential.Config(0.99, 1000, true, 1, 0), of(100_000));
        assertThat(0.1 * stairs.factor(0)).isCloseTo(0.1, EXACT);
        assertThat(0.1 * stairs.factor(1)).isCloseTo(0.099, EXACT);
        assertThat(0.1 * stairs.factor(999)).isCloseTo(0.099, EXACT);
        assertThat(0.1 * stairs.factor(1000)).isCloseTo(0.09801, EXACT);
        assertThat(0.1 * stairs.factor(1999)).isCloseTo(0.09801, EXACT);
        assertThat(0.1 * stairs.factor(2000)).isCloseTo(0.0970299, EXACT);
        assertThat(0.1 * stairs.factor(99_999)).isCloseTo(0.0366032, within(5e-8));
    }

    @Test
    void stairsWithoutLagFallAfterWholeStairsOnly() {
        Schedule stairs = new DecaySchedules.Exponential()
                .create(new DecaySchedules.Exponential.Config(0.5, 10, true, 0, 0), of(100));
        assertThat(stairs.factor(9)).isEqualTo(1);
        assertThat(stairs.factor(10)).isEqualTo(0.5);
    }

    @Test
    void lagWithoutStairsIsRefused() {
        assertThatThrownBy(() -> new DecaySchedules.Exponential.Config(0.5, 10, false, 1, 0))
                .hasMessageContaining("set stairs: true");
    }

    @Test
    void multiStepTakesStepsOrShares() {
        for (List<Double> milestones : List.of(List.of(80.0, 120.0, 160.0), List.of(0.4, 0.6, 0.8))) {
            Schedule schedule = new DecaySchedules.MultiStep()
                    .create(new DecaySchedules.MultiStep.Config(milestones, 0.1, 0), of(200));
            assertThat(schedule.factor(79)).isEqualTo(1);
            assertThat(schedule.factor(80)).isCloseTo(0.1, EXACT);
            assertThat(schedule.factor(120)).isCloseTo(0.01, EXACT);
            assertThat(schedule.factor(199)).isCloseTo(0.001, EXACT);
        }
    }

    @Test
    void milestonesMustRise() {
        assertThatThrownBy(() -> new DecaySchedules.MultiStep.Config(List.of(5.0, 3.0), 0.1, 0))
                .hasMessageContaining("[5.0, 3.0]");
    }

    @Test
    void cosineFallsAlongHalfACosine() {
        Schedule cosine = new SpanSchedules.Cosine().create(new SpanSchedules.Cosine.Config(0.1, 0), of(100));
        assertThat(cosine.factor(0)).isEqualTo(1);
        assertThat(cosine.factor(50)).isCloseTo(0.55, EXACT);
        assertThat(cosine.factor(100)).isCloseTo(0.1, EXACT);
        assertThat(cosine.factor(1000)).isCloseTo(0.1, EXACT);
    }

    /** Figures of PyTorch's OneCycleLR(max_lr=1, total_steps=10). */
    @Test
    void oneCycleRisesAndFallsAsInPyTorch() {
        Schedule cycle = new SpanSchedules.OneCycle().create(new SpanSchedules.OneCycle.Config(0.3, 25, 1e4), of(10));
        assertThat(cycle.factor(0)).isCloseTo(0.04, EXACT);
        assertThat(cycle.factor(1)).isCloseTo(0.52, EXACT);
        assertThat(cycle.factor(2)).isCloseTo(1, EXACT);
        assertThat(cycle.factor(3)).isCloseTo(0.9504846320134737, within(1e-6));
        assertThat(cycle.factor(9)).isCloseTo(4e-6, EXACT);
    }

    @Test
    void constantIsConstant() {
        Schedule constant = new DecaySchedules.Constant().create(new DecaySchedules.Constant.Config(0), of(10));
        assertThat(constant.factor(0)).isEqualTo(1);
        assertThat(constant.factor(1_000_000)).isEqualTo(1);
    }

    @Test
    void warmupRisesToTheStartAndTheScheduleEndsInTime() {
        Schedule poly = new SpanSchedules.Poly().create(new SpanSchedules.Poly.Config(1, 4), of(24));
        assertThat(poly.factor(0)).isCloseTo(0.2, EXACT);
        assertThat(poly.factor(3)).isCloseTo(0.8, EXACT);
        assertThat(poly.factor(4)).isEqualTo(1);
        assertThat(poly.factor(24)).isCloseTo(1 - 20 / 21.0, EXACT);
    }

    @Test
    void noScheduleIsNegativeAfterTheEnd() {
        Schedule poly = new SpanSchedules.Poly().create(new SpanSchedules.Poly.Config(0.9, 0), of(10));
        assertThat(poly.factor(11)).isZero();
        assertThat(poly.factor(500)).isZero();
    }
}
