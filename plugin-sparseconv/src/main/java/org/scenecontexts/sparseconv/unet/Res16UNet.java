package org.scenecontexts.sparseconv.unet;

import java.util.random.RandomGenerator;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.sparseconv.conv.SparseConvolution;
import org.scenecontexts.sparseconv.conv.VoxelHierarchy;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.MapResources;

/**
 * The sparse residual U-Net of the published system: four strided stages down, four transposed stages up, with skips
 * (REFERENCE 1.1).
 *
 * <p>Gives the output of {@code block8}, the published penultimate features. What follows in the published networks
 * ({@code final}, the offset head) belongs to tasks, under the same names.
 *
 * <p>The 50 and 101 variants of the published code cannot run: their last layer expects {@code P7} channels where
 * {@code block8} gives {@code 4 P7}. Here the features simply are {@code 4 P7} wide and heads take their width from
 * {@link #channels()}.
 *
 * @since 0.1
 */
public final class Res16UNet extends Module {

    /** Stages on the way down, and as many on the way up. */
    private static final int DEPTH = 4;

    private static final int STEM_CHANNELS = 32;

    private final TensorEngine engine;
    private final MapResources mapResources;
    private final int stemSize;
    private final KernelLayout layout;
    private final boolean recompute;
    private final SparseConvolution stem;
    private final BatchNorm stemNorm;
    private final Resampling[] downs = new Resampling[DEPTH];
    private final ResidualStage[] encoder = new ResidualStage[DEPTH];
    private final Resampling[] ups = new Resampling[DEPTH];
    private final ResidualStage[] decoder = new ResidualStage[DEPTH];

    /** A strided or transposed convolution with its norm. */
    private record Resampling(SparseConvolution convolution, BatchNorm norm) {}

    /** @param inputChannels channels per voxel, at least 1 */
    public Res16UNet(
            TensorEngine engine, RandomGenerator random, Variant variant, Res16UNetConfig config, int inputChannels) {
        this.engine = engine;
        this.mapResources = VoxelHierarchy.resources(engine);
        this.stemSize = config.conv1KernelSize();
        this.layout = config.kernelLayout();
        this.recompute = config.recompute();
        NetworkParts parts = new NetworkParts(engine, random, config);
        int[] blocks = variant.blocks();
        int[] skips = new int[DEPTH];
        int width = config.scaled(STEM_CHANNELS);
        stem = child("conv0p1s1", parts.cube(stemSize, inputChannels, width));
        stemNorm = child("bn0.bn", parts.norm(width));
        for (int s = 0; s < DEPTH; s++) {
            skips[s] = width;
            downs[s] = new Resampling(
                    child("conv" + (s + 1) + "p" + (1 << s) + "s2", parts.down(width, width)),
                    child("bn" + (s + 1) + ".bn", parts.norm(width)));
            int planes = config.scaled(variant.planes()[s]);
            encoder[s] =
                    child("block" + (s + 1), new ResidualStage(parts, variant.bottleneck(), width, planes, blocks[s]));
            width = encoder[s].channels();
        }
        for (int s = 0; s < DEPTH; s++) {
            int stage = DEPTH + s;
            int planes = config.scaled(variant.planes()[stage]);
            ups[s] = new Resampling(
                    child("convtr" + stage + "p" + (16 >> s) + "s2", parts.up(width, planes)),
                    child("bntr" + stage + ".bn", parts.norm(planes)));
            int in = planes + skips[DEPTH - 1 - s];
            decoder[s] = child(
                    "block" + (stage + 1), new ResidualStage(parts, variant.bottleneck(), in, planes, blocks[stage]));
            width = decoder[s].channels();
        }
    }

    /** Width of the features. */
    public int channels() {
        return decoder[DEPTH - 1].channels();
    }

    /**
     * Does ahead, on a thread that loads, what {@link #features} needs no engine for.
     *
     * @throws IllegalArgumentException when the batch is not on a grid, or two rows of a scene share a voxel
     */
    public void prepare(PointBatch batch) {
        VoxelHierarchy.prepare(batch, DEPTH + 1, mapResources);
    }

    /**
     * Penultimate features of every voxel. Close the batch when its backward pass is over: the next one's kernel maps then
     * take the memory of this one's.
     *
     * @return {@code [M, channels()]}, in the order of the batch's rows
     * @throws IllegalArgumentException when the batch is not on a grid, or two rows of a scene share a voxel
     */
    public Tensor features(PointBatch batch) {
        VoxelHierarchy voxels = VoxelHierarchy.of(batch, mapResources);
        Tensor inputs = voxels.toMorton(Backbone.inputs(engine, batch));
        Tensor[] skips = new Tensor[DEPTH];
        Tensor x = Block.normRelu(stemNorm, convolve(stem, inputs, voxels.cube(0, stemSize, KernelLayout.HYPERCUBE)));
        inputs.release();
        for (int s = 0; s < DEPTH; s++) {
            skips[s] = x;
            x = Block.normRelu(downs[s].norm(), convolve(downs[s].convolution(), x, voxels.down(s)));
            x = encoder[s].apply(x, voxels.cube(s + 1, 3, layout));
        }
        for (int s = 0; s < DEPTH; s++) {
            int level = DEPTH - 1 - s;
            Tensor fine = convolve(ups[s].convolution(), x, voxels.up(level));
            x.release();
            x = joined(Block.normRelu(ups[s].norm(), fine), skips[level]);
            x = decoder[s].apply(x, voxels.cube(level, 3, layout));
        }
        return voxels.toBatch(x);
    }

    /** The convolutions outside blocks are cheap enough to be computed twice. */
    private Tensor convolve(SparseConvolution convolution, Tensor x, KernelMap map) {
        return recompute ? convolution.applyRemade(x, map) : convolution.apply(x, map);
    }

    /** The decoder's channels first, the encoder's second. Both are released. */
    private static Tensor joined(Tensor up, Tensor skip) {
        Tensor both = Tensor.concat(up, skip);
        up.release();
        skip.release();
        return both;
    }
}
