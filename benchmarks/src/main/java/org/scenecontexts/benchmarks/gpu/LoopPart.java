package org.scenecontexts.benchmarks.gpu;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures the training loop as a whole, with everything that {@code csc run} does around a step (loading, voxels, maps, running
 * statistics, gradient norm, finite check, log), on the batch and the network whose bare step {@code csc bench} has timed.
 */
record LoopPart(CscProcess csc, CheckOptions options, DeviceInfo info) implements CheckPart {

    private static final double MILLI = 1e3;
    private static final int ITERATIONS = 200;
    private static final int SMALL_ITERATIONS = 6;
    private static final int EVERY = 10;
    private static final String OPTIMIZER = "{ type: sgd, lr: 0.001 }";

    @Override
    public String title() {
        return "The training loop as a whole";
    }

    @Override
    public Outcome check(Figures figures) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean passed = true;
        for (String compute : Way.COMPUTES) {
            passed &= train(Way.of(info.drivers().first(), compute), rows, figures);
        }
        return Outcome.of(
                title(),
                passed ? Outcome.Verdict.PASSED : Outcome.Verdict.FAILED,
                String.format(
                        Locale.ROOT,
                        "csc run of %d steps; from one step to the next by the clock, the median of the second half%s",
                        options.small() ? SMALL_ITERATIONS : ITERATIONS,
                        options.small() ? "; a small network" : ""),
                List.of("what", "csc run, ms", "waiting for data, ms", "the bare step, ms", "rate of csc run"),
                rows);
    }

    private boolean train(Way way, List<List<String>> rows, Figures figures) throws IOException {
        RoomTraining training = new RoomTraining(csc, options, info);
        RoomTraining.Plan plan = new RoomTraining.Plan(
                "loop-" + way.compute(),
                options.small() ? SMALL_ITERATIONS : ITERATIONS,
                options.small() ? 1 : EVERY,
                OPTIMIZER);
        String step = way.figure(training.step());
        CscProcess.Said said = training.run(plan, way);
        if (said.code() != 0) {
            boolean lacking = said.said().contains(StepPart.NO_UNITS);
            String reason = lacking ? "no matrix units" : "csc run ended with code " + said.code();
            figures.lack(Bars.RUN + step, reason);
            String end = said.end().replace(csc.folder(), "the pack");
            rows.add(List.of(step, "not measured: " + (lacking ? reason : reason + ": " + end), "", "", ""));
            return lacking;
        }
        TrainingLines lines = TrainingLines.read(training.stage(plan));
        double run = lines.secondsPerStep() * MILLI;
        figures.put(Bars.RUN + step, run);
        Optional<Double> bare = figures.get(step);
        rows.add(List.of(
                step,
                text(run),
                text(lines.median("data_seconds") * MILLI),
                bare.map(LoopPart::text).orElse("not measured"),
                bare.map(ms -> String.format(Locale.ROOT, "%.0f%%", 100 * ms / run))
                        .orElse("")));
        return true;
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
    }
}
