package org.scenecontexts.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.Capability;
import org.scenecontexts.api.backbone.FeatureSet;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.engine.Repeatability;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Tensor;

/**
 * What the framework relies on in every backbone: extend it, and its tests run on yours.
 *
 * <p>Rows and channels are those announced; the same seed gives the same bits; what a scene is given in use depends on no
 * other scene of its batch, nor on whether the batch was prepared, and changes nothing; a state that is saved and loaded is all
 * that there is; and no array is asked for that a device would not have.
 *
 * @param <C> the configuration of the backbone
 * @since 0.2
 */
public abstract class BackboneContract<C extends Record> {

    private static final List<InputFeature> INPUTS = List.of(InputFeature.COLOUR, InputFeature.HEIGHT);

    /** The factory under test. */
    protected abstract BackboneFactory<C> factory();

    /** A configuration small enough to be tried in a second. */
    protected abstract C config();

    /** An engine with the kernels that the backbone needs; the caller closes it. */
    protected abstract TensorEngine engine(int threads);

    /** Points per scene. */
    protected int points() {
        return 400;
    }

    /** Greatest difference, relative to the largest feature, that company in a batch may make; sums may change order. */
    protected double tolerance() {
        return 1e-4;
    }

    private Backbone backbone(TensorEngine engine, long seed) {
        return factory()
                .create(config(), new KitContext(engine, seed, KitScenes.channels(INPUTS), 0, KitScenes.CLASSES));
    }

    private Batch batch(int... rooms) {
        return KitScenes.batch(factory().sampling(config()), INPUTS, points(), rooms);
    }

    /** Features in use: evaluation mode, nothing recorded. */
    private static float[] use(TensorEngine engine, Backbone backbone, Batch batch) {
        backbone.module().training(false);
        try (var scope = engine.noGrad()) {
            return backbone.features(batch.points()).toArray();
        }
    }

    @Test
    void itsNameIsOneThatPipelinesCanWrite() {
        Factories.check(factory());
    }

