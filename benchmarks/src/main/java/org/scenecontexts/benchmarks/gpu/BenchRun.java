package org.scenecontexts.benchmarks.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One process of {@code csc bench}: rows in one way.
 *
 * @param way in which they are computed
 * @param device by which; empty where there is none
 * @param rows names of rows, or parts of names
 * @param why why there is no device
 */
record BenchRun(Way way, Optional<DeviceKeys> device, List<String> rows, String why) {

    private static final List<String> STEPS = List.of(
            Bars.FORWARD,
            Bars.STEP,
            "res16unet34c/step/60k",
            "res16unet34c/maps-given/forward/150k",
            Bars.LARGE_STEP,
            Bars.POINT_STEP,
            "contrastive/scene-contexts/4096");

    private static final List<String> OPERATORS = List.of(
            "conv3/forward/*/60k",
            "conv3/input-gradient/*/60k",
            "conv3/weight-gradient/*/60k",
            "points/",
            "norm/train/96/60k",
            "loss/60k",
            "gemm/1024",
            "sgd/37m");

    /** Measured with rounded operands too. */
    private static final List<String> ROUNDED = List.of(Bars.FORWARD, Bars.STEP, Bars.LARGE_STEP, Bars.POINT_STEP);

    private static final List<String> SMALL_STEPS =
            List.of("res16unet34c/maps-given/step/3k", "pointnet2/step/2x2k", "contrastive/scene-contexts/1024");

    private static final List<String> SMALL_OPERATORS =
            List.of("conv3/forward/32/8k", "points/three-nearest", "gemm/512");

    /** One row is enough to see that a way is there. */
    private static final List<String> SMALL_OTHERS = List.of("gemm/512");

    /** All of them, those first that limits are about. */
    static List<BenchRun> all(Drivers drivers, boolean small) {
        List<BenchRun> runs = new ArrayList<>();
        for (String compute : Way.COMPUTES) {
            List<String> rows =
                    compute.equals(Way.FP32) ? (small ? SMALL_STEPS : STEPS) : small ? SMALL_OTHERS : ROUNDED;
            runs.add(of(drivers, Way.of(drivers.first(), compute), rows));
        }
        runs.add(of(
                drivers,
                Way.of(drivers.first(), Way.BF16).storing(),
                small ? SMALL_OTHERS : List.of(Bars.FORWARD, Bars.STEP)));
        for (String compute : Way.COMPUTES) {
            List<String> rows = small ? SMALL_OTHERS : List.of(Bars.STEP);
            runs.add(of(drivers, Way.of(drivers.first().other(), compute), rows));
        }
        for (String compute : Way.COMPUTES) {
            List<String> rows = small ? SMALL_OTHERS : List.of(Bars.STEP, Bars.POINT_STEP);
            runs.add(of(drivers, Way.of(Driver.CUDA, compute).asGraphs(), rows));
        }
        runs.add(of(drivers, Way.of(drivers.first(), Way.FP32), small ? SMALL_OPERATORS : OPERATORS));
        return runs;
    }

    private static BenchRun of(Drivers drivers, Way way, List<String> rows) {
        return new BenchRun(way, drivers.by(way.driver()).map(device -> device.in(way)), rows, drivers.why());
    }

    /** What becomes of the figures of this run where they could not be measured. */
    void lack(Figures figures, String reason) {
        rows.forEach(row -> figures.lack(way.figure(row), reason));
    }
}
