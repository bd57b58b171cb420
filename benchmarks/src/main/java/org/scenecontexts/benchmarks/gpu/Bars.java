package org.scenecontexts.benchmarks.gpu;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that an H100 shall show, with the limits of this project's specification.
 *
 * @param first the driver by which the card is reached where a limit does not say one
 */
record Bars(Driver first) {

    /** The training step that most limits are about. */
    static final String STEP = "res16unet34c/maps-given/step/60k";

    static final String FORWARD = "res16unet34c/maps-given/forward/60k";
    static final String LARGE_STEP = "res16unet34c/maps-given/step/150k";
    static final String POINT_STEP = "pointnet2/step/8x20k";

    /** The same of whole runs. */
    static final String RUN = "csc run/";

    /** How far below the mean of float32 a short training has ended, in spreads of float32's seeds. */
    static final String SPREADS = "short training/spreads/";

    /** How far rounded operands take a loss or a gradient from float32's. */
    static final String ROUNDED = "rounded/";

    private static final double TIMES_EAGER = 3;
    private static final double TIMES_GRAPH = 2.4;
    private static final double RATE_OF_RUN = 0.9;

    /** Both gradients are of one step, with other weights each. */
    private static final double GRADIENT_AS_NEAR = 2;

    /** The same of losses, which are one number each: by chance one of two equally near ones is much nearer. */
    private static final double LOSS_AS_NEAR = 10;

    /** Voxels of the larger room over those of the smaller. */
    private static final double LARGER = 148571.0 / 61248;

    /** Limits of one compute mode, in milliseconds. */
    private record Limits(String compute, double opencl, double cuda, double graphs, double forward, double farGoal) {

        double stream(Driver driver) {
            return driver == Driver.CUDA ? cuda : opencl;
        }

        String label() {
            return Way.label(compute);
        }
    }

    private static final List<Limits> LIMITS = List.of(
            new Limits("fp32", 20, 19, 18, 6.5, 8.0),
            new Limits("tf32", 11, 10, 9, 3, 2.2),
            new Limits("bf16", 7.5, 7, 6, 2, 1.3));

    /** All of them, in the order of the page. */
    List<Bar> all() {
        List<Bar> bars = new ArrayList<>();
        for (Driver driver : Driver.values()) {
            for (Limits limits : LIMITS) {
                Way way = Way.of(driver, limits.compute());
                bars.add(Bar.most(step(way), way.figure(STEP), limits.stream(driver)));
            }
        }
        Way stored = Way.of(first, Way.BF16).storing();
        bars.add(Bar.most(step(stored), stored.figure(STEP), LIMITS.getLast().stream(first)));
        for (Limits limits : LIMITS) {
            Way way = Way.of(Driver.CUDA, limits.compute()).asGraphs();
            bars.add(Bar.most(step(way), way.figure(STEP), limits.graphs()));
        }
        for (Limits limits : LIMITS) {
            Way way = way(limits);
            bars.add(Bar.most("evaluation forward, " + way.text(), way.figure(FORWARD), limits.forward()));
        }
        LIMITS.forEach(limits -> addPeers(bars, limits));
        for (Limits limits : LIMITS) {
            bars.add(Bar.most(
                    "148,571 voxels in proportion: training step, "
                            + way(limits).text(),
                    way(limits).figure(LARGE_STEP),
                    limits.stream(first) * LARGER));
        }
        LIMITS.forEach(limits -> bars.add(Bar.faster(
                "PointNet++, batch 8 of 20,000 points: training step against PyTorch, " + limits.label(),
                way(limits).figure(POINT_STEP),
                torch("pointnet2 step " + limits.compute()),
                1)));
        bars.add(Bar.faster(
                "contrastive loss of 4,096 points, forward and backward, against PyTorch, fp32",
                Way.of(first, Way.FP32).figure("contrastive/scene-contexts/4096"),
                torch("contrastive 4096 fp32"),
                1));
        addTrainings(bars);
        LIMITS.forEach(
                limits -> bars.add(Bar.farGoal(step(way(limits)), way(limits).figure(STEP), limits.farGoal())));
        return bars;
    }

    private void addPeers(List<Bar> bars, Limits limits) {
        String ours = way(limits).figure(STEP);
        String theirs = torch("res16unet34c step " + limits.compute());
        String name = limits.label();
        bars.add(Bar.faster("training step against PyTorch's best eager form, " + name, ours, theirs, TIMES_EAGER));
        bars.add(Bar.faster("the same against its graph, " + name, ours, theirs + ", graph", TIMES_GRAPH));
    }

    private void addTrainings(List<Bar> bars) {
        for (Limits limits : LIMITS) {
            String step = way(limits).figure(STEP);
            bars.add(Bar.rate(
                    "csc run as a whole against the bare step, " + way(limits).text(), RUN + step, step, RATE_OF_RUN));
        }
        for (Limits limits : LIMITS.subList(1, LIMITS.size())) {
            bars.add(near("loss", limits, LOSS_AS_NEAR));
            bars.add(near("gradient", limits, GRADIENT_AS_NEAR));
            bars.add(Bar.spreads("mIoU after a short training, " + limits.label(), SPREADS + limits.compute(), 1));
        }
    }

    private static Bar near(String what, Limits limits, double times) {
        String name = what + " " + limits.compute();
        return Bar.near(
                "relative difference of the " + what + " to fp32's, " + limits.label(),
                ROUNDED + name,
                RoundingPart.torch(name),
                times);
    }

    private Way way(Limits limits) {
        return Way.of(first, limits.compute());
    }

    private static String step(Way way) {
        return "Res16UNet34C, 61,248 voxels, maps given: training step, " + way.text();
    }

    private static String torch(String name) {
        return PeerPart.FIGURE + name;
    }
}
