package org.scenecontexts.sparseconv.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.kernels.vector.VectorTileProducts;
import org.scenecontexts.sparseconv.kernel.tiled.TiledSparseConvKernels;
import org.scenecontexts.sparseconv.map.CoordinateSet;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.KernelMaps;
import org.scenecontexts.testing.TestFiles;

/** Convolutions of MinkowskiEngine 0.4.3, rows in its own order. */
class GoldenConvolutionKernelsTest {

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "k3s1, vector", "k3s1, machine", "k3s1, scalar",
        "k3s1_hybrid, vector", "k3s1_hybrid, machine", "k3s1_hybrid, scalar",
        "k3s1_c3, vector", "k3s1_c3, machine", "k3s1_c3, scalar",
        "k2s2, vector", "k2s2, machine", "k2s2, scalar",
        "k2s2_transposed, vector", "k2s2_transposed, machine", "k2s2_transposed, scalar",
        "k1s1_bias, vector", "k1s1_bias, machine", "k1s1_bias, scalar"
    })
    void publishedConvolutionIsReproduced(String name, String implementation) {
        HostConv kernels = new HostConv(parallel -> switch (implementation) {
            case "scalar" -> new ScalarSparseConvKernels(parallel);
            case "vector" -> new TiledSparseConvKernels(new VectorTileProducts(), parallel);
            default -> new TiledSparseConvKernels(MachineTiles.orSkip(), parallel);
        });
        try (Npz npz = Npz.open(TestFiles.golden("conv_" + name + "_me043.npz"))) {
            int cin = npz.get("in_feats").dim(1);
            int cout = npz.get("grad_out").dim(1);
            int size = npz.get("kernel_size").scalarInt();
            boolean transposed = npz.get("transposed").scalarInt() == 1;
            boolean strided = npz.get("stride").scalarInt() == 2;
            CoordinateSet.Sorted in = CoordinateSet.sort(npz.get("in_coords").ints(), transposed ? 2 : 1);
            CoordinateSet.Sorted out = CoordinateSet.sort(npz.get("out_coords").ints(), strided && !transposed ? 2 : 1);
            KernelMap map =
                    map(in.set(), out.set(), size, name, npz.get("offsets").ints());
            float[] weights = npz.get("weights").floats();
            float[] features = in.toSetOrder(npz.get("in_feats").floats(), cin);
            float[] gradOut = out.toSetOrder(npz.get("grad_out").floats(), cout);

            float[] result = new float[out.set().rows() * cout];
            kernels.forward(map, features, cin, weights, cout, result, Parallel.sequential());
            if (npz.has("bias")) {
                float[] bias = npz.get("bias").floats();
                for (int i = 0; i < result.length; i++) {
                    result[i] += bias[i % cout];
                }
            }
            float[] gradIn = new float[features.length];
            kernels.inputGradient(map, gradOut, cout, weights, cin, gradIn, Parallel.sequential());
            float[] gradWeights = new float[weights.length];
            kernels.weightGradient(map, features, cin, gradOut, cout, gradWeights, Parallel.sequential());

            assertThat(error(
                            out.toInputOrder(result, cout),
                            npz.get("out_feats_f64").doubles()))
                    .isLessThan(1e-5);
            assertThat(error(
                            in.toInputOrder(gradIn, cin), npz.get("grad_in_f64").doubles()))
                    .isLessThan(1e-5);
            assertThat(error(gradWeights, npz.get("grad_w_f64").doubles())).isLessThan(1e-5);
        }
    }

    private static KernelMap map(CoordinateSet in, CoordinateSet out, int size, String name, int[] offsets) {
        if (size == 2) {
            assertThat(KernelLayout.HYPERCUBE.offsets(2)).isEqualTo(offsets);
            return in.tensorStride() < out.tensorStride()
                    ? KernelMaps.strided(in, out)
                    : KernelMaps.strided(out, in).inverse();
        }
        KernelLayout layout = name.endsWith("hybrid") ? KernelLayout.MINKOWSKI_04_HYBRID : KernelLayout.HYPERCUBE;
        assertThat(layout.offsets(size)).isEqualTo(offsets);
        return KernelMaps.cube(in, size, layout);
    }

    /** Largest difference as a share of the largest value. */
    private static double error(float[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
        }
        return worst / scale;
    }
}
