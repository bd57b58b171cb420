package org.scenecontexts.api.nn;

import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.Tensor;

/** Batch norm with batch statistics; inputs x, gamma, beta and optionally a residual. */
final class BatchNormOp extends DifferentiableOp {

    /** Says what follows the statistics of the next batch. */
    interface Statistics {
        Running next();
    }

    /**
     * Running statistics.
     *
     * @param weight of the batch in them
     * @param mean of no capacity where nothing is remembered
     * @param variance of no capacity where nothing is remembered
     */
    record Running(double weight, Buffer mean, Buffer variance) {

        static final Running NONE = new Running(0, Buffer.NONE, Buffer.NONE);
    }

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
        boolean packed = engine.dense().takesPacked();
        Buffer values = valuesOf(x, packed);
        Buffer added = residual.map(r -> valuesOf(r, packed)).orElse(Buffer.NONE);
        boolean apart = packed && keepsPacked(engine, x.size());
        // Once the sum is written over the residual, the residual is gone, and with it the way to make the sum again.
        Optional<Tensor> overResidual = apart ? Optional.empty() : residual.flatMap(r -> over(r, false));
        y = overResidual
                .or(() -> residual.isEmpty() && !apart ? over(x, keeping()) : Optional.empty())
                .orElseGet(() -> result(engine, packed, x.shape()));
        normalize(values, shift, added, y.stored());
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
        Running running = statistics.next();
        engine.dense()
                .batchStatistics(
                        rows,
                        channels,
                        valuesOf(x, engine.dense().takesPacked()),
                        gamma.buffer(),
                        BatchNorm.EPSILON,
                        running.weight(),
                        mean.buffer(),
                        inverseStd.buffer(),
                        scale.buffer(),
                        running.mean(),
                        running.variance());
    }

    private void normalizeAgain(Tensor shift, Optional<Tensor> residual, Buffer out) {
        boolean packed = x.engine().dense().takesPacked();
        if (residual.isPresent()) {
            glance(x, packed, values -> glance(residual.get(), packed, added -> normalize(values, shift, added, out)));
        } else {
            glance(x, packed, values -> normalize(values, shift, Buffer.NONE, out));
        }
    }

    private void normalize(Buffer values, Tensor shift, Buffer residual, Buffer out) {
        x.engine()
                .dense()
                .normalize(
                        x.rows(),
                        x.columns(),
                        values,
                        mean.buffer(),
                        scale.buffer(),
                        shift.buffer(),
                        residual,
                        relu,
                        out);
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        TensorEngine engine = gradient.engine();
        int channels = x.columns();
        boolean residual = inputs.count() == 4 && inputs.needed(3);
        boolean packed = engine.dense().takesPacked();
        Buffer input = valuesOf(x, packed);
        Buffer output = relu ? valuesOf(y, packed) : Buffer.NONE;
        // The residual's gradient is the output's behind the activation: it is written over the output's, and the
        // input's
        // over the input itself. Without a residual the input's gradient is written over the output's.
        Tensor gradX = residual ? inPlaceOf(x) : gradient;
        Gradients.Place gradGamma = inputs.place(1, false);
        Gradients.Place gradBeta = inputs.place(2, false);
        engine.dense()
                .batchNormBackward(
                        gradient.rows(),
                        channels,
                        input,
                        output,
                        gradient.buffer(),
                        mean.buffer(),
                        inverseStd.buffer(),
                        gamma.buffer(),
                        relu,
                        gradX.buffer(),
                        gradGamma.tensor().buffer(),
                        gradBeta.tensor().buffer(),
                        residual ? gradient.buffer() : Buffer.NONE);
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
