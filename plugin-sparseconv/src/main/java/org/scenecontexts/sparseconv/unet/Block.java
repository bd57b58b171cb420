package org.scenecontexts.sparseconv.unet;

import java.util.Optional;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.sparseconv.map.KernelMap;

/**
 * A residual block (REFERENCE 1.3): {@code relu(norm(branch(x)) + shortcut(x))}.
 *
 * <p>Every tensor made inside is released after its last use, in training too: what the backward pass reads, its operators
 * have saved.
 */
abstract class Block extends Module {

    /**
     * @param x {@code [M, in]}, left to the caller to release
     * @param cube the 3x3x3 neighbourhoods of the rows
     * @return {@code [M, out]}
     */
    abstract Tensor apply(Tensor x, KernelMap cube);

    /** A block of the kind and width of a stage. */
    static Block of(NetworkParts parts, boolean bottleneck, int in, int planes) {
        return bottleneck ? new Bottleneck(parts, in, planes) : new BasicBlock(parts, in, planes);
    }

    /** Normalises the last convolution's output, which is released, and adds the way around. */
    static Tensor join(BatchNorm norm, Tensor branch, Shortcut shortcut, Tensor x) {
        Tensor around = shortcut.apply(x);
        if (shortcut.givesWay(around, x)) {
            around.spare();
        }
        Tensor y = norm.apply(branch, Optional.of(around), true);
        branch.release();
        if (around != x) {
            around.release();
        }
        return y;
    }

    /** {@code relu(norm(x))}, releasing {@code x}. */
    static Tensor normRelu(BatchNorm norm, Tensor x) {
        Tensor y = norm.applyRelu(x);
        x.release();
        return y;
    }
}
