package org.scenecontexts.engine.cpu;

import java.util.function.Supplier;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.VectorApi;
import org.scenecontexts.engine.cpu.dense.Loops;
import org.scenecontexts.engine.cpu.gemm.Gemm;
import org.scenecontexts.engine.cpu.gemm.ScalarGemm;
import org.scenecontexts.engine.cpu.gemm.TiledGemm;
import org.scenecontexts.engine.cpu.vector.VectorDenseKernels;
import org.scenecontexts.kernels.machine.MachineTileProducts;
import org.scenecontexts.kernels.tile.ScalarTileProducts;
import org.scenecontexts.kernels.tile.TileProductsChoice;

/** Decides between vector and scalar kernels, once per engine, and can say why. */
public final class Simd {

    private Simd() {}

    /**
     * A choice.
     *
     * @param vector whether loops use the Vector API
     * @param warming whether plain loops of the same bits stand in until those are compiled
     * @param gemm does matrix products
     * @param reason half a sentence for the log
     */
    public record Decision(boolean vector, boolean warming, Gemm gemm, String reason) {

        /** Scalar kernels throughout, or vector kernels with the fastest products of this machine. */
        public Decision(boolean vector, String reason) {
            this(vector, false, vector ? fastest(TileProductsChoice.forThisMachine()) : new ScalarGemm(), reason);
        }

        /** The same without stand-ins: for measurements, which warm up themselves. */
        public Decision settled() {
            return new Decision(vector, false, gemm, reason);
        }

        /** The kernels chosen, on these threads. */
        public DenseKernels kernels(Parallel parallel) {
            return vector ? Vectors.kernels(parallel, gemm, warming) : new ScalarDenseKernels(parallel, gemm);
        }

        /** The loops chosen, for the next operation. */
        public Supplier<Loops> loops() {
            Loops plain = Loops.plain();
            return vector ? Vectors.loops(warming) : () -> plain;
        }
    }

    /** Kept apart so that its classes are only loaded where their module exists. */
    private static final class Vectors {

        /** One for all engines: what the compiler has compiled is compiled for the whole process. */
        private static final Supplier<Loops> WARMING = VectorDenseKernels.warmingLoops();

        static Supplier<Loops> loops(boolean warming) {
            Loops vector = VectorDenseKernels.loops();
            return warming ? WARMING : () -> vector;
        }

        static DenseKernels kernels(Parallel parallel, Gemm gemm, boolean warming) {
            return new VectorDenseKernels(parallel, gemm, loops(warming));
        }
    }

    /**
     * The choice for this machine and this Java; {@link VectorApi#PROPERTY} overrides it.
     *
     * @throws IllegalStateException when the property asks for what cannot be had
     */
    public static Decision choose() {
        return choose(TileProductsChoice.forThisMachine(), VectorApi.isUsable());
    }

    static Decision choose(TileProductsChoice tiles, boolean vector) {
        // Generated code proves that the processor has fused multiply-adds, without which the plain twin crawls.
        boolean warming = vector && tiles.products() instanceof MachineTileProducts;
        return new Decision(vector, warming, fastest(tiles), tiles.reason());
    }

    private static Gemm fastest(TileProductsChoice tiles) {
        return tiles.products() instanceof ScalarTileProducts ? new ScalarGemm() : new TiledGemm(tiles.products());
    }
}
