package org.scenecontexts.runtime.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.runtime.checkpoint.Checkpoint;
import org.scenecontexts.runtime.checkpoint.CheckpointValues;
import org.scenecontexts.runtime.run.StageFolder;
import org.scenecontexts.runtime.toy.Toys;

class KeepCheckpointsTest {

    @TempDir
    Path runs;

    private StageFolder train(String hook) {
        Toys.run(runs, Toys.TRAIN, "stages.learn.hooks=[{type: keep-checkpoints, " + hook + "}]");
        return new StageFolder(runs.resolve("toys/learn"));
    }

    private static List<String> files(StageFolder stage) throws IOException {
        try (Stream<Path> files = Files.list(stage.last().getParent())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void keepsEveryNthCheckpoint() throws IOException {
        assertThat(files(train("every: 10")))
                .containsExactly(
                        "best.safetensors",
                        "iteration-0000010.safetensors",
                        "iteration-0000020.safetensors",
                        "last.safetensors");
    }

    @Test
    void keepsTheNewestOnlyWhenToldSo() throws IOException {
        assertThat(files(train("every: 5, newest: 2")))
                .containsExactly(
                        "best.safetensors",
                        "iteration-0000015.safetensors",
                        "iteration-0000020.safetensors",
                        "last.safetensors");
    }

    @Test
    void keepsTheBestByEveryFigureNamed() {
        StageFolder stage = train("best: {accuracy: highest, loss: lowest}");
        assertThat(CheckpointValues.of(stage.checkpoint("best-accuracy")).tensors())
                .usingRecursiveComparison()
                .isEqualTo(CheckpointValues.of(stage.best()).tensors());
        try (Checkpoint loss = Checkpoint.open(stage.checkpoint("best-loss"))) {
            assertThat(Double.parseDouble(loss.metadata("csc.best.loss").orElseThrow()))
                    .isPositive();
        }
    }

    @Test
    void aKeptCheckpointCanBeUsedLikeAnyOther() {
        StageFolder stage = train("every: 10");
        String measure =
                Toys.TRAIN.replace("name: toys", "name: second") + """
                      - id: measure
                        evaluate:
                          model: %s
                          data: {type: toy-data, chance: 3}
                          benchmark: toy-accuracy
                    """.formatted(stage.checkpoint("iteration-0000010"));
        Toys.run(runs, measure, "stages.learn.iterations=1");
        assertThat(runs.resolve("second/measure/metrics.json")).exists();
    }

    @Test
    void aFigureThatIsNotMeasuredIsRefusedWithThoseThatAre() {
        assertThatThrownBy(() -> train("best: {miou: highest}"))
                .hasMessageContaining("hook 'keep-checkpoints' (hooks[0]) failed after the measurement of step 6")
                .hasMessageContaining("'miou' was not measured; there are accuracy, loss");
    }

    @Test
    void keepingNothingIsRefused() {
        assertThatThrownBy(() -> new KeepCheckpoints.Config(Optional.empty(), Optional.empty(), Map.of()))
                .hasMessageContaining("keeps nothing");
        assertThatThrownBy(
                        () -> new KeepCheckpoints.Config(Optional.empty(), Optional.of(2), Map.of("loss", Goal.LOWEST)))
                .hasMessageContaining("give 'every' too");
    }
}
