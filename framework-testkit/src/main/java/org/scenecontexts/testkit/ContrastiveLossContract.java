package org.scenecontexts.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.task.ContrastiveLoss;
import org.scenecontexts.api.task.LossFactory;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.MatchedViews;
import org.scenecontexts.api.tensor.Tensor;

/**
 * What pre-training relies on in every contrastive loss: one finite number with the gradient of what it computes to both
 * views, all chance from the generator that it is given, less where matched points agree, and 0 where nothing matches.
 *
 * @param <C> the configuration of the loss
 * @since 0.2
 */
public abstract class ContrastiveLossContract<C extends Record> {

    private static final int ROWS = 23;
    private static final int CHANNELS = 5;
    private static final int MATCHES = 18;

    /** First row of each of the two pairs. */
    private static final int[] OFFSETS = {0, 10, ROWS};

    /** The factory under test. */
    protected abstract LossFactory<C, ContrastiveLoss> factory();

    /** A configuration; one that is smooth nearly everywhere, as gradients are compared with differences. */
    protected abstract C config();

    /** An engine with the kernels that the loss needs; the caller closes it. */
    protected abstract TensorEngine engine(int threads);

    private ContrastiveLoss loss(TensorEngine engine) {
        return factory().create(config(), new KitContext(engine, 1, 3, CHANNELS, KitScenes.CLASSES));
    }

    private static float[] features(long seed) {
        return Numbers.normal(ROWS * CHANNELS, seed, 0, 0.4);
    }

    /** Two pairs, sorted by first point; some first points have several matches, none lies across pairs. */
    private static MatchedViews views(Tensor features0, Tensor features1, int matches) {
        int[] first = new int[matches];
        int[] second = new int[matches];
        Arrays.setAll(first, i -> i * 2 / 3);
        Arrays.setAll(second, i -> first[i] < 10 ? i * 7 % 10 : 10 + i * 5 % 13);
        return new MatchedViews(features0, features1, Numbers.normal(3 * ROWS, 3), OFFSETS.clone(), first, second);
    }

    private static LossResult apply(ContrastiveLoss loss, MatchedViews views) {
        return loss.apply(views, new SplittableRandom(7));
    }

    @Test
    void itsNameIsOneThatPipelinesCanWrite() {
        Factories.check(factory());
    }

    @Test
    void isOneFiniteNumberWithTheGradientOfWhatItComputesToBothViews() {
        try (TensorEngine engine = engine(1)) {
            ContrastiveLoss loss = loss(engine);
            GradientCheck check = new GradientCheck(engine);
            Tensor features0 = check.leaf(features(1), ROWS, CHANNELS);
            Tensor features1 = check.leaf(features(2), ROWS, CHANNELS);
            assertThat(apply(loss, views(features0, features1, MATCHES)).total().item())
                    .isFinite();
            check.check(
                    leaves -> apply(loss, views(leaves.get(0), leaves.get(1), MATCHES))
                            .total(),
                    features0,
                    features1);
        }
    }

    @Test
    void takesAllChanceFromTheGeneratorThatItIsGiven() {
        try (TensorEngine engine = engine(1)) {
            float[] found = new float[2];
            for (int i = 0; i < 2; i++) {
                found[i] = apply(
                                loss(engine),
                                views(
                                        engine.wrap(features(1), ROWS, CHANNELS),
                                        engine.wrap(features(2), ROWS, CHANNELS),
                                        MATCHES))
                        .total()
                        .item();
            }
            assertThat(found[1]).isEqualTo(found[0]);
        }
    }

    /** Every point its own direction, once alike in both views and once with the second view's shifted by one match. */
    @Test
    void isLessWhereMatchedPointsAgree() {
        try (TensorEngine engine = engine(1)) {
            int[] same = new int[CHANNELS];
            Arrays.setAll(same, i -> i);
            float[] apart = new float[CHANNELS * CHANNELS];
            float[] shifted = new float[CHANNELS * CHANNELS];
            for (int i = 0; i < CHANNELS; i++) {
                apart[i * CHANNELS + i] = 1;
                shifted[i * CHANNELS + (i + 1) % CHANNELS] = 1;
            }
            float[] found = new float[2];
            for (int i = 0; i < 2; i++) {
                MatchedViews views = new MatchedViews(
                        engine.wrap(apart.clone(), CHANNELS, CHANNELS),
                        engine.wrap(i == 0 ? apart.clone() : shifted, CHANNELS, CHANNELS),
                        Numbers.normal(3 * CHANNELS, 3),
                        new int[] {0, CHANNELS},
                        same,
                        same);
                found[i] = apply(loss(engine), views).total().item();
            }
            assertThat(found[0]).isLessThan(found[1]);
        }
    }

    @Test
    void isZeroAndTeachesNothingWhereNothingMatches() {
        try (TensorEngine engine = engine(1)) {
            Tensor features0 = engine.wrap(features(1), ROWS, CHANNELS).requireGrad();
            Tensor features1 = engine.wrap(features(2), ROWS, CHANNELS).requireGrad();
            LossResult found = apply(loss(engine), views(features0, features1, 0));
            assertThat(found.total().item()).isZero();
            assertThat(found.weight()).as("weight in averages over batches").isZero();
        }
    }

    @Test
    void asksForNoArrayThatADeviceDoesNotHave() {
        try (OpaqueEngine engine = new OpaqueEngine(engine(1))) {
            Tensor features0 = engine.wrap(features(1), ROWS, CHANNELS).requireGrad();
            Tensor features1 = engine.wrap(features(2), ROWS, CHANNELS).requireGrad();
            apply(loss(engine), views(features0, features1, MATCHES)).total().backward();
            assertThat(features0.grad()).isPresent();
            assertThat(features1.grad()).isPresent();
        }
    }
}
