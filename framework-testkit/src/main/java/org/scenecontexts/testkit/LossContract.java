package org.scenecontexts.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.task.ClassificationLoss;
import org.scenecontexts.api.task.LossFactory;
import org.scenecontexts.api.tensor.Tensor;

/**
 * What tasks rely on in every loss of classes: one finite number, 0 where nothing is labelled, no word from rows without a
 * class, and the gradient of what it computes.
 *
 * @param <C> the configuration of the loss
 * @since 0.2
 */
public abstract class LossContract<C extends Record> {

    private static final int ROWS = 24;
    private static final int CLASSES = 5;

    /** The factory under test. */
    protected abstract LossFactory<C, ClassificationLoss> factory();

    /** A configuration. */
    protected abstract C config();

    /** An engine; the caller closes it. */
    protected abstract TensorEngine engine(int threads);

    private ClassificationLoss loss(TensorEngine engine) {
        return factory()
                .create(
                        config(),
                        new KitContext(
                                engine,
                                1,
                                3,
                                8,
                                org.scenecontexts.api.data.SceneClasses.of(
                                        java.util.List.of("a", "b", "c", "d", "e"))));
    }

    /** Every fourth row has no class. */
    private static int[] labels() {
        int[] labels = new int[ROWS];
        Arrays.setAll(labels, i -> i % 4 == 3 ? Labels.IGNORE : i % CLASSES);
        return labels;
    }

    @Test
    void itsNameIsOneThatPipelinesCanWrite() {
        Factories.check(factory());
    }

    @Test
    void isOneFiniteNumberWithTheGradientOfWhatItComputes() {
        try (TensorEngine engine = engine(1)) {
            ClassificationLoss loss = loss(engine);
            GradientCheck check = new GradientCheck(engine);
            Tensor scores = check.leaf(2, ROWS, CLASSES);
            assertThat(loss.apply(scores, engine.labels(labels(), CLASSES)).item())
                    .isFinite();
            check.check(leaves -> loss.apply(leaves.getFirst(), engine.labels(labels(), CLASSES)), scores);
        }
    }

    @Test
    void rowsWithoutAClassDoNotCount() {
        try (TensorEngine engine = engine(1)) {
            ClassificationLoss loss = loss(engine);
            float[] scores = Numbers.normal(ROWS * CLASSES, 2);
            float expected = loss.apply(engine.wrap(scores.clone(), ROWS, CLASSES), engine.labels(labels(), CLASSES))
                    .item();
            for (int c = 0; c < CLASSES; c++) {
                scores[3 * CLASSES + c] += 5 * c;
            }
            assertThat(loss.apply(engine.wrap(scores, ROWS, CLASSES), engine.labels(labels(), CLASSES))
                            .item())
                    .isEqualTo(expected);
        }
    }

    @Test
    void isZeroWhereNothingIsLabelled() {
        try (TensorEngine engine = engine(1)) {
            int[] none = new int[ROWS];
            Arrays.fill(none, Labels.IGNORE);
            Tensor scores = engine.wrap(Numbers.normal(ROWS * CLASSES, 2), ROWS, CLASSES);
            assertThat(loss(engine).apply(scores, engine.labels(none, CLASSES)).item())
                    .isZero();
        }
    }
}
