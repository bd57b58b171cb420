package org.scenecontexts.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;

/** Whatever part of a run a user names, the checkpoint that is meant is found, or a sentence says what to name. */
class ModelFilesTest {

    @TempDir
    Path run;

    private Path checkpoint(String stage, String name) throws IOException {
        Path file = run.resolve(stage).resolve("checkpoints").resolve(name + ".safetensors");
        Files.createDirectories(file.getParent());
        return Files.write(file, new byte[] {1});
    }

    @Test
    void aFileIsItself() throws IOException {
        Path file = Files.write(run.resolve("model.pth"), new byte[] {1});

        assertThat(ModelFiles.find(file)).isEqualTo(file);
    }

    @Test
    void theFolderOfAStageOfItsCheckpointsAndOfARunWithOneTrainedStageMeanItsBest() throws IOException {
        checkpoint("train", "last");
        Path best = checkpoint("train", "best");
        Files.createDirectories(run.resolve("eval/reports"));

        assertThat(ModelFiles.find(run.resolve("train"))).isEqualTo(best);
        assertThat(ModelFiles.find(run.resolve("train/checkpoints"))).isEqualTo(best);
        assertThat(ModelFiles.find(run)).isEqualTo(best);
    }

    @Test
    void theLastIsMeantWhereNoneWasMeasured() throws IOException {
        Path last = checkpoint("train", "last");

        assertThat(ModelFiles.find(run.resolve("train/checkpoints"))).isEqualTo(last);
    }

    @Test
    void severalTrainedStagesAreNamed() throws IOException {
        checkpoint("pretrain", "last");
        checkpoint("semseg", "last");

        assertThatThrownBy(() -> ModelFiles.find(run))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("several trained stages")
                .hasMessageContaining("pretrain")
                .hasMessageContaining("semseg");
    }

    @Test
    void aFolderWithoutAnySaysWhatToName() throws IOException {
        Files.createDirectories(run.resolve("eval"));

        assertThatThrownBy(() -> ModelFiles.find(run.resolve("eval")))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("holds no checkpoint")
                .hasMessageContaining("name the folder of a stage that trains");
    }
}
