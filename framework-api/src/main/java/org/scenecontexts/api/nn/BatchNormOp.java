package org.scenecontexts.api.nn;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.Tensor;

/** Batch norm with batch statistics; inputs x, gamma, beta and optionally a residual. */
final class BatchNormOp extends DifferentiableOp {

    /** Receives the statistics of a batch. */
    interface Statistics {
        void accept(int rows, float[] mean, float[] biasedVariance);
    }

    private static final float[] NONE = {};

    private final boolean relu;
    private final Statistics statistics;
    private Tensor x;
    private Tensor y;
    private Tensor gamma;
    private float[] mean;
    private float[] inverseStd;

    BatchNormOp(boolean relu, Statistics statistics) {
        this.relu = relu;
        this.statistics = statistics;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        x = inputs.get(0);
        gamma = inputs.get(1);
        int rows = x.rows();
        int channels = x.columns();
        mean = new float[channels];
        float[] variance = new float[channels];
        engine.dense().columnMoments(rows, channels, x.data(), mean, variance);
        statistics.accept(rows, mean, variance);
        inverseStd = new float[channels];
        float[] scale = new float[channels];
        for (int j = 0; j < channels; j++) {
            inverseStd[j] = (float) (1 / Math.sqrt(variance[j] + BatchNorm.EPSILON));
            scale[j] = gamma.data()[j] * inverseStd[j];
        }
        y = engine.allocate(x.shape());
        float[] residual = inputs.size() == 4 ? inputs.get(3).data() : NONE;
        engine.dense()
                .normalize(rows, channels, x.data(), mean, scale, inputs.get(2).data(), residual, relu, y.data());
        save(x);
        if (relu) {
            save(y);
        }
        return y;
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        TensorEngine engine = gradient.engine();
        int channels = x.columns();
        boolean residual = inputs.count() == 4 && inputs.needed(3);
        Tensor gradX = engine.allocate(x.shape());
        Tensor gradGamma = engine.allocate(channels);
        Tensor gradBeta = engine.allocate(channels);
        // The residual's gradient is the output's behind the activation: it is written over the output's.
        engine.dense()
                .batchNormBackward(
                        x.rows(),
                        channels,
                        x.data(),
                        relu ? y.data() : NONE,
                        gradient.data(),
                        mean,
                        inverseStd,
                        gamma.data(),
                        relu,
                        gradX.data(),
                        gradGamma.data(),
                        gradBeta.data(),
                        residual ? gradient.data() : NONE);
        inputs.add(0, gradX);
        inputs.add(1, gradGamma);
        inputs.add(2, gradBeta);
        if (residual) {
            inputs.pass(3);
        }
    }
}
