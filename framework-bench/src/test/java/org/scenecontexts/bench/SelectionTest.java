package org.scenecontexts.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.workload.PreparedWorkload;
import org.scenecontexts.api.workload.Work;
import org.scenecontexts.api.workload.Workload;
import org.scenecontexts.api.workload.Workload.Tier;
import org.scenecontexts.runtime.plugin.Plugins;

class SelectionTest {

    private static final List<Workload> ALL = List.of(
            toy("conv/forward/32", Tier.QUICK),
            toy("conv/forward/64", Tier.STANDARD),
            toy("conv/forward/64/large", Tier.FULL),
            toy("norm/64", Tier.STANDARD),
            toy("giant", Tier.FULL));

    private static Workload toy(String name, Tier tier) {
        return Workload.of(name, tier, context -> PreparedWorkload.of(Work.NONE, () -> {}));
    }

    private static List<String> names(Tier tier, String... patterns) {
        return WorkloadFilter.of(ALL, tier, List.of(patterns)).stream()
                .map(Workload::name)
                .toList();
    }

    @Test
    void aTierHoldsThoseBeforeIt() {
        assertThat(names(Tier.QUICK)).containsExactly("conv/forward/32");
        assertThat(names(Tier.STANDARD)).containsExactly("conv/forward/32", "conv/forward/64", "norm/64");
    }

    @Test
    void aPatternIsAPartOfAName() {
        assertThat(names(Tier.STANDARD, "conv")).containsExactly("conv/forward/32", "conv/forward/64");
        assertThat(names(Tier.STANDARD, "c*64", "norm")).containsExactly("conv/forward/64", "norm/64");
    }

    @Test
    void aWholeNameMeansThatOneOnly() {
        assertThat(names(Tier.FULL, "conv/forward/64")).containsExactly("conv/forward/64");
    }

    @Test
    void whatTheTierLacksIsLookedForInAll() {
        assertThat(names(Tier.QUICK, "giant")).containsExactly("giant");
    }

    @Test
    void theEnginesOwnWorkloadsAreFoundLikeAnyones() {
        try (Plugins plugins = Plugins.discover(List.of())) {
            assertThat(WorkloadFilter.all(plugins.catalog()))
                    .extracting(Workload::name)
                    .contains("gemm/1024", "copy/64m", "norm/train/96/60k", "loss/60k", "sgd/37m")
                    .doesNotHaveDuplicates();
        }
    }
}
