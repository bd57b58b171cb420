package org.scenecontexts.benchmarks.gpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.scenecontexts.runtime.log.Json;

/**
 * Times whole steps of the published networks and single operators on the device, by {@code csc bench}, by every driver and with
 * every rounding of operands that is there.
 */
record StepPart(CscProcess csc, CheckOptions options, DeviceInfo info) implements CheckPart {

    private static final double MEBI = 1 << 20;

    /** What a device without matrix units says of rounded operands. */
    static final String NO_UNITS = "needs the matrix units";

    /** Columns of the table behind the first. */
    private static final int FIGURES = 5;

    @Override
    public String title() {
        return "Steps and operators";
    }

    @Override
    public Outcome check(Figures figures) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        boolean late = false;
        for (BenchRun run : BenchRun.all(info.drivers(), options.small())) {
            try {
                measure(run, rows, broken, figures);
            } catch (LateException e) {
                late = true;
                leaveOut(run, String.valueOf(e.getMessage()), rows, figures);
            }
        }
        return Outcome.of(
                title(),
                broken.isEmpty() ? (late ? Outcome.Verdict.NOT_DONE : Outcome.Verdict.PASSED) : Outcome.Verdict.FAILED,
                broken.isEmpty() ? "medians; each run is waited for; clouds: " + clouds() : String.join("; ", broken),
                List.of("what", "median, ms", "best, ms", "runs", "GFLOP/s", "buffers on the device, MiB"),
                rows);
    }

    private void measure(BenchRun run, List<List<String>> rows, List<String> broken, Figures figures)
            throws IOException {
        if (run.device().isEmpty()) {
            leaveOut(run, run.why(), rows, figures);
            return;
        }
        CscProcess.Said said = bench(run, rows, figures);
        if (said.code() != 0 && said.said().contains(NO_UNITS)) {
            leaveOut(run, "no matrix units", rows, figures);
        } else if (said.code() != 0) {
            String end = said.end().replace(csc.folder(), "the pack");
            leaveOut(run, "csc bench ended with code " + said.code(), rows, figures);
            broken.add(run.way().text() + ": csc bench ended with code " + said.code() + ": " + end);
        }
    }

    /** A row that says what is not there, and why. */
    private static void leaveOut(BenchRun run, String reason, List<List<String>> rows, Figures figures) {
        run.lack(figures, reason);
        rows.add(Stream.concat(
                        Stream.of(run.way().text(), "not measured: " + reason),
                        Collections.nCopies(FIGURES - 1, "").stream())
                .toList());
    }

    private Path rooms() {
        return options.pack().resolve("goldens").resolve("rooms");
    }

    private String clouds() {
        return Files.exists(rooms().resolve("room60k.npz"))
                ? "the recorded rooms (60k has 61,248 voxels, 150k 148,571)"
                : "rooms of the same sizes that the program made, as the recorded ones are not here";
    }

    /** Measures and adds rows, named after the way in which they were computed. */
    private CscProcess.Said bench(BenchRun run, List<List<String>> rows, Figures figures) throws IOException {
        Path json = options.work().resolve("bench.json");
        Files.deleteIfExists(json);
        List<String> arguments = new ArrayList<>(List.of(
                "bench",
                "--full",
                "--device",
                run.device().orElseThrow().yaml(),
                "--clouds",
                rooms().toString(),
                "--only",
                String.join(",", run.rows()),
                "--json",
                json.toString()));
        if (options.small()) {
            arguments.addAll(List.of("--runs", "1"));
        }
        CscProcess.Said said = csc.csc(arguments.toArray(String[]::new));
        if (said.code() == 0) {
            BenchRows measured = BenchRows.of(Json.read(json).orElseThrow());
            Way way = measured.way(run.way());
            measured.rows().forEach(row -> rows.add(row(row, way, figures)));
        }
        return said;
    }

    private static List<String> row(Map<?, ?> row, Way way, Figures figures) {
        double milliseconds = BenchRows.number(row, "seconds") * 1e3;
        String name = way.figure(String.valueOf(row.get("name")));
        figures.put(name, milliseconds);
        double flops = BenchRows.number(row, "flops_per_second");
        return List.of(
                name,
                text(milliseconds),
                text(BenchRows.number(row, "best_seconds") * 1e3),
                String.valueOf(row.get("runs")),
                flops > 0 ? text(flops / 1e9) : "",
                text(BenchRows.number(row, "pool_bytes") / MEBI));
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 1 ? "%.2f" : "%.3f", value);
    }
}
