package org.scenecontexts.testkit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KitPipelineTest {

    @TempDir
    Path runs;

    @Test
    void theSmallestPipelineLearnsItsRooms() {
        var finished = PipelineInTest.of(KitParts.PIPELINE).run(runs, "stages.learn.iterations=60");
        assertThat(finished.figure("measure", "accuracy")).isGreaterThan(0.9);
        assertThat(finished.checkpoints("learn")).containsKeys("best.safetensors", "last.safetensors");
    }

    @Test
    void aMistakeIsRefusedInTheWordsThatAUserWouldSee() {
        assertThatThrownBy(() -> PipelineInTest.of(KitParts.PIPELINE).run(runs, "stages.learn.backbone=kit-mpl"))
                .hasMessageContaining("unknown backbone 'kit-mpl'");
    }

    @Test
    void aFigureThatIsNotThereIsAnsweredWithThoseThatAre() {
        var finished = PipelineInTest.of(KitParts.PIPELINE).run(runs);
        assertThatThrownBy(() -> finished.figure("measure", "miou")).hasMessageContaining("accuracy");
    }
}
