package org.scenecontexts.sparseconv.unet;

import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.sparseconv.map.KernelLayout;

/**
 * What a pipeline can say about a Res16UNet.
 *
 * @since 0.1
 */
public record Res16UNetConfig(
        @Doc("Factor on all channel counts of the network; each is rounded to a multiple of 4, at least 4.")
        @Default("1")
        @Positive
        double width,

        @Doc(
                "Edge of a voxel in metres; published: 0.02 for ScanNet, 0.025 for pre-training and detection, 0.05 for S3DIS.")
        @Default("0.02")
        @Positive
        double voxelSize,

        @Doc("Edge of the first convolution in voxels: 3 or 5.") @Default("3") @Min(3) @Max(5)
        int conv1KernelSize,

        @Doc("Order of the weights of 3x3x3 kernels in blocks: minkowski-0.4 (released weights) or hypercube.")
        @Default("minkowski-0.4")
        KernelLayout kernelLayout,

        @Doc("Weight of the newest batch in running statistics outside blocks; published: 0.02, 0.05 in pre-training.")
        @Default("0.02")
        @Min(0)
        @Max(1)
        double bnMomentum,

        @Doc("The same inside blocks, where the published code always uses 0.1.") @Default("0.1") @Min(0) @Max(1)
        double blockBnMomentum,

        @Doc("Whether voxel coordinates are counted from the smallest one of each scene.") @Default("true")
        boolean shiftToOrigin,

        @Doc(
                "Whether training computes the inside of blocks a second time in the backward pass instead of keeping it: less"
                        + " memory, about a third more time, the same numbers.")
        @Default("false")
        boolean recompute) {

    /** @throws IllegalArgumentException for a first convolution of another size than 3 or 5 */
    public Res16UNetConfig {
        if (conv1KernelSize != 3 && conv1KernelSize != 5) {
            throw new IllegalArgumentException("conv1-kernel-size must be 3 or 5, found " + conv1KernelSize);
        }
    }

    /** The published defaults. */
    public static Res16UNetConfig published() {
        return new Res16UNetConfig(1, 0.02, 3, KernelLayout.MINKOWSKI_04_HYBRID, 0.02, 0.1, true, false);
    }

    /** A channel count of the published network at this width. */
    int scaled(int channels) {
        return Math.max(4, 4 * (int) Math.round(channels * width / 4));
    }
}
