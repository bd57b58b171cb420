package org.scenecontexts.runtime.optim;

import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.optim.Schedule;
import org.scenecontexts.api.optim.ScheduleFactory;

/**
 * Schedules that span the whole training: poly, squared, cosine and one-cycle.
 *
 * @since 0.1
 */
public final class SpanSchedules {

    private static final String WARMUP = "Steps over which the rate rises to its start first; 0 for none.";

    private SpanSchedules() {}

    /** {@code (1 - s / (iterations + 1)) ^ power} (REFERENCE 6.1, 13 item 5). */
    private static Schedule poly(double power, int warmup, long iterations) {
        double span = Warmup.rest(iterations, warmup) + 1.0;
        return Warmup.before(warmup, done -> Math.pow(Math.max(0, 1 - done / span), power));
    }

    /** {@code schedule: poly}. */
    @Extension
    public static final class Poly implements ScheduleFactory<Poly.Config> {

        public record Config(
                @Doc("Power of the share of the training that is left.") @Default("0.9") @Positive
                double power,

                @Doc(WARMUP) @Default("0") @Min(0) int warmup) {}

        @Override
        public String name() {
            return "poly";
        }

        @Override
        public String summary() {
            return "Falls to zero at the end, almost in a straight line; published for all fine-tuning.";
        }

        @Override
        public Schedule create(Config config, Context context) {
            return poly(config.power(), config.warmup(), context.iterations());
        }
    }

    /** {@code schedule: squared}: poly with power 2. */
    @Extension
    public static final class Squared implements ScheduleFactory<Squared.Config> {

        public record Config(
                @Doc(WARMUP) @Default("0") @Min(0) int warmup) {}

        @Override
        public String name() {
            return "squared";
        }

        @Override
        public String summary() {
            return "Falls to zero as the square of the share of the training that is left.";
        }

        @Override
        public Schedule create(Config config, Context context) {
            return poly(2, config.warmup(), context.iterations());
        }
    }

    /** {@code schedule: cosine}. */
    @Extension
    public static final class Cosine implements ScheduleFactory<Cosine.Config> {

        public record Config(
                @Doc("Share of the rate that is left at the end.") @Default("0") @Min(0) @Max(1)
                double floor,

                @Doc(WARMUP) @Default("0") @Min(0) int warmup) {}

        @Override
        public String name() {
            return "cosine";
        }

        @Override
        public String summary() {
            return "Falls along half a cosine: slowly at first and at the end.";
        }

        @Override
        public Schedule create(Config config, Context context) {
            double span = Warmup.rest(context.iterations(), config.warmup());
            return Warmup.before(config.warmup(), done -> {
                double way = Math.min(1, done / span);
                return config.floor() + (1 - config.floor()) * (1 + Math.cos(Math.PI * way)) / 2;
            });
        }
    }

    /** {@code schedule: one-cycle}: PyTorch's OneCycleLR with cosine branches. */
    @Extension
    public static final class OneCycle implements ScheduleFactory<OneCycle.Config> {

        public record Config(
                @Doc("Share of the training over which the rate rises.") @Default("0.3") @Positive @Max(1)
                double rise,

                @Doc("The rate starts at the optimizer's over this.") @Default("25") @Min(1)
                double startDivisor,

                @Doc("The rate ends at its start over this.") @Default("1e4") @Min(1)
                double endDivisor) {}

        @Override
        public String name() {
            return "one-cycle";
        }

        @Override
        public String summary() {
            return "Rises to the optimizer's rate, then falls to almost nothing; good for short trainings.";
        }

        @Override
        public Schedule create(Config config, Context context) {
            double start = 1 / config.startDivisor();
            double end = start / config.endDivisor();
            double top = config.rise() * context.iterations() - 1;
            double last = Math.max(context.iterations() - 1, 1);
            return done -> done <= top
                    ? between(start, 1, top <= 0 ? 1 : done / top)
                    : between(1, end, Math.min(1, (done - top) / Math.max(last - top, 1e-9)));
        }

        private static double between(double from, double to, double way) {
            return to + (from - to) * (1 + Math.cos(Math.PI * way)) / 2;
        }
    }
}
