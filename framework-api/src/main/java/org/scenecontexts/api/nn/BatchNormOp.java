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
    private Tensor mean;
    private Tensor inverseStd;
    private Tensor scale;

    BatchNormOp(boolean relu, Statistics statistics) {
        this.relu = relu;
        this.statistics = statistics;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        x = inputs.get(0);
        gamma = inputs.get(1);
        measure(engine, x.rows(), x.columns());
        y = engine.allocate(x.shape());
        normalize(inputs, y.data());
        save(x);
        if (relu) {
            save(y);
        }
        if (inputs.size() == 4) {
            save(inputs.get(3));
        }
        for (Tensor perChannel : List.of(mean, inverseStd, scale)) {
            save(perChannel);
            perChannel.release();
        }
        canRemake(values -> normalize(inputs, values));
        return y;
    }

    private void measure(TensorEngine engine, int rows, int channels) {
        mean = engine.allocate(channels);
        inverseStd = engine.allocate(channels);
        scale = engine.allocate(channels);
        float[] variance = inverseStd.data();
        engine.dense().columnMoments(rows, channels, x.data(), mean.data(), variance);
        statistics.accept(rows, mean.data(), variance);
        for (int j = 0; j < channels; j++) {
            inverseStd.data()[j] = (float) (1 / Math.sqrt(variance[j] + BatchNorm.EPSILON));
            scale.data()[j] = gamma.data()[j] * inverseStd.data()[j];
        }
    }

    private void normalize(List<Tensor> inputs, float[] out) {
        if (inputs.size() == 4) {
            glance(inputs.get(3), residual -> normalize(inputs.get(2), residual, out));
        } else {
            normalize(inputs.get(2), NONE, out);
        }
    }

    private void normalize(Tensor shift, float[] residual, float[] out) {
        x.engine()
                .dense()
                .normalize(
                        x.rows(), x.columns(), x.data(), mean.data(), scale.data(), shift.data(), residual, relu, out);
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        TensorEngine engine = gradient.engine();
        int channels = x.columns();
        boolean residual = inputs.count() == 4 && inputs.needed(3);
        float[] input = x.data();
        float[] output = relu ? y.data() : NONE;
        // The residual's gradient is the output's behind the activation: it is written over the output's, and the
        // input's
        // over the input itself. Without a residual the input's gradient is written over the output's.
        Tensor gradX = residual ? inPlaceOf(x) : gradient;
        Tensor gradGamma = engine.allocate(channels);
        Tensor gradBeta = engine.allocate(channels);
        engine.dense()
                .batchNormBackward(
                        gradient.rows(),
                        channels,
                        input,
                        output,
                        gradient.data(),
                        mean.data(),
                        inverseStd.data(),
                        gamma.data(),
                        relu,
                        gradX.data(),
                        gradGamma.data(),
                        gradBeta.data(),
                        residual ? gradient.data() : NONE);
        inputs.add(1, gradGamma);
        inputs.add(2, gradBeta);
        if (residual) {
            inputs.add(0, gradX);
            inputs.pass(3);
        } else {
            inputs.pass(0);
        }
    }
}
