package org.scenecontexts.benchmarks.gpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.scenecontexts.runtime.log.Json;

/**
 * Trains the quickstart for a short while with several seeds in float32 and one seed with each rounding of operands, since losses of
 * single steps do not say whether a training with rounded operands ends as well.
 */
record ShortTrainingPart(CscProcess csc, CheckOptions options, DeviceInfo info) implements CheckPart {

    private static final List<Integer> SEEDS = List.of(1, 2, 3);
    private static final List<Integer> FIRST_SEED = List.of(1);

    @Override
    public String title() {
        return "Short trainings";
    }

    @Override
    public Outcome check(Figures figures) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean passed = true;
        Optional<SeedSpread> spread = Optional.empty();
        for (String compute : Way.COMPUTES) {
            boolean reference = compute.equals(Way.FP32);
            CscProcess.Said said = train(compute, reference ? SEEDS : FIRST_SEED);
            if (said.code() != 0) {
                passed &= said.said().contains(StepPart.NO_UNITS);
                rows.add(leaveOut(compute, said, figures));
            } else if (reference) {
                List<Double> ended = ended(compute, SEEDS);
                spread = Optional.of(new SeedSpread(ended));
                rows.add(row(
                        compute,
                        ended,
                        String.format(
                                Locale.ROOT,
                                "mean %.4f, spread %.4f",
                                spread.get().mean(),
                                spread.get().spread())));
            } else {
                List<Double> ended = ended(compute, FIRST_SEED);
                Optional<Double> below = spread.map(seeds -> seeds.below(ended.getFirst()));
                below.ifPresent(value -> figures.ratio(figure(compute), value));
                rows.add(row(
                        compute,
                        ended,
                        below.map(value -> String.format(Locale.ROOT, "%.2f spreads below the mean", value))
                                .orElse("")));
            }
        }
        return Outcome.of(
                title(),
                passed ? Outcome.Verdict.PASSED : Outcome.Verdict.FAILED,
                "mIoU of the quickstart after " + new ShortTraining(options.small()).iterations()
                        + " steps; the spread is from the lowest to the highest seed"
                        + (options.small() ? "; a small network" : ""),
                List.of("compute", "mIoU by seed", ""),
                rows);
    }

    private List<String> leaveOut(String compute, CscProcess.Said said, Figures figures) {
        boolean lacking = said.said().contains(StepPart.NO_UNITS);
        String reason = lacking ? "no matrix units" : "csc run ended with code " + said.code();
        figures.lack(compute.equals(Way.FP32) ? Bars.SPREADS : figure(compute), reason);
        String end = said.end().replace(csc.folder(), "the pack");
        return List.of(Way.label(compute), "not measured: " + (lacking ? reason : reason + ": " + end), "");
    }

    private static String figure(String compute) {
        return Bars.SPREADS + compute;
    }

    private static List<String> row(String compute, List<Double> ended, String note) {
        return List.of(
                Way.label(compute),
                String.join(
                        ", ",
                        ended.stream()
                                .map(miou -> String.format(Locale.ROOT, "%.4f", miou))
                                .toList()),
                note);
    }

    private static String name(String compute) {
        return "short-" + compute;
    }

    private CscProcess.Said train(String compute, List<Integer> seeds) throws IOException {
        Path example = options.pack().resolve("dist").resolve("examples").resolve("quickstart.yaml");
        Path file = options.work().resolve(name(compute) + ".yaml");
        Files.writeString(
                file, new ShortTraining(options.small()).pipeline(name(compute), Files.readString(example), seeds));
        Way way = Way.of(info.drivers().first(), compute);
        String device = info.drivers().device().in(way).yaml();
        return csc.csc("run", "--fresh", "--device", device, file.toString());
    }

    private List<Double> ended(String compute, List<Integer> seeds) throws IOException {
        List<Double> found = new ArrayList<>();
        for (int seed : seeds) {
            Path run = options.work().resolve("runs").resolve(name(compute));
            Map<String, Object> metrics =
                    Json.read(cell(run, seed).resolve("metrics.json")).orElseThrow();
            found.add(((Number) metrics.get("miou")).doubleValue());
        }
        return found;
    }

    private static Path cell(Path run, int seed) throws IOException {
        String name = "eval@seed=" + seed;
        try (Stream<Path> cells = Files.list(run)) {
            return cells.filter(each -> each.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow(
                            () -> new IOException("a run with the stage " + name + " was expected, its folder has none;"
                                    + " see its run.log in the folder work of the pack"));
        }
    }
}
