package org.scenecontexts.benchmarks.gpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.DeviceOption;

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

    /** Measured with rounded operands too. */
    private static final List<String> ROUNDED_ROWS =
            List.of("res16unet34c/maps-given/forward/60k", "res16unet34c/maps-given/step/60k");

    private static final List<String> SMALL_ROUNDED_ROWS = List.of("gemm/512");

    /** What a device without matrix units says of rounded operands. */
    private static final String NO_UNITS = "needs the matrix units";

    /** Columns of the table behind the first. */
    private static final int FIGURES = 5;

    @Override
    public String title() {
        return "Steps and operators";
    }

    @Override
    public Outcome check(Figures figures) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        String device = options.device();
        CscProcess.Said said = bench(device, options.small() ? SMALL_ROWS : ROWS, "", rows, figures);
        boolean passed = said.code() == 0;
        for (String compute : List.of("tf32", "bf16")) {
            if (passed) {
                said = bench(
                        computing(device, compute),
                        options.small() ? SMALL_ROUNDED_ROWS : ROUNDED_ROWS,
                        "/" + compute,
                        rows,
                        figures);
                boolean lacking = said.code() != 0 && said.said().contains(NO_UNITS);
                if (lacking) {
                    List<String> row = new ArrayList<>(List.of("compute: " + compute, "not there: no matrix units"));
                    row.addAll(Collections.nCopies(FIGURES - 1, ""));
                    rows.add(row);
                }
                passed = lacking || said.code() == 0;
            }
        }
        return Outcome.of(
                title(),
                passed ? Outcome.Verdict.PASSED : Outcome.Verdict.FAILED,
                passed
                        ? "medians; each run is waited for; clouds: " + clouds()
                        : "csc bench ended with code " + said.code() + ": "
                                + said.end().replace(csc.folder(), "the pack"),
                List.of("what", "median, ms", "best, ms", "runs", "GFLOP/s", "buffers on the device, MiB"),
                rows);
    }

    /** A device as it is written behind {@code --device}, rounding the operands of products. */
    private static String computing(String device, String compute) {
        String yaml = DeviceOption.yaml(device).strip();
        String keys = yaml.startsWith("{") ? yaml.substring(1, yaml.lastIndexOf('}')) : "type: " + yaml;
        return "{" + keys + ", compute: " + compute + "}";
    }

    private Path rooms() {
        return options.pack().resolve("goldens").resolve("rooms");
    }

    private String clouds() {
        return Files.exists(rooms().resolve("room60k.npz"))
                ? "the recorded rooms (60k has 61,248 voxels, 150k 148,571)"
                : "rooms of the same sizes that the program made, as the recorded ones are not here";
    }

    /** Measures and adds rows, whose names get an end. */
    private CscProcess.Said bench(
            String device, List<String> only, String end, List<List<String>> rows, Figures figures) throws IOException {
        Path json = options.work().resolve("bench.json");
        Files.deleteIfExists(json);
        List<String> arguments = new ArrayList<>(List.of(
                "bench",
                "--full",
                "--device",
                device,
                "--clouds",
                rooms().toString(),
                "--only",
                String.join(",", only),
                "--json",
                json.toString()));
        if (options.small()) {
            arguments.addAll(List.of("--runs", "1"));
        }
        CscProcess.Said said = csc.csc(arguments.toArray(String[]::new));
        if (said.code() == 0) {
            for (Object each : (List<?>) Json.read(json).orElseThrow().get("rows")) {
                rows.add(row((Map<?, ?>) each, end, figures));
            }
        }
        return said;
    }

    private static List<String> row(Map<?, ?> row, String end, Figures figures) {
        double milliseconds = number(row, "seconds") * 1e3;
        String name = row.get("name") + end;
        figures.put(name, milliseconds);
        double flops = number(row, "flops_per_second");
        return List.of(
                name,
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
