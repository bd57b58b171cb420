package org.scenecontexts.api.tensor;

import java.util.List;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.api.engine.kernel.NormKernels;

/** Layer, group and instance norm; inputs x, gamma and beta. */
final class GroupNormOp extends DifferentiableOp {

    private final Groups groups;
    private final int parts;
    private final double epsilon;
    private Tensor x;
    private Tensor gamma;
    private Tensor mean;
    private Tensor inverseStd;

    GroupNormOp(Groups groups, int parts, double epsilon) {
        this.groups = groups;
        this.parts = parts;
        this.epsilon = epsilon;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        x = inputs.get(0);
        gamma = inputs.get(1);
        Tensor beta = inputs.get(2);
        require(beta);
        mean = engine.allocate(groups.count() * parts);
        inverseStd = engine.allocate(groups.count() * parts);
        Tensor y = engine.allocate(x.shape());
        normalize(engine, x.buffer(), beta, y.buffer());
        save(x);
        save(gamma);
        save(beta);
        canRemake(out -> glance(x, values -> normalize(engine, values, beta, out)));
        for (Tensor moments : List.of(mean, inverseStd)) {
            save(moments);
            moments.release();
        }
        return y;
    }

    private void normalize(TensorEngine engine, Buffer values, Tensor beta, Buffer out) {
        engine.kernel(NormKernels.class)
                .normalize(
                        groups,
                        x.columns(),
                        parts,
                        epsilon,
                        values,
                        gamma.buffer(),
                        beta.buffer(),
                        mean.buffer(),
                        inverseStd.buffer(),
                        out);
    }

    private void require(Tensor beta) {
        if (groups.rows() != x.rows()) {
            throw new IllegalArgumentException(
                    "cannot normalize " + x + " in groups of " + groups.rows() + " rows; they have to be as many");
        }
        if (parts < 1 || x.columns() % parts != 0) {
            throw new IllegalArgumentException("cannot normalize " + x + " in " + parts + " parts: " + x.columns()
                    + " columns do not divide into them");
        }
        if (gamma.size() != x.columns() || beta.size() != x.columns()) {
            throw new IllegalArgumentException("cannot normalize " + x + " with scale " + gamma + " and shift " + beta
                    + ": one number for each of " + x.columns() + " columns is expected");
        }
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        Buffer gradGamma = Buffer.NONE;
        Buffer gradBeta = Buffer.NONE;
        Gradients.Place[] places = new Gradients.Place[3];
        for (int i = 1; i < 3; i++) {
            if (inputs.needed(i)) {
                places[i] = inputs.place(i, false);
            }
        }
        if (inputs.needed(1)) {
            gradGamma = places[1].tensor().buffer();
        }
        if (inputs.needed(2)) {
            gradBeta = places[2].tensor().buffer();
        }
        gradient.engine()
                .kernel(NormKernels.class)
                .gradient(
                        groups,
                        x.columns(),
                        parts,
                        x.buffer(),
                        gradient.buffer(),
                        mean.buffer(),
                        inverseStd.buffer(),
                        gamma.buffer(),
                        gradient.buffer(),
                        gradGamma,
                        gradBeta);
        for (int i = 1; i < 3; i++) {
            if (inputs.needed(i)) {
                inputs.add(i, places[i]);
            }
        }
        inputs.pass(0);
    }
}
