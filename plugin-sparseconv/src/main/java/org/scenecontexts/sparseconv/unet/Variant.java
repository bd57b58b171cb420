package org.scenecontexts.sparseconv.unet;

/**
 * The published members of the Res16UNet family (REFERENCE 1.2).
 *
 * @since 0.1
 */
public enum Variant {
    RES16UNET14(Depth.D14, Planes.BASE),
    RES16UNET14A(Depth.D14, Planes.A),
    RES16UNET14A2(Depth.D14_DEEP_DECODER, Planes.A),
    RES16UNET14B(Depth.D14, Planes.B),
    RES16UNET14B2(Depth.D14_DEEP_DECODER, Planes.B),
    RES16UNET14B3(Depth.D14_DEEP_ENCODER, Planes.B),
    RES16UNET14C(Depth.D14, new int[] {32, 64, 128, 256, 192, 192, 128, 128}),
    RES16UNET14D(Depth.D14, Planes.D),
    RES16UNET18(Depth.D18, Planes.BASE),
    RES16UNET18A(Depth.D18, Planes.A),
    RES16UNET18B(Depth.D18, Planes.B),
    RES16UNET18D(Depth.D18, Planes.D),
    RES16UNET34(Depth.D34, Planes.BASE),
    RES16UNET34A(Depth.D34, new int[] {32, 64, 128, 256, 256, 128, 64, 64}),
    RES16UNET34B(Depth.D34, new int[] {32, 64, 128, 256, 256, 128, 64, 32}),
    RES16UNET34C(Depth.D34, new int[] {32, 64, 128, 256, 256, 128, 96, 96}),
    RES16UNET50(Depth.D34, Planes.BASE, true),
    RES16UNET101(new int[] {2, 3, 4, 23, 2, 2, 2, 2}, Planes.BASE, true);

    /** Blocks per stage. */
    private static final class Depth {
        static final int[] D14 = {1, 1, 1, 1, 1, 1, 1, 1};
        static final int[] D14_DEEP_DECODER = {1, 1, 1, 1, 2, 2, 2, 2};
        static final int[] D14_DEEP_ENCODER = {2, 2, 2, 2, 1, 1, 1, 1};
        static final int[] D18 = {2, 2, 2, 2, 2, 2, 2, 2};
        static final int[] D34 = {2, 3, 4, 6, 2, 2, 2, 2};
    }

    /** Channels per stage. */
    private static final class Planes {
        static final int[] BASE = {32, 64, 128, 256, 256, 256, 256, 256};
        static final int[] A = {32, 64, 128, 256, 128, 128, 96, 96};
        static final int[] B = {32, 64, 128, 256, 128, 128, 128, 128};
        static final int[] D = {32, 64, 128, 256, 384, 384, 384, 384};
    }

    private final int[] blocks;
    private final int[] planes;
    private final boolean bottleneck;

    Variant(int[] blocks, int[] planes) {
        this(blocks, planes, false);
    }

    Variant(int[] blocks, int[] planes, boolean bottleneck) {
        this.blocks = blocks;
        this.planes = planes;
        this.bottleneck = bottleneck;
    }

    /** The name in pipelines, e.g. {@code res16unet34c}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Blocks in each of the 8 stages: 4 on the way down, 4 on the way up. */
    public int[] blocks() {
        return blocks.clone();
    }

    /** Channels of each of the 8 stages before the width multiplier. */
    public int[] planes() {
        return planes.clone();
    }

    /** Whether stages are made of {@link Bottleneck}s, whose outputs are four times as wide as their planes. */
    public boolean bottleneck() {
        return bottleneck;
    }

    /**
     * How many voxels along an axis the feature of a voxel depends on, to either side: every 3x3x3 convolution of a stage looks
     * one of the stage's voxels further, of which a block has two (a bottleneck one), and every strided or transposed one by
     * up to a coarse voxel less one.
     *
     * @param stem edge of the first convolution, voxels
     */
    int reach(int stem) {
        int depth = blocks.length / 2;
        int convolutions = bottleneck ? 1 : 2;
        int reach = stem / 2;
        for (int s = 0; s < depth; s++) {
            int coarse = 2 << s;
            reach += convolutions * blocks[s] * coarse;
            reach += convolutions * blocks[depth + s] * (1 << (depth - 1 - s));
        }
        return reach + (1 << depth) - 1;
    }
}
