package org.scenecontexts.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.testkit.pipeline.PipelineInTest;
import org.slf4j.LoggerFactory;

/**
 * Every task learns on ND4J what it learns on the processor, on both backbones. The limit of a thousandth is that of the other
 * tests of devices; rates are small enough that a difference in the last place does not grow past it in 20 iterations, see {@code
 * InstanceDevicesIT} for how that was found.
 */
class Nd4jTrainingTest {

    private static final int ITERATIONS = 20;
    private static final double TOLERANCE = 1e-3;

    private static final String PIPELINE = """
            name: %s
            seed: 1
            stages:
              - id: train
                train:
                  data: %s
                  inputs: [colour, height]
                  backbone: %s
                  task: %s
                  optimizer: { type: sgd, lr: %s }
                  iterations: %d
                  batch: 2
                  log-every: %d
                  device: %s
            """;

    private static final Pattern LOSS = Pattern.compile("\"loss\"\\s*:\\s*([-+.0-9eE]+)");
    private static final Pattern COUNTED =
            Pattern.compile("the host has read (\\d+) times .*?; (\\d+) calls of borrowed");

    @TempDir
    private Path folder;

    private static String data(String task) {
        return task.startsWith("contrastive")
                ? "{ type: synthetic-pairs, scenes: 2, rooms: [office] }"
                : "{ type: synthetic-rooms, split: train, scenes: 2, rooms: [office] }";
    }

    private static String backbone(String name) {
        return name.startsWith("res")
                ? "{ type: res16unet14a, width: 0.125, voxel-size: 0.1, bn-momentum: 0.1 }"
                : "{ type: pointnet2, points: 1024, width: 0.25, centres: [128, 64, 32, 16], samples: [16, 8, 8, 8] }";
    }

    private static String task(String name) {
        return switch (name) {
            case "contrastive" ->
                "{ type: contrastive, loss: { type: scene-contexts, temperature: 0.2, points: 256 } }";
            case "contrastive-hardest" -> "{ type: contrastive, loss: hardest-contrastive }";
            case "detection" -> "{ type: detection, seeds: 64, proposals: 16 }";
            default -> name;
        };
    }

    private List<Double> losses(String task, String backbone, String rate, int iterations, int every, String device)
            throws IOException {
        String name = task + "-" + backbone + "-" + device + "-" + iterations;
        String yaml =
                PIPELINE.formatted(name, data(task), backbone(backbone), task(task), rate, iterations, every, device);
        Path run = PipelineInTest.of(yaml)
                .run(folder.resolve("runs"), 1, () -> false)
                .file("train", "metrics.jsonl");
        List<Double> losses = new ArrayList<>();
        for (String line : Files.readAllLines(run)) {
            Matcher loss = LOSS.matcher(line);
            assertThat(loss.find()).as(line).isTrue();
            losses.add(Double.parseDouble(loss.group(1)));
        }
        return losses;
    }

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({
        "semantic-segmentation, res16unet14a, 0.01",
        "semantic-segmentation, pointnet2, 0.001",
        "instance-segmentation, res16unet14a, 0.001",
        "instance-segmentation, pointnet2, 0.0001",
        "detection, res16unet14a, 0.0001",
        "detection, pointnet2, 0.0001",
        "contrastive, res16unet14a, 0.001",
        "contrastive, pointnet2, 0.0001",
        "contrastive-hardest, res16unet14a, 0.001"
    })
    void trainsToTheLossesOfTheProcessor(String task, String backbone, String rate) throws IOException {
        List<Double> expected = losses(task, backbone, rate, ITERATIONS, 1, "cpu");
        List<Double> found = losses(task, backbone, rate, ITERATIONS, 1, "nd4j");
        assertThat(found).hasSize(ITERATIONS).hasSameSizeAs(expected);
        double worst = 0;
        for (int i = 0; i < ITERATIONS; i++) {
            worst = Math.max(worst, Math.abs(found.get(i) - expected.get(i)) / Math.abs(expected.get(i)));
        }
        LoggerFactory.getLogger(Nd4jTrainingTest.class).info("{} on {}: {} at most", task, backbone, worst);
        assertThat(worst).as("%s instead of %s", found, expected).isLessThan(TOLERANCE);
    }

    @Test
    void nothingButTheFiguresOfTheLogComesToTheHostInAStep() throws IOException {
        int[] few = counted(4);
        int[] many = counted(8);
        // Where a line of the log is written: loss, accuracy and length of the gradients of each step since the last.
        assertThat(many[0] - few[0]).as("reads of four further steps").isEqualTo(4 * 3);
        assertThat(many[1]).as("calls of borrowed kernels").isZero();
    }

    /** What the engine says when it is closed: reads of the host, and calls of borrowed kernels. */
    private int[] counted(int iterations) throws IOException {
        Logger logger = (Logger) LoggerFactory.getLogger(Nd4jEngine.class);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        logger.addAppender(said);
        try {
            List<Double> losses = losses("semantic-segmentation", "res16unet14a", "0.01", iterations, 2, "nd4j");
            assertThat(losses).hasSize(iterations / 2);
        } finally {
            logger.detachAppender(said);
        }
        for (ILoggingEvent event : said.list) {
            Matcher counted = COUNTED.matcher(event.getFormattedMessage());
            if (counted.find()) {
                return new int[] {Integer.parseInt(counted.group(1)), Integer.parseInt(counted.group(2))};
            }
        }
        throw new AssertionError("the engine said nothing of what it had read: " + said.list);
    }
}
