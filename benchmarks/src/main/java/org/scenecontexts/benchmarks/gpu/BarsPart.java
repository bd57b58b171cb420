package org.scenecontexts.benchmarks.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Sets what was measured beside what an H100 shall show: most milliseconds, or times as fast as PyTorch. What was not measured
 * says so; a rehearsal has measured nothing.
 */
record BarsPart(CheckOptions options) implements CheckPart {

    private static final String STEP = "res16unet34c/maps-given/step/60k";
    private static final String FORWARD = "res16unet34c/maps-given/forward/60k";
    private static final String NOT_MEASURED = "not measured";

    /**
     * A figure that is wanted.
     *
     * @param what in words
     * @param figure name of the time
     * @param over name of the time that it is compared with; none where the limit is milliseconds
     * @param limit most milliseconds, or least quotient
     */
    private record Bar(String what, String figure, Optional<String> over, double limit) {

        static Bar most(String what, String figure, double milliseconds) {
            return new Bar(what, figure, Optional.empty(), milliseconds);
        }

        static Bar faster(String what, String figure, String over, double times) {
            return new Bar(what, figure, Optional.of(over), times);
        }

        String wanted() {
            return over.isEmpty() ? "at most " + number(limit) + " ms" : "at least " + number(limit) + " times as fast";
        }

        Optional<Double> found(Figures figures) {
            Optional<Double> own = figures.get(figure);
            return over.isEmpty()
                    ? own
                    : own.flatMap(ms -> figures.get(over.get()).map(other -> other / ms));
        }

        boolean met(double value) {
            return over.isEmpty() ? value <= limit : value >= limit;
        }

        String text(double value) {
            return over.isEmpty() ? number(value) + " ms" : number(value) + " times";
        }

        private static String number(double value) {
            return value == Math.rint(value)
                    ? String.format(Locale.ROOT, "%.0f", value)
                    : String.format(Locale.ROOT, "%.2f", value).replaceAll("0$", "");
        }
    }

    private static List<Bar> bars() {
        return List.of(
                Bar.most("Res16UNet34C, 61,248 voxels, maps given: training step, fp32, OpenCL", STEP, 20),
                Bar.most("the same, TF32", STEP + "/tf32", 11),
                Bar.most("the same, bf16", STEP + "/bf16", 7.5),
                Bar.most("the same step on a CUDA stream, fp32", STEP + "/cuda/fp32", 19),
                Bar.most("the same, TF32", STEP + "/cuda/tf32", 10),
                Bar.most("the same, bf16", STEP + "/cuda/bf16", 7),
                Bar.most("evaluation forward, fp32", FORWARD, 6.5),
                Bar.most("the same, TF32", FORWARD + "/tf32", 3),
                Bar.most("the same, bf16", FORWARD + "/bf16", 2),
                Bar.faster(
                        "training step against PyTorch's best eager form, fp32",
                        STEP,
                        "torch/res16unet34c step fp32",
                        3),
                Bar.faster("the same against its graph", STEP, "torch/res16unet34c step fp32, graph", 2.4),
                Bar.most(
                        "148,571 voxels in proportion: training step, fp32", "res16unet34c/maps-given/step/150k", 48.5),
                Bar.faster(
                        "PointNet++, batch 8 of 20,000 points: training step against PyTorch, fp32",
                        "pointnet2/step/8x20k",
                        "torch/pointnet2 step fp32",
                        1),
                Bar.faster(
                        "contrastive loss of 4,096 points, forward and backward, against PyTorch, fp32",
                        "contrastive/scene-contexts/4096",
                        "torch/contrastive 4096 fp32",
                        1));
    }

    @Override
    public String title() {
        return "What an H100 shall show";
    }

    @Override
    public Outcome check(Figures figures) {
        List<List<String>> rows = new ArrayList<>();
        int missed = 0;
        int measured = 0;
        for (Bar bar : bars()) {
            Optional<Double> found = options.small() ? Optional.empty() : bar.found(figures);
            boolean met = found.filter(bar::met).isPresent();
            measured += found.isPresent() ? 1 : 0;
            missed += found.isPresent() && !met ? 1 : 0;
            rows.add(List.of(
                    bar.what(),
                    bar.wanted(),
                    found.map(bar::text).orElse(NOT_MEASURED),
                    found.isEmpty() ? "" : met ? "met" : "missed"));
        }
        rows.add(List.of("csc run as a whole against the bare step", "90% of its rate", NOT_MEASURED, ""));
        rows.add(List.of(
                "a short training in TF32 and bf16", "within the seed spread of fp32's mIoU", NOT_MEASURED, ""));
        return Outcome.of(
                title(),
                measured == 0
                        ? Outcome.Verdict.NOT_DONE
                        : missed == 0 ? Outcome.Verdict.PASSED : Outcome.Verdict.FAILED,
                options.small()
                        ? "no card was at hand: a rehearsal with small sizes measures none of these"
                        : measured + " measured, " + missed
                                + " missed; on another card they are no more than a comparison",
                List.of("what", "wanted", "found", ""),
                rows);
    }
}
