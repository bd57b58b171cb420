package org.scenecontexts.benchmarks.gpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.Yaml;

/**
 * Measures the training loop as a whole, with everything that {@code csc run} does around a step (loading, voxels, maps, running
 * statistics, gradient norm, finite check, log), on the batch and the network whose bare step {@code csc bench} has timed.
 */
record LoopPart(CscProcess csc, CheckOptions options, DeviceInfo info) implements CheckPart {

    private static final double MILLI = 1e3;
    private static final int MOST_WORKERS = 8;

    /**
     * What is trained.
     *
     * @param step the row of {@code csc bench} that has the same batch and, but for a rehearsal, the same network
     * @param room of the recorded ones
     * @param backbone as YAML
     * @param iterations of the training
     * @param every iterations between two lines of its log
     */
    private record Loop(String step, String room, String backbone, int iterations, int every) {

        static final Loop WHOLE = new Loop(Bars.STEP, "room60k", "{ type: res16unet34c }", 200, 10);

        /** Another network, as the published one takes half a minute for a step on two cores. */
        static final Loop SMALL =
                new Loop("res16unet14a of an eighth/3k", "room3k", "{ type: res16unet14a, width: 0.125 }", 6, 1);
    }

    @Override
    public String title() {
        return "The training loop as a whole";
    }

    @Override
    public Outcome check(Figures figures) throws IOException {
        Loop loop = options.small() ? Loop.SMALL : Loop.WHOLE;
        Path room = options.pack().resolve("goldens").resolve("rooms").resolve(loop.room() + ".npz");
        if (!Files.exists(room)) {
            String reason = "the recorded room " + room.getFileName() + " is not here";
            figures.lack(Bars.RUN, reason);
            return Outcome.of(title(), Outcome.Verdict.NOT_DONE, reason);
        }
        Path cloud = options.work().resolve(loop.room() + ".ply");
        RoomCloud.write(room, cloud);
        List<List<String>> rows = new ArrayList<>();
        boolean passed = true;
        Drivers drivers = info.drivers();
        for (String compute : Way.COMPUTES) {
            Way way = Way.of(drivers.first(), compute);
            passed &= train(loop, way, cloud, rows, figures);
        }
        return Outcome.of(
                title(),
                passed ? Outcome.Verdict.PASSED : Outcome.Verdict.FAILED,
                String.format(
                        Locale.ROOT,
                        "csc run of %d steps; from one step to the next by the clock, the median of the second half%s",
                        loop.iterations(),
                        options.small() ? "; a small network" : ""),
                List.of("what", "csc run, ms", "waiting for data, ms", "the bare step, ms", "rate of csc run"),
                rows);
    }

    private boolean train(Loop loop, Way way, Path cloud, List<List<String>> rows, Figures figures) throws IOException {
        String step = way.figure(loop.step());
        String name = "loop-" + way.compute();
        Path file = options.work().resolve(name + ".yaml");
        Files.writeString(file, pipeline(name, loop, way, cloud));
        CscProcess.Said said = csc.csc("run", "--fresh", file.toString());
        if (said.code() != 0) {
            boolean lacking = said.said().contains(StepPart.NO_UNITS);
            String reason = lacking ? "no matrix units" : "csc run ended with code " + said.code();
            figures.lack(Bars.RUN + step, reason);
            String end = said.end().replace(csc.folder(), "the pack");
            rows.add(List.of(step, "not measured: " + (lacking ? reason : reason + ": " + end), "", "", ""));
            return lacking;
        }
        TrainingLines lines =
                TrainingLines.read(options.work().resolve("runs").resolve(name).resolve("train"));
        double run = lines.secondsPerStep() * MILLI;
        figures.put(Bars.RUN + step, run);
        Optional<Double> bare = figures.get(step);
        rows.add(List.of(
                step,
                text(run),
                text(lines.median("data_seconds") * MILLI),
                bare.map(LoopPart::text).orElse("not measured"),
                bare.map(ms -> String.format(Locale.ROOT, "%.0f%%", 100 * ms / run))
                        .orElse("")));
        return true;
    }

    private String pipeline(String name, Loop loop, Way way, Path cloud) throws IOException {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("type", "point-clouds");
        data.put("files", List.of(cloud.toString()));
        data.put("label-field", RoomCloud.LABEL);
        data.put(
                "classes",
                IntStream.range(0, RoomCloud.CLASSES).mapToObj(i -> "class" + i).toList());
        data.put("unmapped", "ignore");
        Map<String, Object> train = new LinkedHashMap<>();
        train.put("data", data);
        train.put("inputs", List.of("colour"));
        train.put("backbone", new Yaml().load(loop.backbone()));
        train.put("task", "semantic-segmentation");
        train.put("optimizer", Map.of("type", "sgd", "lr", 0.001));
        train.put("iterations", loop.iterations());
        train.put("log-every", loop.every());
        train.put("checkpoint-every", loop.iterations());
        train.put("workers", Math.clamp(Runtime.getRuntime().availableProcessors() - 1, 1, MOST_WORKERS));
        train.put("device", info.drivers().device().in(way).values());
        return new Yaml()
                .dump(Map.of("name", name, "seed", 1, "stages", List.of(Map.of("id", "train", "train", train))));
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
    }
}
