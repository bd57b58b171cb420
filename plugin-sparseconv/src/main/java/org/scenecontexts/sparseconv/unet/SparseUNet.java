package org.scenecontexts.sparseconv.unet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.nn.PointwiseConvolution;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.sparseconv.conv.SparseConvolution;
import org.scenecontexts.sparseconv.conv.VoxelHierarchy;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.MapResources;

/**
 * A sparse U-Net as deep and wide as its list of widths, of blocks that normalise before they convolve (Jiang et al.,
 * PointGroup, CVPR 2020, section 3.1 and supplement): small enough to look at proposals, or a backbone of its own.
 *
 * <p>At each resolution so many blocks on the way down, a 2x2x2 convolution of stride 2 to the next, its transposed form back,
 * both behind norm and ReLU, and as many blocks on the skip and what came back. A first 3x3x3 convolution where inputs are not
 * as wide as the finest resolution; norm and ReLU at the end.
 */
final class SparseUNet extends Module {

    private final TensorEngine engine;
    private final RandomGenerator random;
    private final double momentum;
    private final MapResources mapResources;
    private final Optional<SparseConvolution> stem;
    private final Level level;
    private final BatchNorm norm;
    private final int channels;
    private final int levels;

    /** @param inputChannels channels per voxel, at least 1 */
    SparseUNet(TensorEngine engine, RandomGenerator random, SparseUNetFactory.Config config, int inputChannels) {
        this.engine = engine;
        this.random = random;
        momentum = config.bnMomentum();
        mapResources = VoxelHierarchy.resources(engine);
        List<Integer> widths = config.widths().isEmpty() ? List.of(inputChannels, 2 * inputChannels) : config.widths();
        channels = widths.getFirst();
        levels = widths.size();
        stem = inputChannels == channels
                ? Optional.empty()
                : Optional.of(child("stem", SparseConvolution.cube(engine, random, 3, inputChannels, channels)));
        level = child("unet", new Level(widths, 0, config.blocks()));
        norm = child("norm", norm(channels));
    }

    /** Width of the features. */
    int channels() {
        return channels;
    }

    /**
     * Does ahead, on a thread that loads, what {@link #features} needs no engine for.
     *
     * @throws IllegalArgumentException when the batch is not on a grid, or two rows of a scene share a voxel
     */
    void prepare(PointBatch batch) {
        VoxelHierarchy.prepare(batch, levels, mapResources);
    }

    /**
     * Features of every voxel.
     *
     * @return {@code [M, channels()]}, in the order of the batch's rows
     * @throws IllegalArgumentException when the batch is not on a grid, or two rows of a scene share a voxel
     */
    Tensor features(PointBatch batch) {
        VoxelHierarchy voxels = VoxelHierarchy.of(batch, mapResources);
        Tensor inputs = voxels.toMorton(Backbone.inputs(engine, batch));
        Tensor x = inputs;
        if (stem.isPresent()) {
            x = stem.get().apply(inputs, cube(voxels, 0));
            inputs.release();
        }
        return voxels.toBatch(Block.normRelu(norm, level.apply(x, voxels)));
    }

    private static KernelMap cube(VoxelHierarchy voxels, int depth) {
        return voxels.cube(depth, 3, KernelLayout.HYPERCUBE);
    }

    private BatchNorm norm(int width) {
        return new BatchNorm(engine, width, Momentum.ofBatch(momentum));
    }

    /** One resolution and all coarser ones. */
    private final class Level extends Module {

        private final int depth;
        private final List<PreNormBlock> before = new ArrayList<>();
        private final List<PreNormBlock> after = new ArrayList<>();
        private final Optional<Below> below;

        /** What stands between a resolution and the next coarser one. */
        private record Below(
                BatchNorm downNorm, SparseConvolution down, Level level, BatchNorm upNorm, SparseConvolution up) {}

        Level(List<Integer> widths, int depth, int blocks) {
            this.depth = depth;
            int width = widths.get(depth);
            for (int i = 0; i < blocks; i++) {
                before.add(child("blocks." + i, new PreNormBlock(width, width)));
            }
            if (depth + 1 == widths.size()) {
                below = Optional.empty();
                return;
            }
            int next = widths.get(depth + 1);
            below = Optional.of(new Below(
                    child("down_norm", norm(width)),
                    child("down", SparseConvolution.down(engine, random, width, next)),
                    child("below", new Level(widths, depth + 1, blocks)),
                    child("up_norm", norm(next)),
                    child("up", SparseConvolution.up(engine, random, next, width))));
            for (int i = 0; i < blocks; i++) {
                after.add(child("tail." + i, new PreNormBlock(i == 0 ? 2 * width : width, width)));
            }
        }

        /** Runs this resolution and those below; {@code x} is released. */
        Tensor apply(Tensor x, VoxelHierarchy voxels) {
            Tensor skip = run(before, x, voxels);
            if (below.isEmpty()) {
                return skip;
            }
            Below next = below.get();
            Tensor fine = next.downNorm().applyRelu(skip);
            Tensor coarse = next.down().apply(fine, voxels.down(depth));
            fine.release();
            Tensor raw = next.level().apply(coarse, voxels);
            Tensor normed = Block.normRelu(next.upNorm(), raw);
            Tensor back = next.up().apply(normed, voxels.up(depth));
            normed.release();
            Tensor both = Tensor.concat(skip, back);
            skip.release();
            back.release();
            return run(after, both, voxels);
        }

        private Tensor run(List<PreNormBlock> blocks, Tensor x, VoxelHierarchy voxels) {
            Tensor y = x;
            for (PreNormBlock block : blocks) {
                Tensor next = block.apply(y, cube(voxels, depth));
                y.release();
                y = next;
            }
            return y;
        }
    }

    /** {@code conv(relu(norm(conv(relu(norm(x)))))) + x}, the last with a 1x1 convolution where the width changes. */
    private final class PreNormBlock extends Module {

        private final BatchNorm norm1;
        private final SparseConvolution conv1;
        private final BatchNorm norm2;
        private final SparseConvolution conv2;
        private final Optional<PointwiseConvolution> shortcut;

        PreNormBlock(int in, int out) {
            norm1 = child("norm1", norm(in));
            conv1 = child("conv1", SparseConvolution.cube(engine, random, 3, in, out));
            norm2 = child("norm2", norm(out));
            conv2 = child("conv2", SparseConvolution.cube(engine, random, 3, out, out));
            shortcut = in == out
                    ? Optional.empty()
                    : Optional.of(child("shortcut", new PointwiseConvolution(engine, random, in, out, false)));
        }

        /** @param x left to the caller to release */
        Tensor apply(Tensor x, KernelMap cube) {
            Tensor normed = norm1.applyRelu(x);
            Tensor hidden = conv1.apply(normed, cube);
            normed.release();
            Tensor middle = Block.normRelu(norm2, hidden);
            Tensor branch = conv2.apply(middle, cube);
            middle.release();
            Tensor around = shortcut.map(layer -> layer.apply(x)).orElse(x);
            Tensor sum = branch.add(around);
            branch.release();
            if (around != x) {
                around.release();
            }
            return sum;
        }
    }
}
