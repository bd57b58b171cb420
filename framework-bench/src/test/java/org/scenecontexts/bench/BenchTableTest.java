package org.scenecontexts.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.workload.PreparedWorkload;
import org.scenecontexts.api.workload.Work;
import org.scenecontexts.api.workload.Workload;

/** Figures of a made-up measurement, computed by hand: 4 GFLOP and 2 GB over 1,000 rows in 50 ms. */
class BenchTableTest {

    private static final Workload PLAIN = workload("toy/forward/1k");

    private static Workload workload(String name) {
        return Workload.of(name, Workload.Tier.QUICK, context -> PreparedWorkload.of(Work.NONE, () -> {}));
    }

    private static MeasuredWorkload row(Workload workload, int threads, double seconds) {
        return new MeasuredWorkload(
                workload,
                threads,
                new Work(4_000_000_000L, 2_000_000_000L, 1_000),
                seconds,
                seconds / 2,
                5,
                100e9,
                80e9,
                3_000_000,
                0,
                OptionalLong.empty(),
                Map.of());
    }

    @Test
    void ratesAndSharesAreThoseOfTheMedian() {
        String[] lines = BenchTable.text(List.of(row(PLAIN, 1, 0.05))).split("\n");
        assertThat(lines[0].split(" {2,}"))
                .containsExactly(
                        "workload",
                        "threads",
                        "median ms",
                        "best ms",
                        "GFLOP/s",
                        "of GEMM",
                        "GB/s",
                        "of copy",
                        "ns/row",
                        "of floor",
                        "pool MB",
                        "peak MB",
                        "peer");
        assertThat(lines[1].split(" +"))
                .containsExactly("toy/forward/1k", "1", "50.0", "25.0", "80.0", "80%", "40.0", "50%", "50000", "3");
    }

    @Test
    void aNetworkShowsItsTimeOverItsFloorAndItsResidentMemory() {
        MeasuredWorkload network = row(PLAIN.asWholeNetwork(), 1, 0.05).withResident(900_000_000);
        assertThat(BenchTable.text(List.of(network)).split("\n")[1].split(" +")).containsSequence("1.25x", "3", "900");
    }

    @Test
    void aPeerShowsHowManyTimesAsLongItTakesOnAsManyThreads() {
        Workload peer = workload("other/toy/forward/1k").asPeerOf(PLAIN.name());
        String table = BenchTable.text(List.of(row(PLAIN, 1, 0.05), row(PLAIN, 2, 0.025), row(peer, 2, 0.1)));
        assertThat(table.split("\n")[3]).endsWith("4.00x");
    }

    @Test
    void columnsAreAligned() {
        String[] lines = BenchTable.text(List.of(row(PLAIN, 1, 0.05), row(PLAIN, 16, 123.4)))
                .split("\n");
        int column = lines[0].indexOf("median ms") + "median ms".length();
        assertThat(lines[1].substring(0, column)).endsWith("50.0");
        assertThat(lines[2].substring(0, column)).endsWith("123400");
    }

    @Test
    void markdownHasARuleBelowItsHeadings() {
        String[] lines = BenchTable.markdown(List.of(row(PLAIN, 1, 0.05))).split("\n");
        assertThat(lines).hasSize(3);
        assertThat(lines[0]).startsWith("| workload | threads |");
        assertThat(lines[1]).matches("\\|---\\|(--:\\|){12}");
        assertThat(lines[2]).startsWith("| toy/forward/1k | 1 | 50.0 |");
    }

    @Test
    void thePageTakesANetworkApartAndLabelsForeignTimesAsSuch() {
        Workload network = PLAIN.asWholeNetwork().with(new Workload.Reference("Their Stack, their machine", 1, 0.2));
        MeasuredWorkload row = new MeasuredWorkload(
                network,
                1,
                new Work(4_000_000_000L, 0, 1_000),
                0.05,
                0.04,
                3,
                100e9,
                80e9,
                0,
                0,
                OptionalLong.empty(),
                Map.of("norms", 0.02, "everything else", 0.03));
        Machine machine =
                new Machine("2026-01-02", "Toy CPU", 2, 8_000_000_000L, "Java 25", List.of("-Xmx1g"), "0.1", "x");
        String page = PerformancePage.text(new BenchReport(machine, "toy rooms", "csc bench --toy", List.of(row)));
        assertThat(page)
                .contains("Written by `csc bench --toy` on 2026-01-02")
                .contains("| processor | Toy CPU, 2 cores |")
                .contains("| toy/forward/1k | 1 | 4.0 | 0.040 | 0.050 | 1.25x | 50000 |")
                .contains("| toy/forward/1k | 1 | 0.020 (40%) | 0.030 (60%) |")
                .contains("not measured in this run nor on this machine")
                .contains("| toy/forward/1k | 1 | 0.050 | Their Stack, their machine | 0.20 | 4.00x |");
    }
}
