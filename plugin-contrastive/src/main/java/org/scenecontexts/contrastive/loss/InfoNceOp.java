package org.scenecontexts.contrastive.loss;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.contrastive.partition.Partitioner;

/**
 * PointInfoNCE within one pair, in every spatial context, with its gradient in closed form.
 *
 * <p>Inputs: queries {@code [n, C]} and keys {@code [n, C]}, row i of one matching row i of the other. Output: {@code sum_c
 * weight_c * meanLoss_c}.
 */
final class InfoNceOp extends DifferentiableOp {

    private final Partitioner partitioner;
    private final float[] positions;
    private final float inverseTemperature;
    private final float[] weights;
    private Tensor losses;
    private Tensor gradQueries;
    private Tensor gradKeys;

    /**
     * @param positions of the queries, {@code [n, 3]}
     * @param weights weight of the mean loss of each context
     */
    InfoNceOp(Partitioner partitioner, float[] positions, double temperature, float[] weights) {
        this.partitioner = partitioner;
        this.positions = positions;
        this.inverseTemperature = (float) (1 / temperature);
        this.weights = weights;
    }

    /** The loss, then the mean loss of each context, unweighted, after the forward pass; the caller releases it. */
    Tensor losses() {
        return losses;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        Tensor queries = inputs.get(0);
        Tensor keys = inputs.get(1);
        gradQueries = engine.allocate(queries.shape());
        gradKeys = engine.allocate(keys.shape());
        losses = engine.allocate(1 + weights.length);
        engine.kernel(ContrastKernels.class)
                .infoNce(new ContrastKernels.InfoNce(
                        queries.rows(),
                        queries.columns(),
                        queries.buffer(),
                        keys.buffer(),
                        partitioner,
                        positions,
                        inverseTemperature,
                        weights,
                        gradQueries.buffer(),
                        gradKeys.buffer(),
                        losses.buffer()));
        if (!keeping()) {
            gradQueries.release();
            gradKeys.release();
        }
        Tensor loss = engine.allocate(1);
        engine.dense().copy(1, losses.buffer(), loss.buffer());
        return loss;
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        for (Tensor t : List.of(gradQueries, gradKeys)) {
            gradient.engine().dense().scaleBy(t.size(), gradient.buffer(), t.buffer(), t.buffer());
        }
        inputs.add(0, gradQueries);
        inputs.add(1, gradKeys);
    }
}
