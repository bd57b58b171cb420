package org.scenecontexts.benchmarks.gpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scenecontexts.runtime.log.Json;

/** Times whole steps of the published networks and single operators on the device, by {@code csc bench}. */
record StepPart(CscProcess csc, CheckOptions options) implements CheckPart {

    private static final double MEBI = 1 << 20;

    private static final List<String> ROWS = List.of(
            "res16unet34c/maps-given/forward/60k",
            "res16unet34c/maps-given/step/60k",
            "res16unet34c/step/60k",
            "res16unet34c/maps-given/forward/150k",
            "res16unet34c/maps-given/step/150k",
            "pointnet2/step/8x20k",
            "contrastive/scene-contexts/4096",
            "conv3/forward/*/60k",
            "conv3/input-gradient/*/60k",
            "conv3/weight-gradient/*/60k",
            "points/",
            "norm/train/96/60k",
            "loss/60k",
            "gemm/1024",
            "sgd/37m");

    private static final List<String> SMALL_ROWS = List.of(
            "res16unet34c/maps-given/step/3k",
            "pointnet2/step/2x2k",
            "contrastive/scene-contexts/1024",
            "conv3/forward/32/8k",
            "points/three-nearest",
            "gemm/512");

    @Override
    public String title() {
        return "Steps and operators";
    }

    @Override
    public Outcome check(Figures figures) throws IOException {
        Path json = options.work().resolve("bench.json");
        Files.deleteIfExists(json);
        Path rooms = options.pack().resolve("goldens").resolve("rooms");
        List<String> arguments = new ArrayList<>(List.of(
                "bench",
                "--full",
                "--device",
                options.device(),
                "--clouds",
                rooms.toString(),
                "--only",
                String.join(",", options.small() ? SMALL_ROWS : ROWS),
                "--json",
                json.toString()));
        if (options.small()) {
            arguments.addAll(List.of("--runs", "1"));
        }
        CscProcess.Said said = csc.csc(arguments.toArray(String[]::new));
        if (said.code() != 0) {
            return Outcome.of(
                    title(),
                    Outcome.Verdict.FAILED,
                    "csc bench ended with code " + said.code() + ": "
                            + said.end().replace(csc.folder(), "the pack"));
        }
        Map<String, Object> found = Json.read(json).orElseThrow();
        List<List<String>> rows = new ArrayList<>();
        for (Object each : (List<?>) found.get("rows")) {
            rows.add(row((Map<?, ?>) each, figures));
        }
        String clouds = Files.exists(rooms.resolve("room60k.npz"))
                ? "the recorded rooms (60k has 61,248 voxels, 150k 148,571)"
                : "rooms of the same sizes that the program made, as the recorded ones are not here";
        return Outcome.of(
                title(),
                Outcome.Verdict.PASSED,
                "medians; each run is waited for; clouds: " + clouds,
                List.of("what", "median, ms", "best, ms", "runs", "GFLOP/s", "buffers on the device, MiB"),
                rows);
    }

    private static List<String> row(Map<?, ?> row, Figures figures) {
        double milliseconds = number(row, "seconds") * 1e3;
        figures.put(String.valueOf(row.get("name")), milliseconds);
        double flops = number(row, "flops_per_second");
        return List.of(
                String.valueOf(row.get("name")),
                text(milliseconds),
                text(number(row, "best_seconds") * 1e3),
                String.valueOf(row.get("runs")),
                flops > 0 ? text(flops / 1e9) : "",
                text(number(row, "pool_bytes") / MEBI));
    }

    private static double number(Map<?, ?> row, String name) {
        return row.get(name) instanceof Number value ? value.doubleValue() : Double.NaN;
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 1 ? "%.2f" : "%.3f", value);
    }
}
