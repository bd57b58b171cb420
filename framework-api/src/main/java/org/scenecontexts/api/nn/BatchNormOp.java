package org.scenecontexts.api.nn;

import java.util.List;
import java.util.Optional;
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
        Tensor shift = inputs.get(2);
        Optional<Tensor> residual = inputs.size() == 4 ? Optional.of(inputs.get(3)) : Optional.empty();
        float[] values = x.data();
        float[] added = residual.map(Tensor::data).orElse(NONE);
        // Once the sum is written over the residual, the residual is gone, and with it the way to make the sum again.
        Optional<Tensor> overResidual = residual.flatMap(r -> over(r, false));
        y = overResidual
                .or(() -> residual.isEmpty() ? over(x, keeping()) : Optional.empty())
                .orElseGet(() -> engine.allocate(x.shape()));
        normalize(values, shift, added, y.data());
        save(x);
        if (relu) {
            save(y);
        }
        if (overResidual.isEmpty()) {
            residual.ifPresent(this::save);
            canRemake(out -> normalizeAgain(shift, residual, out));
        }
        for (Tensor perChannel : List.of(mean, inverseStd, scale)) {
            save(perChannel);
            perChannel.release();
        }
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

    private void normalizeAgain(Tensor shift, Optional<Tensor> residual, float[] out) {
        if (residual.isPresent()) {
            glance(x, values -> glance(residual.get(), added -> normalize(values, shift, added, out)));
        } else {
            glance(x, values -> normalize(values, shift, NONE, out));
        }
    }

    private void normalize(float[] values, Tensor shift, float[] residual, float[] out) {
        x.engine()
                .dense()
                .normalize(x.rows(), x.columns(), values, mean.data(), scale.data(), shift.data(), residual, relu, out);
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
