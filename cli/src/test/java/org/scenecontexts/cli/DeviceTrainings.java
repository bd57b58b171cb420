package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.scenecontexts.testing.ExampleBeginnings;

/** Trains pipelines with the assembled distribution on one device and another, to compare what they learn. */
final class DeviceTrainings {

    /** Of a loss: a device adds in another order, and steps carry the difference on; each test says how far. */
    private static final double TOLERANCE = 1e-3;

    private static final int SECONDS = 600;

    private final Path folder;
    private final Map<String, String> environment;
    private final String info;

    /** Asks {@code csc info} for the devices of this machine. */
    DeviceTrainings(Path folder) throws IOException, InterruptedException {
        this(folder, Map.of());
    }

    /** Asks {@code csc info} for the devices that processes with these variables see. */
    DeviceTrainings(Path folder, Map<String, String> environment) throws IOException, InterruptedException {
        this.folder = folder;
        this.environment = environment;
        info = csc("info");
    }

    /** What {@code csc info} said. */
    String info() {
        return info;
    }

    /** Skips the test where there is no OpenCL, with the reason that {@code csc info} gives. */
    void requireOpenCl() {
        info.lines()
                .filter(line -> line.contains("not used: no OpenCL"))
                .findFirst()
                .ifPresent(reason -> Assumptions.abort(reason.strip()));
    }

    /**
     * Runs a pipeline.
     *
     * @param name that the pipeline has
     * @return what it said
     */
    String train(String name, String pipeline) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve(name + ".yaml"), pipeline);
        return csc("run", "--threads", "2", file.toString());
    }

    /** The folder of the stage {@code train} of a pipeline. */
    Path stage(String name) {
        return folder.resolve("runs").resolve(name).resolve("train");
    }

    /** The loss of every iteration that was logged. */
    List<Double> losses(String name) throws IOException {
        return losses(stage(name));
    }

    /** The same of the folder of a stage; lines of a validation have no loss. */
    static List<Double> losses(Path stage) throws IOException {
        return figures(stage, "loss");
    }

    /** A figure of every line of a training's history that has it. */
    static List<Double> figures(Path stage, String name) throws IOException {
        List<Double> figures = new ArrayList<>();
        for (String line : Files.readAllLines(stage.resolve("metrics.jsonl"))) {
            JsonNode figure = new ObjectMapper().readTree(line).get(name);
            if (figure != null) {
                figures.add(figure.asDouble());
            }
        }
        return figures;
    }

    /**
     * Compares iteration by iteration.
     *
     * @param found on a device
     * @param expected on the processor
     */
    static void assertSameLosses(List<Double> found, List<Double> expected, int iterations) {
        assertThat(found).hasSize(iterations).hasSameSizeAs(expected);
        for (int i = 0; i < iterations; i++) {
            assertThat(Math.abs(found.get(i) - expected.get(i)) / Math.abs(expected.get(i)))
                    .as("iteration %d: %s on the device, %s on the processor", i + 1, found.get(i), expected.get(i))
                    .isLessThan(TOLERANCE);
        }
    }

    /** Steps in which differences of rounding have hardly been carried on by the weights. */
    static final int FIRST_STEPS = 2;

    /** Of a loss for equal weights: the order of some thousand summands, 2^-24 each. */
    private static final double ORDER_OF_SUMS = 1e-5;

    /** Compares the steps in which the two differ by nothing but the order in which they add. */
    static void assertSameButForTheOrderOfSums(List<Double> found, List<Double> expected, int steps) {
        for (int i = 0; i < steps; i++) {
            assertThat(Math.abs(found.get(i) - expected.get(i)) / Math.abs(expected.get(i)))
                    .as("iteration %d: %s on the device, %s on the processor", i + 1, found.get(i), expected.get(i))
                    .isLessThan(ORDER_OF_SUMS);
        }
    }

    /**
     * Holds the three cells of {@link ExampleBeginnings} to one another: losses of the device like those of the processor, the same
     * bits of the device twice, no kernel borrowed from the processor, and no wait for the host beyond what is allowed.
     *
     * @param run its folder
     * @param steps that are compared with the processor's
     * @param reads most of a step; each waits for all that was computed before
     */
    static void assertBeginsAsTheProcessorDoes(Path run, int iterations, int steps, double reads) throws IOException {
        Path device = ExampleBeginnings.cell(run, ExampleBeginnings.DEVICE);
        Path again = ExampleBeginnings.cell(run, ExampleBeginnings.AGAIN);
        List<Double> expected = losses(ExampleBeginnings.cell(run, ExampleBeginnings.PROCESSOR));
        List<Double> found = losses(device);
        assertThat(found).hasSize(iterations).hasSameSizeAs(expected);
        assertSameLosses(found.subList(0, steps), expected.subList(0, steps), steps);
        assertSameButForTheOrderOfSums(found, expected, Math.min(steps, FIRST_STEPS));
        assertThat(losses(again)).isEqualTo(found);
        assertThat(Arrays.equals(numbers(again), numbers(device)))
                .as("the same bits after %d steps, twice on the device", iterations)
                .isTrue();
        assertThat(figures(device, "host_reads"))
                .as("how often each step waits for the host")
                .hasSize(iterations)
                .allMatch(each -> each <= reads);
        assertThat(figures(device, "borrowed_calls"))
                .as("calls of the processor's kernels in each step")
                .hasSize(iterations)
                .containsOnly(0.0);
    }

    /** The tensors of the last checkpoint as they lie in the file: behind the header, which names the stage, and its length. */
    private static byte[] numbers(Path stage) throws IOException {
        byte[] file = Files.readAllBytes(stage.resolve("checkpoints/last.safetensors"));
        long header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return Arrays.copyOfRange(file, Math.toIntExact(Long.BYTES + header), file.length);
    }

    /** Runs {@code csc} and returns all that it said. */
    String csc(String... arguments) throws IOException, InterruptedException {
        return new DistributionProcess(folder, environment)
                .csc(SECONDS, arguments)
                .all();
    }
}
