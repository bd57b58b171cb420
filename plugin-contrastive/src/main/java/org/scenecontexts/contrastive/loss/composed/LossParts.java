package org.scenecontexts.contrastive.loss.composed;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.kernel.GroupKernels;
import org.scenecontexts.api.engine.kernel.PointwiseKernels;
import org.scenecontexts.api.engine.kernel.SoftmaxKernels;

/** What an engine offers to compose losses of, and its pool. */
final class LossParts {

    private final TensorEngine engine;
    private final DenseKernels dense;
    private final GroupKernels groups;
    private final PointwiseKernels pointwise;
    private final SoftmaxKernels softmax;

    LossParts(TensorEngine engine) {
        this.engine = engine;
        dense = engine.dense();
        groups = engine.kernel(GroupKernels.class);
        pointwise = engine.kernel(PointwiseKernels.class);
        softmax = engine.kernel(SoftmaxKernels.class);
    }

    TensorEngine engine() {
        return engine;
    }

    DenseKernels dense() {
        return dense;
    }

    GroupKernels groups() {
        return groups;
    }

    PointwiseKernels pointwise() {
        return pointwise;
    }

    SoftmaxKernels softmax() {
        return softmax;
    }

    /** Room for a matrix. */
    Buffer take(int rows, int columns) {
        return engine.buffers().take(Math.max(1, Math.multiplyExact(rows, columns)));
    }

    /** Room for a list of rows. */
    Indices takeIndices(int length, int range) {
        return engine.buffers().takeIndices(Math.max(1, length), Math.max(1, range));
    }

    void give(Buffer... buffers) {
        for (Buffer buffer : buffers) {
            engine.buffers().give(buffer);
        }
    }

    /** Numbers from the host, lent: whoever asks gives them back. */
    Buffer bring(float[] values, int count) {
        Buffer buffer = take(count, 1);
        buffer.copyIn(0, values, 0, count);
        return buffer;
    }

    /** Row numbers from the host, lent: whoever asks releases them. */
    Indices bring(int[] values, int count, int range) {
        Indices indices = engine.buffers().takeIndices(count, Math.max(1, range));
        indices.copyIn(0, values, 0, count);
        return indices;
    }

    /** {@code out = amount - x}. */
    void from(int n, float amount, Buffer x, Buffer out) {
        dense.scale(n, -1, x, out);
        pointwise.shift(n, amount, out, out);
    }
}
