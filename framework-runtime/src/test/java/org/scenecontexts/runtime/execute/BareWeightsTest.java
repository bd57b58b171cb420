package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.torch.WeightFiles;
import org.scenecontexts.io.torch.Weights;
import org.scenecontexts.runtime.config.InvalidConfigException;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.StageFailedException;
import org.scenecontexts.runtime.run.StageFolder;
import org.scenecontexts.runtime.toy.Toys;

/** Files that hold weights and nothing else can be measured, once a pipeline says what network they belong to. */
class BareWeightsTest {

    private static final String NETWORK = "{backbone: toy-backbone, task: toy-task}";

    @TempDir
    Path runs;

    private Path weights;

    @BeforeEach
    void train() {
        Toys.run(runs, Toys.ALL);
        weights = runs.resolve("published.pth");
        WeightFiles.write(weights, Weights.of(tensors()));
    }

    private Path checkpoint() {
        return new StageFolder(runs.resolve("toys/learn")).last();
    }

    private Map<String, NpArray> tensors() {
        return new LinkedHashMap<>(WeightFiles.read(checkpoint()).tensors());
    }

    private static String evaluation(String model, String network) {
        return """
                name: published
                seed: 5
                stages:
                  - id: measure
                    evaluate:
                      model: "%s"
                      data: {type: toy-data, chance: 3}
                      benchmark: toy-accuracy
                """.formatted(model) + (network.isEmpty() ? "" : "      network: " + network + "\n");
    }

    private Map<String, Object> measure(Path file, String network) {
        Toys.run(runs, evaluation(file.toString(), network));
        return Json.read(new StageFolder(runs.resolve("published/measure")).metrics())
                .orElseThrow();
    }

    @Test
    void theyMeasureTheSameAsTheCheckpointThatTheyCameFrom() {
        Map<String, Object> expected = Json.read(new StageFolder(runs.resolve("toys/measure")).metrics())
                .orElseThrow();
        assertThat(measure(weights, NETWORK)).containsEntry("accuracy", expected.get("accuracy"));
    }

    @Test
    void withoutANetworkThePipelineIsRefusedBeforeItRuns() {
        assertThatThrownBy(() -> Toys.run(runs, evaluation(weights.toString(), "")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("PyTorch file")
                .hasMessageContaining("add 'network: { backbone: ..., task: ...");
    }

    @Test
    void aStagesModelNeedsNoNetwork() {
        String both = Toys.ALL.replace(
                "evaluate: {model: \"${learn}\",", "evaluate: {model: \"${learn}\", network: " + NETWORK + ",");
        assertThatThrownBy(() -> Toys.run(runs, both))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("stage 'learn', which knows its network");
    }

    @Test
    void aCheckpointThatDescribesItselfIsNotDescribedAgain() {
        assertThatThrownBy(() -> measure(checkpoint(), NETWORK))
                .isInstanceOf(StageFailedException.class)
                .hasMessageContaining("leave out 'network'");
    }

    @Test
    void anotherNetworkIsRefused() {
        assertThatThrownBy(() -> measure(weights, "{backbone: {type: toy-backbone, width: 16}, task: toy-task}"))
                .isInstanceOf(StageFailedException.class)
                .hasMessageContaining("published.pth: does not fit the network")
                .hasMessageContaining("in the file");
    }

    @Test
    void aTensorThatTheFileLacksIsNeverLeftAtItsFirstValues() {
        Map<String, NpArray> fewer = tensors();
        String lost = fewer.keySet().iterator().next();
        fewer.remove(lost);
        WeightFiles.write(weights, Weights.of(fewer));
        assertThatThrownBy(() -> measure(weights, "{backbone: toy-backbone, task: toy-task, strict: false}"))
                .isInstanceOf(StageFailedException.class)
                .hasMessageContaining(lost);
    }

    @Test
    void tensorsOfOtherHeadsAreLeftOverOnlyWhenAllowed() {
        Map<String, NpArray> more = tensors();
        more.put("offsets.bias", NpArray.of(new float[3], 1, 3));
        WeightFiles.write(weights, Weights.of(more));
        assertThatThrownBy(() -> measure(weights, NETWORK))
                .isInstanceOf(StageFailedException.class)
                .hasMessageContaining("offsets.bias")
                .hasMessageContaining("strict: false");
        assertThat(measure(weights, "{backbone: toy-backbone, task: toy-task, strict: false}"))
                .containsKey("accuracy");
    }

    @Test
    void aCheckpointThatWasConvertedStillDescribesItself() {
        Map<String, Object> expected = Json.read(new StageFolder(runs.resolve("toys/measure")).metrics())
                .orElseThrow();
        for (String name : List.of("model.pth", "model.safetensors")) {
            Path converted = runs.resolve(name);
            WeightFiles.write(converted, WeightFiles.read(checkpoint()));

            assertThat(measure(converted, "")).as(name).containsEntry("accuracy", expected.get("accuracy"));
        }
    }

    @Test
    void bareSafetensorsAreRefusedBeforeTheyRunToo() {
        Path bare = runs.resolve("bare.safetensors");
        WeightFiles.write(bare, Weights.of(tensors()));

        assertThatThrownBy(() -> Toys.run(runs, evaluation(bare.toString(), "")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("bare.safetensors is a file of bare weights");
    }
}
