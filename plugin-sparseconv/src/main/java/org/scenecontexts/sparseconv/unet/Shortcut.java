package org.scenecontexts.sparseconv.unet;

import java.util.Optional;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.PointwiseConvolution;
import org.scenecontexts.api.tensor.Tensor;

/**
 * The way around the convolutions of a block: the input itself, or where the width changes a 1x1 convolution and a norm
 * with the momentum of the layers outside blocks (REFERENCE 1.3, 1.4).
 */
final class Shortcut extends Module {

    private record Projection(PointwiseConvolution convolution, BatchNorm norm) {}

    private final Optional<Projection> projection;
    private final boolean recompute;

    Shortcut(NetworkParts parts, int in, int out) {
        recompute = parts.config().recompute();
        projection = in == out
                ? Optional.empty()
                : Optional.of(new Projection(
                        child("downsample.0", parts.pointwise(in, out)), child("downsample.1.bn", parts.norm(out))));
    }

    /** What is added to the branch; the block's own input when the width stays. */
    Tensor apply(Tensor x) {
        if (projection.isEmpty()) {
            return x;
        }
        PointwiseConvolution convolution = projection.get().convolution();
        Tensor wider = recompute ? convolution.applyRemade(x) : convolution.apply(x);
        if (recompute) {
            wider.spare();
        }
        Tensor y = projection.get().norm().apply(wider);
        wider.release();
        return y;
    }

    /** Whether the sum of branch and way around may be written over the way around, which is then lost. */
    boolean givesWay(Tensor around, Tensor x) {
        return recompute && around != x;
    }
}
