package org.scenecontexts.benchmarks.gpu;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compares the loss and the gradient of one step with rounded operands with float32's, since rounding is only as good as that of
 * PyTorch, whose own differences stand beside.
 */
record RoundingPart(CscProcess csc, CheckOptions options, DeviceInfo info) implements CheckPart {

    /** Large, so that what a step changes is not lost in what it changes. */
    private static final String STEP = "{ type: sgd, lr: 100, momentum: 0, weight-decay: 0 }";

    /** Changes nothing: the parameters that the step begins with. */
    private static final String NO_STEP = "{ type: sgd, lr: 1.0e-30, momentum: 0, weight-decay: 0 }";

    private static final String NETWORK = "res16unet34c ";

    @Override
    public String title() {
        return "Losses and gradients with rounded operands";
    }

    @Override
    public Outcome check(Figures figures) throws IOException {
        Path before = checkpoint(train("rounding-none", NO_STEP, Way.FP32));
        Path stage = train("rounding-fp32", STEP, Way.FP32);
        Gradient exact = Gradient.of(before, checkpoint(stage));
        double loss = loss(stage);
        List<List<String>> rows = new ArrayList<>();
        for (String compute : Way.COMPUTES.subList(1, Way.COMPUTES.size())) {
            try {
                Path rounded = train("rounding-" + compute, STEP, compute);
                figures.ratio(Bars.ROUNDED + "loss " + compute, Math.abs(loss(rounded) - loss) / Math.abs(loss));
                figures.ratio(
                        Bars.ROUNDED + "gradient " + compute,
                        Gradient.of(before, checkpoint(rounded)).relativeTo(exact));
            } catch (LackingException e) {
                figures.lack(Bars.ROUNDED + "loss " + compute, e.getMessage());
                figures.lack(Bars.ROUNDED + "gradient " + compute, e.getMessage());
            }
            rows.add(row("loss " + compute, figures));
            rows.add(row("gradient " + compute, figures));
        }
        return Outcome.of(
                title(),
                Outcome.Verdict.PASSED,
                "relative differences to fp32 in one step, the gradient as one vector; PyTorch's network begins with other weights"
                        + (options.small() ? "; a small network" : ""),
                List.of("what", "csc", "PyTorch"),
                rows);
    }

    /** Tells that the device has no units for a rounding. */
    private static final class LackingException extends IOException {

        private static final long serialVersionUID = 1L;

        LackingException() {
            super("no matrix units");
        }
    }

    private Path train(String name, String optimizer, String compute) throws IOException {
        RoomTraining training = new RoomTraining(csc, options, info);
        RoomTraining.Plan plan = new RoomTraining.Plan(name, 1, 1, optimizer);
        CscProcess.Said said = training.run(plan, Way.of(info.drivers().first(), compute));
        if (said.code() != 0 && said.said().contains(StepPart.NO_UNITS)) {
            throw new LackingException();
        }
        if (said.code() != 0) {
            throw new IOException(
                    name + " ended with code " + said.code() + ": " + said.end().replace(csc.folder(), "the pack"));
        }
        return training.stage(plan);
    }

    private static Path checkpoint(Path stage) {
        return stage.resolve("checkpoints").resolve("last.safetensors");
    }

    private static double loss(Path stage) throws IOException {
        return TrainingLines.read(stage).all("loss").getFirst();
    }

    private static List<String> row(String what, Figures figures) {
        return List.of(what, text(Bars.ROUNDED + what, figures), text(torch(what), figures));
    }

    /** The name of PyTorch's figure for the same. */
    static String torch(String what) {
        return PeerPart.FIGURE + NETWORK + what + PeerPart.RELATIVE;
    }

    private static String text(String name, Figures figures) {
        return figures.get(name)
                .map(value -> String.format(Locale.ROOT, "%.1e", value))
                .orElseGet(() -> "not measured: " + figures.why(name));
    }
}
