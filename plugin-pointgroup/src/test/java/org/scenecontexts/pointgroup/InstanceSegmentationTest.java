package org.scenecontexts.pointgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.scenecontexts.pointgroup.Toys.CHAIR;
import static org.scenecontexts.pointgroup.Toys.FLOOR;
import static org.scenecontexts.pointgroup.Toys.TABLE;
import static org.scenecontexts.pointgroup.Toys.batch;
import static org.scenecontexts.pointgroup.Toys.points;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.pointgroup.InstanceSegmentationFactory.Grouping;
import org.scenecontexts.pointgroup.Toys.Thing;

class InstanceSegmentationTest {

    private static final CpuEngine ENGINE = new CpuEngine(1, List.of());

    private final Toys.Context context = new Toys.Context(ENGINE);
    private final InstanceSegmentation task = Toys.task(Toys.config(), context);

    @AfterAll
    static void end() {
        ENGINE.close();
    }

    private LossResult train(InstanceSegmentation trained, Batch batch) {
        trained.module().training(true);
        LossResult result = trained.loss(Toys.backbone(ENGINE), batch);
        trained.module().training(false);
        return result;
    }

    private int found(Batch batch) {
        task.module().training(false);
        return task.predict(Toys.backbone(ENGINE), batch).getFirst().instances().size();
    }

