package org.scenecontexts.benchmarks.gpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.DeviceOption;
import org.scenecontexts.testing.ExampleBeginnings;

/** Compares the first losses of every task and backbone with the processor's, and two runs on the device with each other. */
record LossPart(CscProcess csc, CheckOptions options) implements CheckPart {

    private static final int ITERATIONS = 20;
    private static final int SMALL_ITERATIONS = 4;

    /** Of a loss: a device adds in another order, and steps carry the difference on. */
    private static final double LIMIT = 1e-3;

    /** Of the first loss, where weights are equal: the order of some thousand summands, 2^-24 each. */
    private static final double ORDER_OF_SUMS = 1e-5;

    private static final double MILLI = 1e3;
    private static final double MEBI = 1 << 20;

    @Override
    public String title() {
        return "Losses against the processor";
    }

    @Override
    public Outcome check(Figures figures) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean passed = true;
        for (LossCase each : LossCase.all()) {
            try {
                passed &= compare(each, rows, figures);
            } catch (IOException | RuntimeException e) {
                passed = false;
                rows.add(List.of(each.name(), String.valueOf(e.getMessage()), "", "", "", "", "", "", "", "", "", ""));
            }
        }
        return Outcome.of(
                title(),
                passed ? Outcome.Verdict.PASSED : Outcome.Verdict.FAILED,
                String.format(
                        Locale.ROOT,
                        "the first %d steps of the examples%s: the first loss within 1e-5, those held within 1e-3, the same digits"
                                + " twice",
                        iterations(),
                        options.small() ? " with small networks" : ""),
                List.of(
                        "task and backbone",
                        "first loss",
                        "last loss",
                        "difference in the first step",
                        "steps held",
                        "largest difference of all",
                        "same twice",
                        "reads in a step",
                        "borrowed calls in a step",
                        "step on the processor, ms",
                        "step on the device, ms",
                        "buffers on the device, MiB"),
                rows);
    }

    private int iterations() {
        return options.small() ? SMALL_ITERATIONS : ITERATIONS;
    }

    private boolean compare(LossCase each, List<List<String>> rows, Figures figures) throws IOException {
        Path examples = options.pack().resolve("dist").resolve("examples");
        ExampleBeginnings beginnings = new ExampleBeginnings(examples, DeviceOption.yaml(options.device()));
        String changes = options.small() ? each.small() : each.changes();
        Path file = options.work().resolve(each.id() + ".yaml");
        Files.writeString(file, beginnings.pipeline(each.id(), each.example(), each.stage(), iterations(), changes));
        CscProcess.Said said = csc.csc("run", "--fresh", file.toString());
        if (said.code() != 0) {
            throw new IOException("ended with code " + said.code() + ": " + said.end());
        }
        Path run = options.work().resolve("runs").resolve(each.id());
        List<Map<String, Object>> expected = lines(ExampleBeginnings.cell(run, ExampleBeginnings.PROCESSOR));
        List<Map<String, Object>> found = lines(ExampleBeginnings.cell(run, ExampleBeginnings.DEVICE));
        List<Map<String, Object>> again = lines(ExampleBeginnings.cell(run, ExampleBeginnings.AGAIN));
        List<Double> differences = differences(losses(found), losses(expected));
        double largest = differences.stream().mapToDouble(x -> x).max().orElse(Double.POSITIVE_INFINITY);
        boolean complete = expected.size() == iterations() && found.size() == iterations();
        boolean same = losses(again).equals(losses(found));
        double step = median(found, "step_seconds") * MILLI;
        figures.put("csc run, step, " + each.name(), step);
        rows.add(List.of(
                each.name(),
                losses(expected).getFirst().toString(),
                losses(expected).getLast().toString(),
                String.format(Locale.ROOT, "%.1e", differences.getFirst()),
                Integer.toString(Math.min(each.held(), iterations())),
                String.format(Locale.ROOT, "%.1e", largest),
                same ? "yes" : "no",
                number(most(found, "host_reads")),
                number(most(found, "borrowed_calls")),
                number(median(expected, "step_seconds") * MILLI),
                number(step),
                number(most(found, "buffer_bytes") / MEBI)));
        double held = differences.stream()
                .limit(each.held())
                .mapToDouble(x -> x)
                .max()
                .orElse(Double.POSITIVE_INFINITY);
        return complete && held <= LIMIT && differences.getFirst() <= ORDER_OF_SUMS && same;
    }

    private static List<Map<String, Object>> lines(Path stage) throws IOException {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (String line : Files.readAllLines(stage.resolve("metrics.jsonl"))) {
            lines.add(Json.parse(line).orElseThrow());
        }
        return lines;
    }

    private static List<Double> losses(List<Map<String, Object>> lines) {
        return lines.stream().map(line -> figure(line, "loss")).toList();
    }

    private static List<Double> differences(List<Double> found, List<Double> expected) {
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < Math.min(found.size(), expected.size()); i++) {
            double relative = Math.abs(found.get(i) - expected.get(i)) / Math.abs(expected.get(i));
            differences.add(Double.isNaN(relative) ? Double.POSITIVE_INFINITY : relative);
        }
        return differences;
    }

    private static double figure(Map<String, Object> line, String name) {
        return line.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** Over the second half, when Java has compiled what it needs. */
    private static double median(List<Map<String, Object>> lines, String name) {
        List<Double> settled = lines.subList(lines.size() / 2, lines.size()).stream()
                .map(line -> figure(line, name))
                .sorted()
                .toList();
        return settled.isEmpty() ? Double.NaN : settled.get(settled.size() / 2);
    }

    private static double most(List<Map<String, Object>> lines, String name) {
        return lines.stream().mapToDouble(line -> figure(line, name)).max().orElse(Double.NaN);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 || value == Math.rint(value) ? "%.0f" : "%.1f", value);
    }
}
