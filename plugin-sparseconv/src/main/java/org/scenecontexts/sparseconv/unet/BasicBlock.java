package org.scenecontexts.sparseconv.unet;

import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.sparseconv.conv.SparseConvolution;
import org.scenecontexts.sparseconv.map.KernelMap;

/** Two 3x3x3 convolutions; as wide as its planes. */
final class BasicBlock extends Block {

    private final SparseConvolution conv1;
    private final BatchNorm norm1;
    private final SparseConvolution conv2;
    private final BatchNorm norm2;
    private final Shortcut shortcut;

    BasicBlock(NetworkParts parts, int in, int planes) {
        conv1 = child("conv1", parts.cube(3, in, planes));
        norm1 = child("norm1.bn", parts.blockNorm(planes));
        conv2 = child("conv2", parts.cube(3, planes, planes));
        norm2 = child("norm2.bn", parts.blockNorm(planes));
        shortcut = child("", new Shortcut(parts, in, planes));
    }

    @Override
    Tensor apply(Tensor x, KernelMap cube) {
        Tensor middle = normRelu(norm1, conv1.apply(x, cube));
        Tensor branch = conv2.apply(middle, cube);
        middle.release();
        return join(norm2, branch, shortcut, x);
    }
}
