package org.scenecontexts.io.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.io.array.NpArray;

/** A file as large as the full Res16UNet34C: 37.8 million values, 150 MB. */
class LargeFileTest {

    private static final int TENSORS = 72;
    private static final int[] SHAPE = {27, 140, 139};
    private static final int REPEATS = 3;

    @TempDir
    Path folder;

    @Test
    void aFileOf150MegabytesLoadsInLessThanTwoSecondsWithAHeapOf400Megabytes() throws Exception {
        float[] values = new float[SHAPE[0] * SHAPE[1] * SHAPE[2]];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 1e-6f;
        }
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < TENSORS; i++) {
            tensors.put("block" + i + ".0.conv1.kernel", TorchTensor.of(values, SHAPE));
        }
        Path file = folder.resolve("large.pth");
        TorchWriter.write(file, TorchValue.Dict.of(Map.of("state_dict", TorchValue.Dict.ordered(tensors))));
        assertThat(file.toFile().length()).isGreaterThan(150_000_000L);

        String output = loadInAnotherProcess(file);

        System.out.println("150 MB .pth: " + output);
        assertThat(output).startsWith("loaded " + TENSORS + " tensors, ");
        double seconds = Double.parseDouble(output.replaceAll("(?s).* in ([0-9.]+) s.*", "$1"));
        assertThat(seconds).isLessThan(2);
    }

    private static String loadInAnotherProcess(Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx400m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Loader.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return output;
    }

    /** Runs in its own process; the best of a few loads, because the machine may be busy. */
    static final class Loader {
        public static void main(String[] args) {
            double first = 0;
            double best = Double.MAX_VALUE;
            long sum = 0;
            int count = 0;
            for (int i = 0; i < REPEATS; i++) {
                long start = System.nanoTime();
                Map<String, NpArray> tensors =
                        WeightFiles.read(Path.of(args[0])).tensors();
                double seconds = (System.nanoTime() - start) * 1e-9;
                first = i == 0 ? seconds : first;
                best = Math.min(best, seconds);
                count = tensors.size();
                sum = tensors.values().stream().mapToLong(NpArray::size).sum();
            }
            System.out.printf(
                    Locale.ROOT,
                    "loaded %d tensors, %d values in %.3f s (first time %.3f) with a heap of %d MB%n",
                    count,
                    sum,
                    best,
                    first,
                    Runtime.getRuntime().maxMemory() >> 20);
        }
    }
}
