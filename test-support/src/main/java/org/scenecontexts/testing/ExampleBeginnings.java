package org.scenecontexts.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/**
 * The first steps of a training that an example has, with its own data, network, rates and schedule, computed by the processor, by a
 * device and by the device again in one process, so that a device is compared on what users train.
 *
 * @param examples folder of the examples
 * @param device what stands under {@code device:} for the device, as YAML
 * @param again the same for the second time, which has to give the same bits
 * @since 0.2
 */
public record ExampleBeginnings(Path examples, String device, String again) {

    /** The cell of the matrix that the processor computes. */
    public static final String PROCESSOR = "processor";

    /** The cell that the device computes. */
    public static final String DEVICE = "device";

    /** The cell that the device computes a second time. */
    public static final String AGAIN = "again";

    private static final String STAGES = "stages";
    private static final String TRAIN = "train";
    private static final String MATRIX = "matrix";
    private static final String PLACE = "place";

    /** The device twice in the same way. */
    public ExampleBeginnings(Path examples, String device) {
        this(examples, device, device);
    }

    /**
     * A pipeline of one stage, to be run by {@code csc run}; its history has a line for every step.
     *
     * @param name of the new pipeline
     * @param example file name without its end
     * @param stage id of its {@code train} stage
     * @param iterations steps after which it ends; the schedule stays that of all
     * @param changes keys of the stage that get other values, as YAML
     */
    public String pipeline(String name, String example, String stage, int iterations, String changes)
            throws IOException {
        Map<String, Object> root = map(new Yaml().load(Files.readString(examples.resolve(example + ".yaml"))));
        Map<String, Object> found = ((List<?>) root.get(STAGES))
                .stream()
                        .map(ExampleBeginnings::map)
                        .filter(each -> stage.equals(each.get("id")))
                        .findFirst()
                        .orElseThrow(
                                () -> new IllegalArgumentException(example + ".yaml has no stage '" + stage + "'"));
        Map<String, Object> train = map(found.get(TRAIN));
        train.putAll(map(new Yaml().load(changes)));
        train.put("log-every", 1);
        train.put("hooks", List.of(Map.of("type", "stop-after", "iteration", iterations)));
        train.put("device", "${matrix." + PLACE + "}");
        found.put(TRAIN, train);
        Map<String, Object> places = new LinkedHashMap<>();
        places.put(PROCESSOR, "cpu");
        places.put(DEVICE, new Yaml().load(device));
        places.put(AGAIN, new Yaml().load(again));
        Map<String, Object> matrix = new LinkedHashMap<>();
        matrix.put(PLACE, places);
        if (root.containsKey(MATRIX)) {
            matrix.put("seed", List.of(1));
        }
        root.put("name", name);
        root.put(MATRIX, matrix);
        root.put(STAGES, List.of(found));
        return new Yaml().dump(root);
    }

    /**
     * The folder of a cell.
     *
     * @param run folder of the run
     * @param place {@link #PROCESSOR}, {@link #DEVICE} or {@link #AGAIN}
     */
    public static Path cell(Path run, String place) throws IOException {
        try (Stream<Path> cells = Files.list(run)) {
            return cells.filter(each -> each.getFileName().toString().contains(PLACE + "=" + place))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(run + " has no cell " + PLACE + "=" + place));
        }
    }

    private static Map<String, Object> map(Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, each) -> copy.put((String) key, each));
        return copy;
    }
}
