package org.scenecontexts.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.pipeline.PipelineLoader;
import org.scenecontexts.runtime.plugin.PluginCatalog;
import org.scenecontexts.runtime.toy.Toys;

class PatternCheckTest {

    private static List<Problem> check(String... overrides) {
        PluginCatalog catalog = Toys.catalog(index -> {
            throw new IllegalStateException("no data is read");
        });
        return PatternCheck.of(
                new PipelineLoader(catalog, Map.of())
                        .load(SourceText.of("toys", Toys.TRAIN), List.of(overrides))
                        .orThrow(),
                catalog);
    }

    @Test
    void everyPatternThatFindsNothingIsNamedWithItsPlace() {
        List<Problem> problems = check(
                "stages.learn.freeze=[backbone/*, fnial]", "stages.learn.groups=[{names: backbone/7, rate: 0.1}]");
        assertThat(problems)
                .extracting(Problem::path)
                .containsExactly("learn.train.freeze[1]", "learn.train.groups[0]");
        assertThat(problems.getFirst().message()).contains("'fnial'").contains("did you mean 'final'?");
        assertThat(problems.getFirst().position().orElseThrow().line()).isEqualTo(4);
    }

    @Test
    void patternsThatFindSomethingAreFine() {
        assertThat(check("stages.learn.freeze=[backbone/*]")).isEmpty();
    }
}
