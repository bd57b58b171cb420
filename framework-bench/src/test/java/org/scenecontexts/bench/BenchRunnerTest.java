package org.scenecontexts.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.workload.PreparedWorkload;
import org.scenecontexts.api.workload.RoomSize;
import org.scenecontexts.api.workload.Work;
import org.scenecontexts.api.workload.Workload;
import org.scenecontexts.api.workload.Workload.Tier;
import org.scenecontexts.api.workload.WorkloadClouds;
import org.scenecontexts.runtime.plugin.PluginCatalog;

class BenchRunnerTest {

    private static final Rooms ROOMS = new Rooms(new WorkloadClouds() {
        @Override
        public String description() {
            return "one point";
        }

        @Override
        public Scene room(RoomSize size) {
            return Scene.ofPositions("toy", new float[3]);
        }
    });

    private final BenchRunner runner = new BenchRunner(PluginCatalog.empty(), ROOMS, Pace.runs(3));

    private static Workload named(String name) {
        return EngineWorkloads.all().stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyRunIsRenewedAndOnlyTheLastOnesAreTimed() {
        List<String> calls = new ArrayList<>();
        Workload toy = Workload.of("toy", Tier.QUICK, context -> new PreparedWorkload() {
            @Override
            public void renew() {
                calls.add("renew");
            }

            @Override
            public void run() {
                calls.add("run");
            }

            @Override
            public Work work() {
                return new Work(7, 8, 9);
            }

            @Override
            public void close() {
                calls.add("close");
            }
        });
        MeasuredWorkload row = runner.measure(toy, 1);
        assertThat(calls).containsExactly("renew", "run", "renew", "run", "renew", "run", "renew", "run", "close");
        assertThat(row.runs()).isEqualTo(3);
        assertThat(row.work()).isEqualTo(new Work(7, 8, 9));
    }

    @Test
    void aProductIsMeasuredAgainstItsOwnRate() {
        MeasuredWorkload row = runner.measure(named("gemm/512"), 1);
        assertThat(row.work().flops()).isEqualTo(2L * 512 * 512 * 512);
        assertThat(row.peakFlops()).isPositive();
        assertThat(row.copyBytes()).isPositive();
        assertThat(row.best()).isPositive().isLessThanOrEqualTo(row.seconds());
        assertThat(row.shareOfPeak()).isEqualTo(row.work().flops() / row.seconds() / row.peakFlops());
    }

    @Test
    void aNetworkIsTakenApartByKindOfWork() {
        Workload toy = Workload.of(
                        "toy",
                        Tier.QUICK,
                        context -> PreparedWorkload.of(new Work(1, 1, 1), () -> {
                            Buffer x = context.engine().bufferOf(new float[1 << 20]);
                            context.part("preparation", x::capacity);
                            context.engine().dense().scale(x.capacity(), 2, x, x);
                        }))
                .asWholeNetwork();
        assertThat(runner.measure(toy, 1).parts())
                .containsOnlyKeys("preparation", "copies, sums, activations", "everything else")
                .allSatisfy((part, seconds) -> assertThat(seconds).isNotNegative());
    }

    @Test
    void withoutRecordedCloudsAndPluginsItSaysWhereItLooked(@TempDir Path folder) {
        assertThatThrownBy(() -> Rooms.find(folder, PluginCatalog.empty()).room(RoomSize.K3))
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("csc plugins list");
    }
}
