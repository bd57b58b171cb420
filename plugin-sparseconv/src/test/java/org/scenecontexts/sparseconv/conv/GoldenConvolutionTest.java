package org.scenecontexts.sparseconv.conv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.PointwiseConvolution;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.sparseconv.TestEngines;
import org.scenecontexts.sparseconv.map.CoordinateSet;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.VoxelPyramid;
import org.scenecontexts.sparseconv.unet.Errors;
import org.scenecontexts.testing.TestFiles;

/** Single layers with autograd against the published implementation. */
class GoldenConvolutionTest {

    private static final double FORWARD = 1e-4;
    private static final double GRADIENT = 1e-3;
    private static final TensorEngine ENGINE = TestEngines.cpu(2);

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    /** For each row of a published array the row of the same voxel in a set. */
    private static int[] rowsOf(NpArray coordinates, CoordinateSet set) {
        int[] c = coordinates.ints();
        int[] rows = new int[c.length / 4];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = set.row(c[4 * i], c[4 * i + 1], c[4 * i + 2], c[4 * i + 3]);
            assertThat(rows[i]).as("row of voxel " + i).isNotNegative();
        }
        return rows;
    }

    private static Tensor inSetOrder(NpArray values, int[] rowOf) {
        int width = values.dim(1);
        float[] from = values.floats();
        float[] to = new float[from.length];
        for (int i = 0; i < rowOf.length; i++) {
            System.arraycopy(from, i * width, to, rowOf[i] * width, width);
        }
        return ENGINE.wrap(to, rowOf.length, width);
    }

    private static void check(
            Npz golden, Module layer, UnaryOperator<Tensor> apply, CoordinateSet in, CoordinateSet out) {
        int[] inRow = rowsOf(golden.get("in_coords"), in);
        int[] outRow = rowsOf(golden.get("out_coords"), out);
        set(layer, "kernel", golden.get("weights").floats());
        Tensor x = inSetOrder(golden.get("in_feats"), inRow).requireGrad();

        Tensor y = apply.apply(x);
        assertThat(y.rows()).isEqualTo(outRow.length);
        Errors.expect("output", y.toArray(), reordered(golden.get("out_feats_f64"), outRow), FORWARD);
        y.backward(inSetOrder(golden.get("grad_out"), outRow));

        Errors.expect(
                "gradient of x",
                x.grad().orElseThrow().toArray(),
                reordered(golden.get("grad_in_f64"), inRow),
                GRADIENT);
        Errors.expect("gradient of kernel", gradient(layer, "kernel"), golden.get("grad_w_f64"), GRADIENT);
    }

    private static NpArray reordered(NpArray values, int[] rowOf) {
        int width = values.dim(1);
        double[] from = values.doubles();
        double[] to = new double[from.length];
        for (int i = 0; i < rowOf.length; i++) {
            System.arraycopy(from, i * width, to, rowOf[i] * width, width);
        }
        return NpArray.of(to, rowOf.length, width);
    }

    private static void set(Module layer, String name, float[] values) {
        layer.namedParameters().get(name).tensor().set(values);
    }

    private static float[] gradient(Module layer, String name) {
        return layer.namedParameters().get(name).grad().orElseThrow().toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "conv_k3s1_me043.npz, HYPERCUBE",
        "conv_k3s1_c3_me043.npz, HYPERCUBE",
        "conv_k3s1_hybrid_me043.npz, MINKOWSKI_04_HYBRID"
    })
    void convolvesVoxelsWithTheirNeighbours(String file, KernelLayout layout) {
        try (Npz golden = Npz.open(TestFiles.golden(file))) {
            CoordinateSet voxels =
                    CoordinateSet.sort(golden.get("in_coords").ints(), 1).set();
            KernelMap map = new VoxelPyramid(voxels).cube(0, 3, layout);
            NpArray weights = golden.get("weights");
            SparseConvolution layer = SparseConvolution.cube(ENGINE, new Random(1), 3, weights.dim(1), weights.dim(2));

            check(golden, layer, x -> layer.apply(x, map), voxels, voxels);
        }
    }

    @Test
    void halvesTheResolution() {
        try (Npz golden = Npz.open(TestFiles.golden("conv_k2s2_me043.npz"))) {
            CoordinateSet fine =
                    CoordinateSet.sort(golden.get("in_coords").ints(), 1).set();
            VoxelPyramid pyramid = new VoxelPyramid(fine);
            NpArray weights = golden.get("weights");
            SparseConvolution layer = SparseConvolution.down(ENGINE, new Random(1), weights.dim(1), weights.dim(2));

            check(golden, layer, x -> layer.apply(x, pyramid.down(0)), fine, pyramid.level(1));
        }
    }

    @Test
    void doublesTheResolution() {
        try (Npz golden = Npz.open(TestFiles.golden("conv_k2s2_transposed_me043.npz"))) {
            CoordinateSet fine =
                    CoordinateSet.sort(golden.get("out_coords").ints(), 1).set();
            VoxelPyramid pyramid = new VoxelPyramid(fine);
            NpArray weights = golden.get("weights");
            SparseConvolution layer = SparseConvolution.up(ENGINE, new Random(1), weights.dim(1), weights.dim(2));

            check(golden, layer, x -> layer.apply(x, pyramid.up(0)), pyramid.level(1), fine);
        }
    }

    @Test
    void convolvesEachVoxelAlone() {
        try (Npz golden = Npz.open(TestFiles.golden("conv_k1s1_bias_me043.npz"))) {
            CoordinateSet voxels =
                    CoordinateSet.sort(golden.get("in_coords").ints(), 1).set();
            NpArray weights = golden.get("weights");
            int rank = weights.shape().length;
            PointwiseConvolution layer =
                    new PointwiseConvolution(ENGINE, new Random(1), weights.dim(rank - 2), weights.dim(rank - 1), true);
            set(layer, "bias", golden.get("bias").floats());

            check(golden, layer, layer::apply, voxels, voxels);
            Errors.expect("gradient of bias", gradient(layer, "bias"), golden.get("grad_b_f64"), GRADIENT);
        }
    }
}
