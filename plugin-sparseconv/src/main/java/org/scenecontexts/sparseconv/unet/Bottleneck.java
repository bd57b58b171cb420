package org.scenecontexts.sparseconv.unet;

import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.PointwiseConvolution;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.sparseconv.conv.SparseConvolution;
import org.scenecontexts.sparseconv.map.KernelMap;

/** A 3x3x3 convolution between two 1x1 ones; four times as wide as its planes. */
final class Bottleneck extends Block {

    /** Output channels per plane. */
    static final int EXPANSION = 4;

    private final PointwiseConvolution conv1;
    private final BatchNorm norm1;
    private final SparseConvolution conv2;
    private final BatchNorm norm2;
    private final PointwiseConvolution conv3;
    private final BatchNorm norm3;
    private final Shortcut shortcut;

    Bottleneck(NetworkParts parts, int in, int planes) {
        int out = EXPANSION * planes;
        conv1 = child("conv1", parts.pointwise(in, planes));
        norm1 = child("norm1.bn", parts.blockNorm(planes));
        conv2 = child("conv2", parts.cube(3, planes, planes));
        norm2 = child("norm2.bn", parts.blockNorm(planes));
        conv3 = child("conv3", parts.pointwise(planes, out));
        norm3 = child("norm3.bn", parts.blockNorm(out));
        shortcut = child("", new Shortcut(parts, in, out));
    }

    @Override
    Tensor apply(Tensor x, KernelMap cube) {
        Tensor narrow = normRelu(norm1, conv1.apply(x));
        Tensor wide = conv2.apply(narrow, cube);
        narrow.release();
        Tensor middle = normRelu(norm2, wide);
        Tensor branch = conv3.apply(middle);
        middle.release();
        return join(norm3, branch, shortcut, x);
    }
}
