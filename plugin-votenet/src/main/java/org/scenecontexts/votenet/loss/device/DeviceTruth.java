package org.scenecontexts.votenet.loss.device;

import java.lang.foreign.MemorySegment;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.votenet.loss.BoxLossKernels.Call;
import org.scenecontexts.votenet.loss.DetectionTargets;
import org.scenecontexts.votenet.loss.LossWeights;

/**
 * The true boxes of a batch as the kernels of the source take them, so that they are brought to the device in one copy of doubles
 * and one of whole numbers.
 */
final class DeviceTruth implements AutoCloseable {

    private static final int WEIGHTS = 9;
    private static final int BOX = 7;
    private static final int LABELS = 5;

    private final BufferPool pool;
    private final Buffer numbers;
    private final Buffer weights;
    private final Buffer boxes;
    private final Indices labels;

    DeviceTruth(BufferPool pool, Call call) {
        this.pool = pool;
        DetectionTargets truth = call.truth();
        double[] values = new double[WEIGHTS + BOX * truth.rows().count()];
        put(call.weights(), values);
        int[] whole = new int[truth.offsets().length + LABELS * truth.rows().count()];
        System.arraycopy(truth.offsets(), 0, whole, 0, truth.offsets().length);
        for (int scene = 0; scene < truth.scenes(); scene++) {
            for (int row = truth.offsets()[scene]; row < truth.offsets()[scene + 1]; row++) {
                put(call, row, values);
                put(truth.rows(), scene, row, whole, truth.offsets().length + LABELS * row);
            }
        }
        numbers = pool.take(2 * values.length);
        numbers.copyIn(0, MemorySegment.ofArray(values), 2 * values.length);
        weights = numbers.slice(0, 2 * WEIGHTS);
        boxes = numbers.slice(2 * WEIGHTS, 2 * (values.length - WEIGHTS));
        labels = pool.takeIndices(whole.length, Integer.MAX_VALUE);
        labels.copyIn(0, whole, 0, whole.length);
    }

    private static void put(LossWeights weights, double[] to) {
        double[] values = {
            weights.vote(),
            weights.objectness(),
            weights.centre(),
            weights.headingClass(),
            weights.headingResidual(),
            weights.sizeClass(),
            weights.sizeResidual(),
            weights.semantic(),
            weights.scale()
        };
        System.arraycopy(values, 0, to, 0, WEIGHTS);
    }

    private static void put(Call call, int row, double[] to) {
        DetectionTargets.Rows rows = call.truth().rows();
        int at = WEIGHTS + BOX * row;
        to[at + 3] = rows.turn(row, call.coding().headings());
        for (int axis = 0; axis < 3; axis++) {
            to[at + axis] = rows.centres()[3 * row + axis];
            to[at + 4 + axis] = rows.length(row, axis, call.coding().meanSizes());
        }
    }

    private static void put(DetectionTargets.Rows rows, int scene, int row, int[] to, int at) {
        to[at] = scene;
        to[at + 1] = rows.real()[row] ? 1 : 0;
        to[at + 2] = rows.headings()[row];
        to[at + 3] = rows.sizes()[row];
        to[at + 4] = rows.classes()[row];
    }

    /** Weights of the parts, as doubles. */
    Buffer weights() {
        return weights;
    }

    /** What is said about each box in numbers, as doubles. */
    Buffer boxes() {
        return boxes;
    }

    /** First row of each scene and the end, then what is said about each box in whole numbers. */
    Indices labels() {
        return labels;
    }

    @Override
    public void close() {
        pool.give(numbers);
        labels.release();
    }
}
