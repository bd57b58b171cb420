package org.scenecontexts.runtime.optim;

import java.util.List;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.optim.Schedule;
import org.scenecontexts.api.optim.ScheduleFactory;

/**
 * Schedules that only depend on the steps made, not on the length of the training: constant, exponential, step and
 * multi-step.
 *
 * @since 0.1
 */
public final class DecaySchedules {

    private static final String WARMUP = "Steps over which the rate rises to its start first; 0 for none.";

    private DecaySchedules() {}

    /** {@code schedule: constant}. */
    @Extension
    public static final class Constant implements ScheduleFactory<Constant.Config> {

        public record Config(
                @Doc(WARMUP) @Default("0") @Min(0) int warmup) {}

        @Override
        public String name() {
            return "constant";
        }

        @Override
        public String summary() {
            return "The optimizer's own rate throughout.";
        }

        @Override
        public Schedule create(Config config, Context context) {
            return Warmup.before(config.warmup(), done -> 1);
        }
    }

    /**
     * {@code schedule: exponential}: {@code gamma ^ (s / step-size)} (REFERENCE 6.1), or in stairs with a first stair of
     * another length, as in the published pre-training (REFERENCE 4.5).
     */
    @Extension
    public static final class Exponential implements ScheduleFactory<Exponential.Config> {

        public record Config(
                @Doc("Factor per step-size steps.") @Default("0.95") @Positive @Max(1)
                double gamma,

                @Doc("Steps over which the rate falls by gamma.") @Default("445") @Min(1)
                int stepSize,

                @Doc("Whether the rate falls by gamma at once after every step-size steps instead of a little at each.")
                @Default("false")
                boolean stairs,

                @Doc("With stairs: fall once more right after this many steps. Published pre-training: gamma 0.99,"
                        + " step-size 1000, stairs true, lag 1; 0 for none.")
                @Default("0")
                @Min(0)
                int lag,

                @Doc(WARMUP) @Default("0") @Min(0) int warmup) {

            /** @throws IllegalArgumentException for a lag without stairs */
            public Config {
                if (lag > 0 && !stairs) {
                    throw new IllegalArgumentException(
                            "lag is for stairs only, found lag " + lag + " with stairs false; set stairs: true");
                }
            }
        }

        @Override
        public String name() {
            return "exponential";
        }

        @Override
        public String summary() {
            return "Falls by a factor per so many steps, smoothly or in stairs (published pre-training).";
        }

        @Override
        public Schedule create(Config config, Context context) {
            return Warmup.before(config.warmup(), done -> {
                if (!config.stairs()) {
                    return Math.pow(config.gamma(), (double) done / config.stepSize());
                }
                long falls = done / config.stepSize() + (config.lag() > 0 && done >= config.lag() ? 1 : 0);
                return Math.pow(config.gamma(), falls);
            });
        }
    }

    /** {@code schedule: step} (REFERENCE 6.1). */
    @Extension
    public static final class Step implements ScheduleFactory<Step.Config> {

        public record Config(
                @Doc("Steps between two falls.") @Default("20000") @Min(1)
                int stepSize,

                @Doc("Factor of each fall.") @Default("0.1") @Positive @Max(1)
                double gamma,

                @Doc(WARMUP) @Default("0") @Min(0) int warmup) {}

        @Override
        public String name() {
            return "step";
        }

        @Override
        public String summary() {
            return "Falls by a factor after every so many steps.";
        }

        @Override
        public Schedule create(Config config, Context context) {
            return Warmup.before(config.warmup(), done -> Math.pow(config.gamma(), done / config.stepSize()));
        }
    }

    /** {@code schedule: multi-step} (REFERENCE 8.7 with milestones in steps). */
    @Extension
    public static final class MultiStep implements ScheduleFactory<MultiStep.Config> {

        public record Config(
                @Doc(
                        "Steps after which the rate falls, rising numbers; none above 1 if they are shares of the training.")
                @Default("[0.45, 0.67, 0.89]")
                List<Double> milestones,

                @Doc("Factor of each fall.") @Default("0.1") @Positive @Max(1)
                double gamma,

                @Doc(WARMUP) @Default("0") @Min(0) int warmup) {

            /** @throws IllegalArgumentException unless the milestones rise from above 0 */
            public Config {
                milestones = List.copyOf(milestones);
                double last = 0;
                for (double milestone : milestones) {
                    if (!(milestone > last)) {
                        throw new IllegalArgumentException("milestones must rise and be above 0, found " + milestones);
                    }
                    last = milestone;
                }
            }
        }

        @Override
        public String name() {
            return "multi-step";
        }

        @Override
        public String summary() {
            return "Falls by a factor at chosen steps, or at chosen shares of the training (published detection).";
        }

        @Override
        public Schedule create(Config config, Context context) {
            List<Double> milestones = config.milestones();
            boolean shares = !milestones.isEmpty() && milestones.getLast() <= 1;
            double unit = shares ? context.iterations() : 1;
            return Warmup.before(config.warmup(), done -> {
                long passed = milestones.stream()
                        .filter(m -> done >= Math.round(m * unit))
                        .count();
                return Math.pow(config.gamma(), passed);
            });
        }
    }
}
