package org.scenecontexts.benchmarks.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class ShortTrainingTest {

    private static Map<?, ?> pipeline(boolean small, List<Integer> seeds) throws IOException {
        String quickstart = Files.readString(Path.of("..", "examples", "quickstart.yaml"));
        return new Yaml().load(new ShortTraining(small).pipeline("short-fp32", quickstart, seeds));
    }

    private static Map<?, ?> stage(Map<?, ?> pipeline, int number, String kind) {
        return (Map<?, ?>) ((Map<?, ?>) ((List<?>) pipeline.get("stages")).get(number)).get(kind);
    }

    @Test
    void theQuickstartIsTrainedWithTheSeedsThatWereAskedForAndEndsEarlier() throws IOException {
        Map<?, ?> pipeline = pipeline(false, List.of(1, 2, 3));

        assertThat(pipeline.get("matrix")).isEqualTo(Map.of("seed", List.of(1, 2, 3)));
        assertThat(stage(pipeline, 0, "train").get("iterations")).isEqualTo(300);
        assertThat(stage(pipeline, 0, "train").get("schedule")).isEqualTo("one-cycle");
        assertThat(stage(pipeline, 1, "evaluate").get("model")).isEqualTo("${train}");
        assertThat(stage(pipeline, 1, "evaluate").containsKey("export")).isFalse();
    }

    @Test
    void aRehearsalHasFewerScenes() throws IOException {
        Map<?, ?> pipeline = pipeline(true, List.of(1, 2, 3));

        assertThat((Map<?, ?>) stage(pipeline, 0, "train").get("data"))
                .extracting(data -> data.get("scenes"))
                .isEqualTo(2);
        assertThat((Map<?, ?>) stage(pipeline, 1, "evaluate").get("data"))
                .extracting(data -> data.get("scenes"))
                .isEqualTo(2);
    }
}
