package org.scenecontexts.benchmarks.gpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
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

    private static final int COLUMNS = 12;
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
        boolean late = false;
        for (LossCase each : LossCase.all()) {
            try {
                passed &= compare(each, rows, figures);
            } catch (LateException e) {
                late = true;
                rows.add(without(each, e));
            } catch (IOException | RuntimeException e) {
                passed = false;
                rows.add(without(each, e));
            }
        }
        return Outcome.of(
                title(),
                passed ? (late ? Outcome.Verdict.NOT_DONE : Outcome.Verdict.PASSED) : Outcome.Verdict.FAILED,
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

    private static List<String> without(LossCase each, Exception e) {
        List<String> row = new ArrayList<>(List.of(each.name(), String.valueOf(e.getMessage())));
        row.addAll(Collections.nCopies(COLUMNS - row.size(), ""));
        return row;
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
        TrainingLines expected = TrainingLines.read(ExampleBeginnings.cell(run, ExampleBeginnings.PROCESSOR));
        TrainingLines found = TrainingLines.read(ExampleBeginnings.cell(run, ExampleBeginnings.DEVICE));
        TrainingLines again = TrainingLines.read(ExampleBeginnings.cell(run, ExampleBeginnings.AGAIN));
        List<Double> differences = differences(found.all("loss"), expected.all("loss"));
        double largest = differences.stream().mapToDouble(x -> x).max().orElse(Double.POSITIVE_INFINITY);
        boolean complete =
                expected.lines().size() == iterations() && found.lines().size() == iterations();
        boolean same = again.all("loss").equals(found.all("loss"));
        double step = found.median("step_seconds") * MILLI;
        figures.put("csc run, step, " + each.name(), step);
        rows.add(List.of(
                each.name(),
                expected.all("loss").getFirst().toString(),
                expected.all("loss").getLast().toString(),
                String.format(Locale.ROOT, "%.1e", differences.getFirst()),
                Integer.toString(Math.min(each.held(), iterations())),
                String.format(Locale.ROOT, "%.1e", largest),
                same ? "yes" : "no",
                number(found.most("host_reads")),
                number(found.most("borrowed_calls")),
                number(expected.median("step_seconds") * MILLI),
                number(step),
                number(found.most("buffer_bytes") / MEBI)));
        double held = differences.stream()
                .limit(each.held())
                .mapToDouble(x -> x)
                .max()
                .orElse(Double.POSITIVE_INFINITY);
        return complete && held <= LIMIT && differences.getFirst() <= ORDER_OF_SUMS && same;
    }

    private static List<Double> differences(List<Double> found, List<Double> expected) {
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < Math.min(found.size(), expected.size()); i++) {
            double relative = Math.abs(found.get(i) - expected.get(i)) / Math.abs(expected.get(i));
            differences.add(Double.isNaN(relative) ? Double.POSITIVE_INFINITY : relative);
        }
        return differences;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 || value == Math.rint(value) ? "%.0f" : "%.1f", value);
    }
}
