package org.scenecontexts.benchmarks.gpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.Yaml;

/**
 * Trains on one recorded room by {@code csc run}, so that what a training does can be set beside the step of {@code csc bench} on the
 * same batch.
 */
record RoomTraining(CscProcess csc, CheckOptions options, DeviceInfo info) {

    private static final String TRAIN = "train";

    /**
     * What is trained.
     *
     * @param step the row of {@code csc bench} that has the same batch and, but for a rehearsal, the same network
     * @param room of the recorded ones
     * @param backbone as YAML
     */
    private record Subject(String step, String room, String backbone) {

        static final Subject WHOLE = new Subject(Bars.STEP, "room60k", "{ type: res16unet34c }");

        /** Another network, as the published one takes half a minute for a step on two cores. */
        static final Subject SMALL =
                new Subject("res16unet14a of an eighth/3k", "room3k", "{ type: res16unet14a, width: 0.125 }");
    }

    /**
     * How long and how it learns.
     *
     * @param name of the pipeline
     * @param iterations of the training
     * @param every iterations between two lines of its log
     * @param optimizer as YAML
     */
    record Plan(String name, int iterations, int every, String optimizer) {}

    private Subject subject() {
        return options.small() ? Subject.SMALL : Subject.WHOLE;
    }

    /** The row of {@code csc bench} that it is comparable with. */
    String step() {
        return subject().step();
    }

    /**
     * Trains to the end.
     *
     * @throws IOException when the recorded room is not there, too
     */
    CscProcess.Said run(Plan plan, Way way) throws IOException {
        Path room = options.pack()
                .resolve("goldens")
                .resolve("rooms")
                .resolve(subject().room() + ".npz");
        if (!Files.exists(room)) {
            throw new IOException("the recorded room " + room.getFileName()
                    + " was expected in goldens/rooms, which has none; make the pack where it is");
        }
        Path cloud = options.work().resolve(subject().room() + ".ply");
        RoomCloud.write(room, cloud);
        Path file = options.work().resolve(plan.name() + ".yaml");
        Files.writeString(file, pipeline(plan, way, cloud));
        return csc.csc("run", "--fresh", file.toString());
    }

    /** What is left of it. */
    Path stage(Plan plan) {
        return options.work().resolve("runs").resolve(plan.name()).resolve(TRAIN);
    }

    private String pipeline(Plan plan, Way way, Path cloud) throws IOException {
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
        train.put("backbone", new Yaml().load(subject().backbone()));
        train.put("task", "semantic-segmentation");
        train.put("optimizer", new Yaml().load(plan.optimizer()));
        train.put("iterations", plan.iterations());
        train.put("log-every", plan.every());
        train.put("checkpoint-every", plan.iterations());
        train.put("device", info.drivers().device().in(way).values());
        return new Yaml()
                .dump(Map.of("name", plan.name(), "seed", 1, "stages", List.of(Map.of("id", TRAIN, TRAIN, train))));
    }
}
