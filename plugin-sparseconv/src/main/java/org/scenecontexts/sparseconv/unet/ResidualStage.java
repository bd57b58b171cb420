package org.scenecontexts.sparseconv.unet;

import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Recomputed;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.sparseconv.map.KernelMap;

/** Residual blocks one after the other at one stride, named by their number. */
final class ResidualStage extends Module {

    private final List<Block> blocks = new ArrayList<>();
    private final int out;
    private final boolean recompute;

    ResidualStage(NetworkParts parts, boolean bottleneck, int in, int planes, int count) {
        recompute = parts.config().recompute();
        out = bottleneck ? Bottleneck.EXPANSION * planes : planes;
        for (int i = 0; i < count; i++) {
            blocks.add(child(Integer.toString(i), Block.of(parts, bottleneck, i == 0 ? in : out, planes)));
        }
    }

    /** Channels of the output. */
    int channels() {
        return out;
    }

    /** Runs all blocks; {@code x} is released. */
    Tensor apply(Tensor x, KernelMap cube) {
        Tensor y = x;
        for (Block block : blocks) {
            Tensor next = recompute
                    ? Recomputed.apply(block, inputs -> block.apply(inputs.getFirst(), cube), y)
                    : block.apply(y, cube);
            y.release();
            y = next;
        }
        return y;
    }
}
