package org.scenecontexts.runtime.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.Scenes;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.runtime.run.Chance;
import org.scenecontexts.runtime.run.RunContext;
import org.scenecontexts.runtime.toy.ToyData;

class BatchLoaderTest {

    private static final Task TASK = new Task() {
        @Override
        public Module module() {
            throw new UnsupportedOperationException();
        }

        @Override
        public LossResult loss(Backbone backbone, Batch batch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<ScenePrediction> predict(Backbone backbone, Batch batch) {
            throw new UnsupportedOperationException();
        }
    };

    private static Dataset data(ToyData.Trap trap) {
        return new ToyData(trap)
                .create(
                        new ToyData.Config(7, 60, 1, -1, -1, 1),
                        new RunContext(new Chance(1), message -> {}).build("data"));
    }

    private static BatchMaker maker(Dataset data, Transform... transforms) {
        ScenePipeline pipeline = new ScenePipeline(List.of(transforms), Samplers.points(20), message -> {});
        return BatchMaker.shuffled(data, TASK, pipeline, List.of(InputFeature.COLOUR), 3, new Chance(9));
    }

    private static List<String> names(Batch batch) {
        return batch.samples().stream().map(sample -> sample.example().id()).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void batchesComeInOrderAndAreTheSameWhateverTheThreadsDo(int workers) {
        BatchMaker maker = maker(data(index -> pause(index % 3)));
        try (BatchLoader loader = new BatchLoader(maker, 4, 16, workers)) {
            for (long number = 4; number < 16; number++) {
                Batch expected = maker(data(index -> {})).make(number);
                Batch found = loader.next();
                assertThat(names(found)).isEqualTo(names(expected));
                assertThat(found.points().inputs())
                        .containsExactly(expected.points().inputs());
            }
            assertThat(loader.hasNext()).isFalse();
        }
    }

    @Test
    void everyViewIsPreparedByTheThreadThatMadeItBeforeTheBatchIsHandedOut() {
        Map<PointBatch, String> prepared = new ConcurrentHashMap<>();
        BatchMaker maker = maker(data(index -> {}))
                .preparedBy(new PreparingBackbone(
                        batch -> prepared.put(batch, Thread.currentThread().getName())));
        try (BatchLoader loader = new BatchLoader(maker, 0, 5, 2)) {
            while (loader.hasNext()) {
                assertThat(loader.next().views())
                        .allSatisfy(view -> assertThat(prepared.get(view)).startsWith("csc-loader-"));
            }
        }
        assertThat(prepared).hasSize(5);
    }

    @Test
    void aBatchThatCannotBePreparedFailsInItsTurn() {
        BatchMaker maker = maker(data(index -> {})).preparedBy(new PreparingBackbone(batch -> {
            throw new IllegalArgumentException("rows 1 and 2 are the same voxel");
        }));
        try (BatchLoader loader = new BatchLoader(maker, 0, 5, 2)) {
            assertThatThrownBy(loader::next).hasMessage("rows 1 and 2 are the same voxel");
        }
    }

    /** A backbone that does nothing but prepare. */
    private record PreparingBackbone(Consumer<PointBatch> preparation) implements Backbone {
        @Override
        public void prepare(PointBatch batch) {
            preparation.accept(batch);
        }

        @Override
        public Module module() {
            throw new UnsupportedOperationException("a loader does nothing but prepare");
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public Tensor features(PointBatch batch) {
            throw new UnsupportedOperationException("a loader does nothing but prepare");
        }
    }

    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void everyEpochVisitsEveryExampleOnceInAnotherOrder() {
        SampleOrder order = new SampleOrder(50, new Chance(3));
        List<List<Integer>> epochs = new ArrayList<>();
        for (int epoch = 0; epoch < 3; epoch++) {
            List<Integer> visited = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                visited.add(order.example(50L * epoch + i));
            }
            assertThat(visited).doesNotHaveDuplicates().hasSize(50);
            epochs.add(visited);
        }
        assertThat(new HashSet<>(epochs)).hasSize(3);
        assertThat(order.example(7)).isEqualTo(epochs.getFirst().get(7));
    }

    @Test
    void theSameExampleIsAugmentedAnewInEveryEpoch() {
        BatchMaker maker = maker(data(index -> {}));
        Set<List<Integer>> chosen = new HashSet<>();
        for (long number = 0; number < 7; number++) {
            for (var sample : maker.make(number).samples()) {
                if (sample.example().id().equals("toy-2")) {
                    chosen.add(java.util.Arrays.stream(sample.views().getFirst().source())
                            .boxed()
                            .toList());
                }
            }
        }
        assertThat(chosen).hasSize(3);
    }

    @Test
    void aFailureInAThreadNamesTheExampleAndComesInItsTurn() {
        BatchMaker maker = maker(data(index -> {
            if (index == 4) {
                throw new CloudException("cloud.ply: the file is truncated");
            }
        }));
        int first = 0;
        while (true) {
            boolean bad = false;
            for (int p = 3 * first; p < 3 * first + 3; p++) {
                bad |= maker.order().applyAsInt(p) == 4;
            }
            if (bad) {
                break;
            }
            first++;
        }
        int clean = first;
        try (BatchLoader loader = new BatchLoader(maker, 0, 100, 2)) {
            for (int i = 0; i < clean; i++) {
                loader.next();
            }
            assertThatThrownBy(loader::next)
                    .isInstanceOf(CloudException.class)
                    .hasMessageContaining("'toy-4' (number 4 of 7)")
                    .hasMessageContaining("cloud.ply: the file is truncated");
        }
    }

    @Test
    void noMoreThanAFewBatchesAreMadeAhead() {
        AtomicInteger loads = new AtomicInteger();
        try (BatchLoader loader = new BatchLoader(maker(data(index -> loads.incrementAndGet())), 0, 1000, 2)) {
            loader.next();
            pause(200);
            assertThat(loads.get()).isLessThanOrEqualTo((1 + 3) * 3);
        }
    }

    @Test
    void closingStopsTheThreads() {
        AtomicInteger loads = new AtomicInteger();
        BatchLoader loader = new BatchLoader(
                maker(data(index -> {
                    loads.incrementAndGet();
                    pause(5);
                })),
                0,
                1000,
                2);
        loader.next();
        loader.close();
        int atEnd = loads.get();
        pause(100);
        assertThat(loads.get()).isEqualTo(atEnd);
    }

    @Test
    void aTransformGetsFurtherScenesThatHaveBeenThroughThoseBeforeIt() {
        Transform shifted = new Transform() {
            @Override
            public Scene apply(Scene scene, java.util.random.RandomGenerator random) {
                float[] moved = scene.positions().clone();
                for (int i = 0; i < moved.length; i++) {
                    moved[i] += 100;
                }
                return scene.withPositions(moved);
            }
        };
        Transform mix = new Transform() {
            @Override
            public int others() {
                return 2;
            }

            @Override
            public Scene apply(Scene scene, List<Scene> others, java.util.random.RandomGenerator random) {
                assertThat(others).hasSize(2);
                return Scenes.stacked(scene.id(), List.of(scene, others.get(0), others.get(1)));
            }
        };
        Dataset data = data(index -> {});
        ScenePipeline pipeline = new ScenePipeline(
                List.of(shifted, mix), Samplers.all(), InputPresence.unchecked(), Optional.of(data), message -> {});
        Scene first = data.load(0).scene();
        Scene mixed = pipeline.sample(first, new Chance(4).random()).scene();
        assertThat(mixed.size()).isEqualTo(180);
        for (float position : mixed.positions()) {
            assertThat(position).isBetween(100f, 102f);
        }
        assertThat(pipeline.sample(first, new Chance(4).random()).scene().positions())
                .isEqualTo(mixed.positions());
        assertThatThrownBy(() -> new ScenePipeline(List.of(mix), Samplers.all(), message -> {})
                        .sample(first, new Chance(4).random()))
                .hasMessageContaining("asks for further scenes, and there are none here");
    }

    @Test
    void pointsWithoutAPositionHaveNoRow() {
        float[] positions = {0, 0, 0, Float.NaN, 1, 1, 2, 2, 2, 3, 3, Float.POSITIVE_INFINITY, 4, 4, 4};
        List<String> told = new ArrayList<>();
        SampledPoints points = new ScenePipeline(List.of(), Samplers.all(), told::add)
                .sample(Scene.ofPositions("holes", positions), new Chance(1).random());
        assertThat(points.size()).isEqualTo(3);
        assertThat(points.source()).containsExactly(0, 2, 4);
        assertThat(points.inverse()).containsExactly(0, -1, 1, -1, 2);
        assertThat(told).singleElement().asString().contains("2 of 5 points");
    }

    @Test
    void aTransformThatLeavesNothingIsNamed() {
        Transform all = new Transform() {
            @Override
            public Scene apply(Scene scene, java.util.random.RandomGenerator random) {
                return scene.select(new int[0]);
            }
        };
        assertThatThrownBy(() -> maker(data(index -> {}), all).make(0))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("left no point");
    }
}
