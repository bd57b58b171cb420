package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.runtime.log.Json;

/** The benchmark as a user starts it, with the plugins of the distribution. */
class BenchIT {

    @TempDir
    private Path folder;

    private String bench(String... arguments) throws IOException, InterruptedException {
        String[] all =
                Stream.concat(Stream.of("bench"), Arrays.stream(arguments)).toArray(String[]::new);
        return new DistributionProcess(folder).csc(120, all).out();
    }

    @Test
    @SuppressWarnings("unchecked")
    void aQuickProductIsMeasuredInSecondsAndWritten() throws IOException, InterruptedException {
        Path json = folder.resolve("bench.json");
        Path page = folder.resolve("page.md");
        long start = System.nanoTime();
        String out = bench(
                "--quick",
                "--only",
                "gemm",
                "--threads",
                "1",
                "--json",
                json.toString(),
                "--markdown",
                page.toString());
        assertThat((System.nanoTime() - start) / 1e9).as("seconds").isLessThan(60);
        assertThat(out.lines().toList().getFirst()).startsWith("workload").contains("GFLOP/s");
        assertThat(out.lines().toList().get(1)).startsWith("gemm/1024");
        List<Map<String, Object>> rows =
                (List<Map<String, Object>>) Json.read(json).orElseThrow().get("rows");
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row).containsEntry("name", "gemm/1024").containsEntry("flops", 2_147_483_648L);
            assertThat((double) row.get("seconds")).isPositive();
        });
        assertThat(Files.readString(page, StandardCharsets.UTF_8))
                .contains("# Performance")
                .contains("| gemm/1024 |");
    }

    @Test
    void everyPluginOffersItsRows() throws IOException, InterruptedException {
        assertThat(bench("--full", "--list").lines())
                .contains("gemm/1024", "norm/train/96/60k", "points/farthest/20k", "map/network/150k")
                .contains("conv3/weight-gradient/128/60k", "res16unet34c/step/150k");
    }
}
