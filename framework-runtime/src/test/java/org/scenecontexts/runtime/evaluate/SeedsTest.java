package org.scenecontexts.runtime.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.FeatureSet;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.testkit.OpaqueEngine;

/** Every backbone has seeds for detection, and an evaluation runs it once per scene whatever is asked of it. */
class SeedsTest {

    private final CpuEngine engine = new CpuEngine(1, List.of());

    @AfterEach
    void close() {
        engine.close();
    }

    private int runs;

    private final Backbone positions = Backbone.of(new Module() {}, 3, batch -> {
        runs++;
        return engine.wrap(batch.positions().clone(), batch.rows(), 3);
    });

    private static PointBatch batch(float[]... scenes) {
        return PointBatch.of(
                java.util.Arrays.stream(scenes)
                        .map(xyz -> Samplers.all().sample(Scene.ofPositions("s", xyz), new Random(1)))
                        .toList(),
                List.of(InputFeature.ONES));
    }

    @Test
    void seedsAreFarthestPointsWithTheFeaturesThere() {
        PointBatch batch = batch(new float[] {0, 0, 0, 1, 0, 0, 9, 0, 0, 4, 0, 0}, new float[] {5, 5, 5, 6, 5, 5});
        FeatureSet seeds = positions.seeds(batch, 3);
        assertThat(seeds.rows()).containsExactly(0, 2, 3, 4, 5, 4);
        assertThat(seeds.offsets()).containsExactly(0, 3, 6);
        assertThat(seeds.positions()).containsExactly(0, 0, 0, 9, 0, 0, 4, 0, 0, 5, 5, 5, 6, 5, 5, 5, 5, 5);
        assertThat(seeds.features().toArray()).containsExactly(seeds.positions());
    }

    @Test
    void pointsAtOnePlaceStandForOneAnother() {
        FeatureSet seeds = positions.seeds(batch(new float[] {1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1}), 4);
        assertThat(seeds.rows()).containsExactly(0, 2, 0, 0);
    }

    @Test
    void aDeviceHasTheirPlacesToo() {
        try (OpaqueEngine device = new OpaqueEngine(new CpuEngine(1, List.of()))) {
            PointBatch batch = batch(new float[] {0, 0, 0, 1, 0, 0, 9, 0, 0}, new float[] {5, 5, 5});
            FeatureSet seeds = FeatureSet.farthest(Backbone.positions(device, batch), batch, 2);
            assertThat(seeds.places().rows().toArray()).containsExactly(0, 0, 0, 9, 0, 0, 5, 5, 5, 5, 5, 5);
            assertThat(seeds.places().offsets()).containsExactly(0, 2, 4);
            assertThat(seeds.rows()).containsExactly(0, 2, 3, 3);
        }
    }

    @Test
    void whatElseIsKnownOfThePointsIsFoundAtThemWithoutARead() {
        try (OpaqueEngine device = new OpaqueEngine(new CpuEngine(1, List.of()))) {
            PointBatch batch = batch(new float[] {0, 0, 0, 1, 0, 0, 9, 0, 0}, new float[] {5, 5, 5, 6, 6, 6});
            FeatureSet farthest = FeatureSet.farthest(Backbone.positions(device, batch), batch, 2);
            FeatureSet given = new FeatureSet(
                    device.zeros(2, 1), new float[] {9, 0, 0, 6, 6, 6}, new int[] {2, 4}, new int[] {0, 1, 2});
            FeatureSet chosen = FeatureSet.chosen(
                    device.zeros(2, 1),
                    given.places(),
                    batch,
                    List.of(device.indices(new int[] {1, 2, 3, 4}, 5), device.indices(new int[] {1, 3}, 4)));
            Tensor names = device.wrap(new float[] {10, 11, 12, 13, 14}, 5, 1);
            long before = device.hostReads();
            Tensor atFarthest = farthest.gather(names);
            Tensor atGiven = given.gather(names);
            Tensor atChosen = chosen.gather(names);
            assertThat(device.hostReads() - before).isZero();
            assertThat(atFarthest.toArray()).containsExactly(10, 12, 13, 14);
            assertThat(atGiven.toArray()).containsExactly(12, 14);
            assertThat(atChosen.toArray()).containsExactly(12, 14);
            assertThat(chosen.rows()).containsExactly(2, 4);
            assertThat(chosen.positions()).containsExactly(9, 0, 0, 6, 6, 6);
        }
    }

    @Test
    void rowsInStepsThatAreNotAsManyAsFeaturesAreRefused() {
        PointBatch batch = batch(new float[] {0, 0, 0, 1, 0, 0});
        FeatureSet seeds = positions.seeds(batch, 2);
        assertThatThrownBy(() -> FeatureSet.chosen(
                        seeds.features(), seeds.places(), batch, List.of(engine.indices(new int[] {0}, 2))))
                .hasMessageContaining("1 rows; expected one of each");
    }

    @Test
    void seedsAndFeaturesOfOneBatchCostOneRun() {
        RememberingBackbone remembering = new RememberingBackbone(positions);
        PointBatch batch = batch(new float[] {0, 0, 0, 1, 0, 0});
        remembering.seeds(batch, 2).features().release();
        remembering.features(batch).release();
        remembering.seeds(batch, 2);
        remembering.featureSet(batch);
        assertThat(runs).isEqualTo(1);
        remembering.features(batch(new float[3]));
        assertThat(runs).isEqualTo(2);
    }

    @Test
    void seedsOfABackbonesOwnAreComputedOnceToo() {
        Backbone own = new Backbone() {
            @Override
            public Module module() {
                return positions.module();
            }

            @Override
            public int channels() {
                return 3;
            }

            @Override
            public Tensor features(PointBatch batch) {
                return positions.features(batch);
            }

            @Override
            public boolean hasOwnSeeds() {
                return true;
            }

            @Override
            public FeatureSet seeds(PointBatch batch, int count) {
                return FeatureSet.farthest(features(batch), batch, count);
            }
        };
        RememberingBackbone remembering = new RememberingBackbone(own);
        PointBatch batch = batch(new float[] {0, 0, 0, 1, 0, 0});
        remembering.seeds(batch, 1).features().release();
        assertThat(remembering.seeds(batch, 1).features().toArray()).containsExactly(0, 0, 0);
        assertThat(runs).isEqualTo(1);
    }
}
