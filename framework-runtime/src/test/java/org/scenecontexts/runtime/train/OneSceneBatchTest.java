package org.scenecontexts.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.runtime.execute.LocalExecutor;
import org.scenecontexts.runtime.toy.Toys;
import org.scenecontexts.testing.LogLines;

/** A training that evaluation will not know again says so: its batch norms see one scene at a time. */
class OneSceneBatchTest {

    @TempDir
    Path runs;

    private List<String> warnings(String... overrides) {
        String[] all = Stream.concat(Stream.of("stages.learn.iterations=4"), Stream.of(overrides))
                .toArray(String[]::new);
        try (LogLines lines = LogLines.of(LocalExecutor.class)) {
            Toys.run(runs, Toys.TRAIN, all);
            return lines.warnings().stream()
                    .filter(line -> line.contains("batch: 1"))
                    .toList();
        }
    }

    @Test
    void aBatchOfOneSceneIsWarnedOfOnceWithTheRemedy() {
        assertThat(warnings("stages.learn.batch=1"))
                .singleElement()
                .asString()
                .contains("learn", "statistics of one scene at a time", "Use 'batch: 2' or more");
    }

    @Test
    void twoScenesAreNot() {
        assertThat(warnings("stages.learn.batch=2")).isEmpty();
    }

    @Test
    void frozenNormsAreNot() {
        assertThat(warnings("stages.learn.batch=1", "stages.learn.freeze=[backbone/*]"))
                .isEmpty();
    }
}
