package org.scenecontexts.sparseconv.unet;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.PointwiseConvolution;
import org.scenecontexts.api.optim.OptimizerFactory;
import org.scenecontexts.api.tensor.CrossEntropy;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.engine.cpu.PooledBuffers;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.runtime.optim.Sgd;
import org.scenecontexts.sparseconv.TestEngines;
import org.scenecontexts.sparseconv.TimedEngine;
import org.scenecontexts.sparseconv.map.KernelLayout;

/**
 * Prints where the time of Res16UNet34C goes, kernel by kernel, what a step allocates and how much memory the process
 * needed at most.
 *
 * <p>Arguments: a room file ({@code .npz} with {@code coords} and {@code labels}), threads, steps, and any of
 * {@code eval} (a forward pass in use instead of a training step), {@code recompute} (what is inside blocks) and
 * {@code plain} (without the clocks per kernel).
 * Every step builds its kernel maps anew, as training does.
 */
final class StepTour {

    private static final int CLASSES = 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final TensorEngine engine;
    private final Network network;
    private final Sgd optimizer;

    /** The published network from colours to classes. */
    private static final class Network extends Module {
        final Res16UNet backbone;
        final PointwiseConvolution last;

        Network(TensorEngine engine, boolean recompute) {
            var config = new Res16UNetConfig(1, 0.02, 3, KernelLayout.MINKOWSKI_04_HYBRID, 0.02, 0.1, true, recompute);
            backbone = child("", new Res16UNet(engine, new Random(1), Variant.RES16UNET34C, config, 3));
            last = child("final", new PointwiseConvolution(engine, new Random(2), backbone.channels(), CLASSES, true));
        }

        Tensor apply(PointBatch batch) {
            Tensor features = backbone.features(batch);
            Tensor scores = last.apply(features);
            features.release();
            return scores;
        }
    }

    private StepTour(TensorEngine engine, boolean recompute) {
        this.engine = engine;
        network = new Network(engine, recompute);
        optimizer = new Sgd(
                new Sgd.Config(0.1, 0.9, 0.1, 1e-4, false),
                new OptimizerFactory.Context(engine, network.namedParameters()));
    }

    public static void main(String[] arguments) throws IOException {
        var options = Arrays.asList(arguments).subList(3, arguments.length);
        int threads = Integer.parseInt(arguments[1]);
        TensorEngine cpu = TestEngines.cpu(threads);
        TensorEngine engine = options.contains("plain") ? cpu : new TimedEngine(cpu);
        StepTour tour = new StepTour(engine, options.contains("recompute"));
        int[] coordinates;
        int[] labels;
        try (Npz npz = Npz.open(Path.of(arguments[0]))) {
            coordinates = npz.get("coords").ints();
            labels = npz.get("labels").ints();
        }
        float[] colours = new float[3 * labels.length];
        Random random = new Random(3);
        for (int i = 0; i < colours.length; i++) {
            colours[i] = random.nextFloat();
        }
        System.out.println(Path.of(arguments[0]).getFileName() + ", " + labels.length + " voxels, " + threads
                + " thread(s), " + cpu.description());
        for (int step = 1; step <= Integer.parseInt(arguments[2]); step++) {
            PointBatch batch = GoldenBatch.of(coordinates, colours, labels);
            PooledBuffers pool = (PooledBuffers) cpu.buffers();
            long made = pool.madeBytes();
            long allocated = THREADS.getTotalThreadAllocatedBytes();
            long start = System.nanoTime();
            String result = options.contains("eval") ? tour.forward(batch) : tour.step(batch);
            double seconds = (System.nanoTime() - start) / 1e9;
            batch.close();
            long bytes = THREADS.getTotalThreadAllocatedBytes() - allocated;
            System.out.printf(
                    "step %d: %s, %.3f s, allocated %.2f MB of which %.2f MB outside the pool,"
                            + " pool %.1f MB, lent at most %.1f MB%n",
                    step,
                    result,
                    seconds,
                    bytes / 1e6,
                    (bytes - (pool.madeBytes() - made)) / 1e6,
                    pool.bytes() / 1e6,
                    pool.peakBytes() / 1e6);
            if (engine instanceof TimedEngine timed) {
                print(timed.drain(), seconds);
            }
        }
        Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .forEach(System.out::println);
        engine.close();
    }

    private String forward(PointBatch batch) {
        network.training(false);
        try (var scope = engine.noGrad()) {
            Tensor scores = network.apply(batch);
            float first = scores.buffer().get(0);
            scores.release();
            return "score " + first;
        }
    }

    private String step(PointBatch batch) {
        Tensor scores = network.apply(batch);
        Tensor loss = new CrossEntropy(batch.labels(), 0, new float[0]).apply(scores);
        float value = loss.item();
        loss.backward();
        optimizer.step(0.01);
        network.parameters().forEach(parameter -> parameter.tensor().clearGrad());
        return "loss " + value;
    }

    private static void print(Map<String, long[]> spent, double seconds) {
        double rest = seconds;
        StringBuilder line = new StringBuilder();
        Map<String, long[]> sorted = new TreeMap<>(spent);
        for (var entry : sorted.entrySet()) {
            double s = entry.getValue()[0] / 1e9;
            rest -= s;
            line.append(String.format(
                    "  %-20s %7.1f ms %5.1f%% %5d calls%n",
                    entry.getKey(), 1e3 * s, 100 * s / seconds, entry.getValue()[1]));
        }
        System.out.printf(
                "%s  %-20s %7.1f ms %5.1f%%%n", line, "(maps and the rest)", 1e3 * rest, 100 * rest / seconds);
    }
}