    @Test
    void givesOneFiniteRowPerSampledPointOfTheWidthThatItAnnounces() {
        try (TensorEngine engine = engine(1);
                Batch batch = batch(0, 1)) {
            Backbone backbone = backbone(engine, 1);
            Tensor features = backbone.features(batch.points());
            assertThat(features.shape()).containsExactly(batch.points().rows(), backbone.channels());
            for (float value : features.toArray()) {
                assertThat(value).as("features in training").isFinite();
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        try (TensorEngine engine = engine(1);
                Batch batch = batch(0, 1);
                Batch again = batch(0, 1)) {
            Backbone first = backbone(engine, 7);
            Backbone second = backbone(engine, 7);
            assertThat(States.bits(second.module())).isEqualTo(States.bits(first.module()));
            // Dropout draws by iteration and place in it: both are in the same.
            engine.draws().begin(5, 3);
            List<Long> expected = States.bits(first.features(batch.points()).toArray());
            engine.draws().begin(5, 3);
            assertThat(States.bits(second.features(again.points()).toArray())).isEqualTo(expected);
        }
    }

    @Test
    void anotherSeedGivesOtherParameters() {
        try (TensorEngine engine = engine(1)) {
            assertThat(States.bits(backbone(engine, 8).module()))
                    .isNotEqualTo(States.bits(backbone(engine, 7).module()));
        }
    }

    @Test
    void everyParameterLearnsFromItsFeatures() {
        try (TensorEngine engine = engine(1);
                Batch batch = batch(0, 1)) {
            Backbone backbone = backbone(engine, 1);
            backbone.module().training(true);
            Tensor features = backbone.features(batch.points());
            float[] weights = Numbers.normal(features.size(), 3);
            Tensor seed = engine.allocate(features.shape());
            seed.set(weights);
            features.backward(seed);
            backbone.module().namedParameters().forEach((name, parameter) -> {
                assertThat(parameter.grad()).as("gradient of %s", name).isPresent();
                for (float value : parameter.grad().orElseThrow().toArray()) {
                    assertThat(value).as("gradient of %s", name).isFinite();
                }
            });
        }
    }

    @Test
    void aSceneIsSeenTheSameWhateverItIsStackedWith() {
        try (TensorEngine engine = engine(1);
                Batch alone = batch(1);
                Batch together = batch(0, 1, 2)) {
            Backbone backbone = backbone(engine, 1);
            float[] expected = use(engine, backbone, alone);
            float[] all = use(engine, backbone, together);
            int from = together.points().offsets()[1] * backbone.channels();
            Numbers.assertClose(
                    Arrays.copyOfRange(all, from, from + expected.length),
                    Numbers.doubles(expected, expected.length),
                    tolerance());
        }
    }

    @Test
    void useChangesNothing() {
        try (TensorEngine engine = engine(1);
                Batch batch = batch(0)) {
            Backbone backbone = backbone(engine, 1);
            Map<String, List<Long>> before = States.bits(backbone.module());
            float[] first = use(engine, backbone, batch);
            assertThat(States.bits(backbone.module())).isEqualTo(before);
            assertThat(States.bits(use(engine, backbone, batch))).isEqualTo(States.bits(first));
        }
    }

    @Test
    void itsStateIsAllThatThereIs() {
        try (TensorEngine engine = engine(1);
                Batch batch = batch(0);
                Batch training = batch(1, 2)) {
            Backbone trained = backbone(engine, 1);
            trained.module().training(true);
            trained.features(training.points()).release();
            Backbone loaded = backbone(engine, 2);
            States.copy(trained.module(), loaded.module());
            assertThat(States.bits(use(engine, loaded, batch)))
                    .as("features of one that was given the other's state")
                    .isEqualTo(States.bits(use(engine, trained, batch)));
        }
    }

    @Test
    void whatIsPreparedOnAnotherThreadWhileTheEngineIsUsedChangesNoBit() throws Exception {
        try (TensorEngine engine = engine(1);
                Batch batch = batch(0, 1);
                Batch prepared = batch(0, 1);
                ExecutorService loader = Executors.newSingleThreadExecutor()) {
            Backbone backbone = backbone(engine, 1);
            Future<?> work = loader.submit(() -> backbone.prepare(prepared.points()));
            List<Long> expected = States.bits(use(engine, backbone, batch));
            work.get();
            assertThat(States.bits(use(engine, backbone, prepared))).isEqualTo(expected);
        }
    }

    @Test
    void threadsChangeNoBitOnAnEngineThatPromisesSo() {
        try (TensorEngine one = engine(1);
                TensorEngine three = engine(3);
                Batch batch = batch(0, 1);
                Batch again = batch(0, 1)) {
            if (one.repeatability() == Repeatability.ANY_THREADS) {
                assertThat(States.bits(use(three, backbone(three, 1), again)))
                        .isEqualTo(States.bits(use(one, backbone(one, 1), batch)));
            }
        }
    }

    @Test
    void asksForNoArrayThatADeviceDoesNotHave() {
        try (OpaqueEngine engine = new OpaqueEngine(engine(1));
                Batch batch = batch(0, 1)) {
            Backbone backbone = backbone(engine, 1);
            Tensor features = backbone.features(batch.points());
            features.multiply(features).sum().backward();
        }
    }

    @Test
    void seedsAreWhereItSaysIfItGivesAny() {
        if (!factory().provides(config()).contains(Capability.SEEDS)) {
            return;
        }
        try (TensorEngine engine = engine(1);
                Batch batch = batch(0, 1)) {
            Backbone backbone = backbone(engine, 1);
            FeatureSet seeds = backbone.seeds(batch.points(), 8);
            int found = seeds.rows().length;
            assertThat(seeds.features().shape()).containsExactly(found, backbone.channels());
            assertThat(seeds.offsets()).hasSize(3).endsWith(found);
            for (int row : seeds.rows()) {
                assertThat(row).isBetween(0, batch.points().rows() - 1);
            }
        }
    }
}
