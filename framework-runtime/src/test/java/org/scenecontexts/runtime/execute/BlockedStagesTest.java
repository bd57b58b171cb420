package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.io.array.Npy;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.runtime.pipeline.StageFailedException;
import org.scenecontexts.runtime.toy.Toys;

/** Scenes of 2 m by 2 m in blocks of half a metre: the same answers as in one piece, from parts. */
class BlockedStagesTest {

    private static final String BLOCKS = "blocks: {size: 0.8, overlap: 0.3}";

    private static final String SCENES = "data: {type: toy-data, chance: 3, scenes: 2}, out: [ply, logits]";

    private static final String STAGES =
            Toys.TRAIN.replace("backbone: toy-backbone", "backbone: {type: toy-backbone, points: %s}")
                    + """
              - id: whole
                predict: {model: "${learn}", SCENES}
              - id: cut
                predict: {model: "${learn}", BLOCKS, SCENES}
              - id: turned
                predict: {model: "${learn}", tta: {turns: [0, 90], flips: true}, SCENES}
              - id: measured
                evaluate: {model: "${learn}", BLOCKS, data: {type: toy-data, chance: 3}, benchmark: toy-accuracy}
            """.replace("BLOCKS", BLOCKS).replace("SCENES", SCENES);

    @TempDir
    static Path runs;

    @BeforeAll
    static void run() {
        // Every point, and 20 of the 60 points of a scene.
        Toys.run(runs.resolve("all"), STAGES.formatted("0"));
        Toys.run(runs.resolve("some"), STAGES.formatted("5"));
    }

    private static PointCloud cloud(String which, String stage) {
        return CloudFiles.read(
                runs.resolve(which).resolve("toys").resolve(stage).resolve("predictions/toy-1.ply"));
    }

    private static float[] logits(String stage) {
        return Npy.read(runs.resolve("all/toys").resolve(stage).resolve("predictions/toy-1.npy"))
                .floats();
    }

    @Test
    void aNetworkThatLooksAtPointsAloneSaysTheSameInBlocks() {
        float[] whole = logits("whole");
        // Averages of at most four equal 32-bit numbers with 32-bit weights.
        assertThat(logits("cut")).containsExactly(whole, within(1e-5f));
        assertThat(logits("turned")).containsExactly(whole, within(1e-5f));
    }

    @Test
    void pointsOfAllBlocksComeBackInTheirPlaces() {
        PointCloud whole = cloud("all", "whole");
        PointCloud cut = cloud("all", "cut");
        for (String field : List.of("x", "y", "z", "label", "label_true")) {
            assertThat(cut.column(field).values().doubles())
                    .as(field)
                    .containsExactly(whole.column(field).values().doubles());
        }
    }

    @Test
    void aNetworkThatDrawsFivePointsSeesEveryPointOfABlock() {
        double[] truth = cloud("some", "cut").column("label_true").values().doubles();
        double[] cut = cloud("some", "cut").column("label").values().doubles();
        double[] whole = cloud("some", "whole").column("label").values().doubles();
        // The colour of a point says its class nearly always, that of the nearest of five says it by chance.
        assertThat(agreement(cut, truth)).isGreaterThan(0.9);
        assertThat(agreement(whole, truth)).isLessThan(0.8);
    }

    private static double agreement(double[] a, double[] b) {
        int same = 0;
        for (int i = 0; i < a.length; i++) {
            same += a[i] == b[i] ? 1 : 0;
        }
        return same / (double) a.length;
    }

    @Test
    void aTaskThatDoesNotSayHowItsBoxesAreJoinedIsRefused() {
        String yaml = """
            name: toys
            stages:
              - id: learn
                train:
                  data: {type: toy-data, labelled: false}
                  backbone: toy-backbone
                  task: toy-brightness
                  optimizer: {type: sgd, lr: 0.2}
                  iterations: 2
              - id: cut
                predict: {model: "${learn}", blocks: 0.5, data: {type: toy-data, labelled: false}}
            """;
        assertThatThrownBy(() -> Toys.run(runs.resolve("boxes"), yaml))
                .isInstanceOf(StageFailedException.class)
                .hasMessageContaining("'blocks' cannot be used with the task 'toy-brightness'")
                .hasMessageContaining("leave 'blocks' out");
    }

    @Test
    void memoryThatIsTooSmallIsRefusedBeforeTheFirstBlock() {
        String yaml = STAGES.formatted("0")
                .replace(BLOCKS, "blocks: {size: 4, memory: 1m}")
                .replace("chance: 3, scenes: 2", "chance: 3, scenes: 1, points: 40000");
        assertThatThrownBy(() -> Toys.run(runs.resolve("small"), yaml))
                .isInstanceOf(StageFailedException.class)
                .hasMessageContaining("has 40000 points")
                .hasMessageContaining("'memory', -Xmx");
    }

    @Test
    void featuresOfPartsAreRefusedBeforeAnythingRuns() {
        String yaml = STAGES.formatted("0").replace("out: [ply, logits]", "out: [features]");
        assertThatThrownBy(() -> Toys.run(runs.resolve("features"), yaml))
                .hasMessageContaining("features are those of whole scenes seen once");
    }
}
