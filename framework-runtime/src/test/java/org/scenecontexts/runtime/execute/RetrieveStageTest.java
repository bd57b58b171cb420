package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.runtime.config.InvalidConfigException;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.run.StageFolder;
import org.scenecontexts.runtime.toy.Toys;

/** A {@code retrieve} stage measures the features of a model without its task, equally in every run. */
class RetrieveStageTest {

    private static final String RETRIEVE = Toys.TRAIN + """
              - id: near
                retrieve:
                  model: ${learn}
                  bank: {type: toy-data, chance: 2, scenes: 3}
                  data: {type: toy-data, chance: 3, scenes: 2}
                  points: 30
                  queries: 40
                  neighbours: 5
            """;

    @TempDir
    private Path runs;

    private Map<String, Object> figures() {
        return RunFiles.timeless(
                Json.read(new StageFolder(runs.resolve("toys/near")).metrics()).orElseThrow());
    }

    private static double number(Map<String, Object> figures, String name) {
        return ((Number) figures.get(name)).doubleValue();
    }

    @Test
    void figuresAndATableOfClassesAreWritten() throws IOException {
        Toys.run(runs, RETRIEVE);
        Map<String, Object> figures = figures();
        assertThat(figures).containsEntry("scenes", 2).containsEntry("points", 80);
        // Two classes that come equally often: chance would be right for half of 80 points, and its 99.9% bound is 54.
        assertThat(number(figures, "knn-accuracy")).isBetween(54 / 80.0, 1.0);
        assertThat(number(figures, "knn-miou")).isBetween(0.3, 1.0);
        assertThat(number(figures, "hit-rate-1")).isLessThanOrEqualTo(number(figures, "hit-rate-5"));
        assertThat(number(figures, "hit-rate-5")).isLessThanOrEqualTo(number(figures, "hit-rate-10"));
        List<String> table = Files.readAllLines(runs.resolve("toys/near/reports/retrieval.csv"));
        assertThat(table.getFirst()).isEqualTo("class,iou,accuracy,points,points in the bank");
        assertThat(table).hasSize(3);
    }

    @Test
    void hitRatesAreOfAsManyAsTheirNamesSayHoweverFewVote() {
        Toys.run(runs, RETRIEVE);
        Map<String, Object> five = figures();
        Toys.run(runs, RETRIEVE, "stages.near.neighbours=1");
        Map<String, Object> one = figures();
        for (String rate : List.of("hit-rate-1", "hit-rate-5", "hit-rate-10")) {
            assertThat(one.get(rate)).as(rate).isEqualTo(five.get(rate));
        }
        // With one vote that of the nearest is the class.
        assertThat(one.get("knn-accuracy")).isEqualTo(one.get("hit-rate-1"));
        assertThat(number(one, "hit-rate-5")).isGreaterThan(number(one, "hit-rate-1"));
    }

    @Test
    void twoThreadsFindTheSame() {
        Toys.run(runs, RETRIEVE);
        Map<String, Object> first = figures();
        Toys.run(runs, RETRIEVE, index -> {}, 2, true);
        assertThat(figures()).isEqualTo(first);
    }

    @Test
    void inAMatrixItIsWhatIsMeasured() throws IOException {
        String matrix = RETRIEVE.replace("seed: 5", "seed: ${matrix.seed}\nmatrix:\n  points: [10, 30]\n  seed: [1, 2]")
                .replace("points: 30", "points: \"${matrix.points}\"");
        Toys.run(runs, matrix);
        assertThat(Files.readAllLines(runs.resolve("toys/results.csv")).getFirst())
                .startsWith("stage,points,runs,failed,knn-miou mean");
    }

    private List<String> log(String about) throws IOException {
        return Files.readAllLines(new StageFolder(runs.resolve("toys/near")).log()).stream()
                .filter(line -> line.contains(about))
                .toList();
    }

    @Test
    void aBankWithFewerPointsThanVoteAndWithoutAClassIsSaidOnce() throws IOException {
        Toys.run(runs, RETRIEVE, "stages.near.points=1", "stages.near.bank.scenes=1");
        assertThat(log("labelled points in the bank: 1, where 'neighbours' asks for 5"))
                .hasSize(1);
        assertThat(log("the bank has no point of '"))
                .hasSize(1)
                .first()
                .asString()
                .contains("queries)");
    }

    @Test
    void aSceneWithoutLabelledPointsIsSaidOnce() throws IOException {
        Toys.run(runs, RETRIEVE, "stages.near.data.unlabelled=1");
        assertThat(log("scenes of the data that have no labelled point and take no part: 1 of 2, the first 'toy-1'"))
                .hasSize(1);
        assertThat(figures()).containsEntry("points", 40);
        assertThat(log("scenes of the bank")).isEmpty();
        assertThat(log("labelled points in the bank")).isEmpty();
    }

    @Test
    void aFeatureThatIsNoNumberIsRefusedAndSaysWhichPoint() {
        assertThatThrownBy(() -> Toys.run(
                        runs,
                        RETRIEVE,
                        "stages.learn.backbone.points=0",
                        "stages.near.bank.poisoned=1",
                        "stages.near.points=60"))
                .hasMessageContaining("scene 'toy-1': channel 0 of the feature of point ")
                .hasMessageContaining("is NaN where a finite number is expected");
        assertThat(new StageFolder(runs.resolve("toys/near")).metrics()).doesNotExist();
    }

    @Test
    void dataWithoutLabelsIsRefused() {
        String unlabelled = RETRIEVE.replace("chance: 2, scenes: 3", "chance: 2, scenes: 3, labelled: false");
        assertThatThrownBy(() -> Toys.run(runs, unlabelled))
                .hasMessageContaining("the bank of the retrieval has no labelled point");
        assertThatThrownBy(() -> Toys.run(runs, RETRIEVE, "stages.near.data.labelled=false"))
                .hasMessageContaining("the data of the retrieval has no labelled point")
                .hasMessageContaining("label-field 'kind'");
        assertThatThrownBy(() -> Toys.run(runs, unlabelled.replace("labelled: false", "labelled: false, stated: true")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("the neighbours of a retrieval vote with labels");
    }

    @Test
    void aBankOfOtherClassesIsRefused() {
        String other = RETRIEVE.replace("chance: 2, scenes: 3", "chance: 2, scenes: 3, classes: [low, high]");
        assertThatThrownBy(() -> Toys.run(runs, other)).hasMessageContaining("the bank tells apart [low, high]");
    }
}