    private Map<String, Object> lost(String name) {
        Report.Table table = task.diagnosis().getFirst();
        List<Object> row = table.rows().stream()
                .filter(cells -> cells.getFirst().equals(name))
                .findFirst()
                .orElseThrow();
        Map<String, Object> cells = new java.util.LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            cells.put(table.header().get(i), row.get(i));
        }
        return cells;
    }

    /** A room of a floor, so many chairs of 36 rows and one table of 144 rows, all of them predicted right. */
    private static SampledPoints room(int chairs) {
        Thing[] things = new Thing[chairs + 2];
        things[0] = new Thing(FLOOR, -1, FLOOR, -30, 20);
        things[1] = new Thing(TABLE, 0, TABLE, 0, 12);
        for (int i = 0; i < chairs; i++) {
            things[2 + i] = new Thing(CHAIR, 1 + i, CHAIR, 20 + 10 * i, 6);
        }
        return points(true, things);
    }

    @Test
    void aClassThatDoesNotExistIsRefusedWithThoseThatDo() {
        assertThatThrownBy(
                        () -> Toys.task(Toys.config(List.of("Floor"), Grouping.ESTIMATED, Optional.empty()), context))
                .hasMessageContaining("'stuff' names the class 'Floor'")
                .hasMessageContaining("floor, chair, table");
    }

    @Test
    void theUsualStuffNeedNotExist() {
        InstanceSegmentation usual =
                Toys.task(Toys.config(ClassNumbers.STUFF, Grouping.ESTIMATED, Optional.empty()), context);

        assertThat(usual.predict(Toys.backbone(ENGINE), batch(room(2)))
                        .getFirst()
                        .instances())
                .hasSize(3);
    }

    @Test
    void nothingButStuffIsRefused() {
        assertThatThrownBy(() -> Toys.task(
                        Toys.config(List.of("floor", "chair", "table"), Grouping.ESTIMATED, Optional.empty()), context))
                .hasMessageContaining("no object");
    }

    @Test
    void aRadiusInVoxelsIsRefusedInTheFirstStepOfABackboneWithoutThem() {
        InstanceSegmentation published =
                Toys.task(Toys.config(List.of("floor"), Grouping.PUBLISHED, Optional.empty()), context);
        Batch bare = batch(points(false, new Thing(CHAIR, 0, CHAIR, 0, 6)));

        assertThatThrownBy(() -> train(published, bare))
                .hasMessageContaining("1.5 voxels")
                .hasMessageContaining("'radius'");
    }

    @Test
    void numbersThatAreGivenReplaceThePublishedOnes() {
        // Chairs 5 voxels of 5 cm apart, 49 rows each: joined by 30 cm to 98 rows, which publishes nothing above 100.
        InstanceSegmentation published =
                Toys.task(Toys.config(List.of("floor"), Grouping.PUBLISHED, Optional.of(0.3)), context);
        Batch chairs = batch(points(
                true,
                new Thing(CHAIR, 0, CHAIR, 0, 7),
                new Thing(CHAIR, 1, CHAIR, 11, 7),
                new Thing(CHAIR, 2, CHAIR, 22, 7)));

        assertThat(published.predict(Toys.backbone(ENGINE), chairs).getFirst().instances())
                .singleElement()
                .satisfies(joined -> assertThat(joined.points()).hasSize(147));
    }

    @Test
    void objectsThatWereFoundAreSaidPerClass() {
        assertThat(found(batch(room(3)))).isEqualTo(4);

        assertThat(lost("chair"))
                .containsEntry("true objects", 3L)
                .containsEntry("matched", 3L)
                .containsEntry("points", 108L)
                .containsEntry("in objects", 108L);
        assertThat(task.diagnosis()).as("asking forgets").isEmpty();
        assertThat(context.warnings()).isEmpty();
    }

    @Test
    void anObjectOfAnotherPredictedClassIsLostByClass() {
        found(batch(points(true, new Thing(CHAIR, 0, TABLE, 0, 6), new Thing(TABLE, 1, TABLE, 20, 6))));

        assertThat(lost("chair")).containsEntry("matched", 0L).containsEntry("lost by class", 1L);
    }

    @Test
    void anObjectOfTooFewPointsIsLostBySize() {
        // 16 rows of 5 cm are 400 square centimetres: not more than an object must have.
        found(batch(points(true, new Thing(CHAIR, 0, CHAIR, 0, 4), new Thing(TABLE, 1, TABLE, 20, 6))));

        assertThat(lost("chair")).containsEntry("in small groups", 16L).containsEntry("lost by size", 1L);
    }

    @Test
    void objectsThatTouchAreLostByGrouping() {
        found(batch(points(true, new Thing(CHAIR, 0, CHAIR, 0, 6), new Thing(CHAIR, 1, CHAIR, 6, 6))));

        assertThat(lost("chair")).containsEntry("matched", 0L).containsEntry("lost by grouping", 2L);
    }

    @Test
    void whoFindsNothingIsToldWhyAndWhatToDo() {
        found(batch(points(true, new Thing(CHAIR, 0, CHAIR, 0, 3), new Thing(FLOOR, -1, FLOOR, 20, 2))));

        task.diagnosis();

        assertThat(context.warnings())
                .singleElement()
                .asString()
                .contains("no object was found in 1 scenes", "9 were in groups that are too small", "lower min-points");
    }

    @Test
    void whereHardlyAPointIsOfAnObjectTheClassesAreToBlame() {
        found(batch(points(true, new Thing(CHAIR, 0, CHAIR, 0, 3), new Thing(FLOOR, -1, FLOOR, 20, 30))));

        task.diagnosis();

        assertThat(context.warnings()).singleElement().asString().contains("train longer");
    }

    @Test
    void sizesAreEstimatedFromTheObjectsInTraining() {
        // Chairs of 9 rows are noise by the published areas; here most objects are that small.
        Thing[] small = new Thing[30];
        for (int i = 0; i < small.length; i++) {
            small[i] = new Thing(CHAIR, i, CHAIR, 10 * i, 3);
        }
        Batch chairs = batch(points(true, small));
        assertThat(found(chairs)).isZero();

        train(task, chairs);

        assertThat(found(chairs)).isEqualTo(30);
    }

    @Test
    void whatWasEstimatedGoesWithTheModel() {
        train(task, batch(room(25)));
        InstanceSegmentation loaded = Toys.task(Toys.config(), context);

        loaded.restore(task.notes());

        assertThat(loaded.notes()).isEqualTo(task.notes()).containsKeys("spacing", "mean-active", "object-sizes");
        train(task, batch(room(2)));
        train(loaded, batch(room(2)));
        assertThat(loaded.notes()).isEqualTo(task.notes()).containsEntry("scenes", "2");
    }

    @Test
    void fewLabelledPointsAreNotTakenForSmallObjects() {
        SampledPoints room = room(25);
        int[] labels = room.scene().labels().clone();
        Arrays.fill(labels, 10, labels.length, -1);

        train(task, batch(room.withScene(room.scene().withLabels(labels))));

        assertThat(task.notes()).isEmpty();
    }

    @Test
    void measuringEstimatesNothing() {
        task.module().training(false);
        task.loss(Toys.backbone(ENGINE), batch(room(25)));

        assertThat(task.notes()).isEmpty();
    }

    @Test
    void scenesOfOneClassAndWithoutObjectsTrainAndPredict() {
        SampledPoints empty = points(true, new Thing(FLOOR, -1, FLOOR, 0, 8));
        SampledPoints full = points(true, new Thing(CHAIR, 0, CHAIR, 0, 8));
        for (SampledPoints scene : List.of(empty, full)) {
            LossResult result = train(task, batch(scene, scene));

            assertThat(result.total().item()).isFinite();
            result.total().backward();
        }
        assertThat(found(batch(empty))).isZero();
        assertThat(found(batch(full))).isEqualTo(1);
    }

    @Test
    void anObjectThatIsNotSureEnoughIsLostByScore() {
        InstanceSegmentation strict = Toys.task(
                Toys.config(List.of("floor"), Grouping.ESTIMATED, Optional.empty(), false, Optional.of(0.99999)),
                context);

        assertThat(strict.predict(Toys.backbone(ENGINE), batch(room(2)))
                        .getFirst()
                        .instances())
                .isEmpty();

        Report.Table table = strict.diagnosis().getFirst();
        assertThat(table.header()).contains("in unsure ones", "lost by score");
        assertThat(table.rows().getFirst().get(table.header().indexOf("lost by score")))
                .isEqualTo(2L);
        assertThat(context.warnings()).singleElement().asString().contains("lower min-score");
    }

    @Test
    void bothSetsFindAnObjectOnce() {
        // Offsets are nothing here, so that both sets hold the same objects.
        InstanceSegmentation both = Toys.task(
                Toys.config(List.of("floor"), Grouping.ESTIMATED, Optional.empty(), true, Optional.empty()), context);

        assertThat(both.predict(Toys.backbone(ENGINE), batch(room(2)))
                        .getFirst()
                        .instances())
                .hasSize(3)
                .allSatisfy(object -> assertThat(object.points()).hasSize(object.rows().length));
    }
}
