package org.scenecontexts.api.grid;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Init;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.tensor.Operator;
import org.scenecontexts.api.tensor.Tensor;

/**
 * A convolution over the occupied cells of a grid: {@code out[u] = sum_k in[u + o_k] W_k} over the neighbours that exist.
 *
 * <p>State: {@code kernel}, {@code [offsets, in, out]} with x fastest among the offsets, then y, then z, and {@code bias},
 * {@code [out]}, where there is one. First values are uniform within 1 / sqrt(channels * offsets), where channels are those
 * of the input, or of the output for transposed convolutions (REFERENCE 1.5).
 *
 * @since 0.2
 */
@Operator(
        says = "`out[u] = sum over k of x[u + o_k] . W_k + b` over occupied cells; submanifold, strided or transposed",
        shapes = "[M, in] -> [M', out]")
public final class GridConvolution extends Module {

    private enum Kind {
        CUBE,
        DOWN,
        UP
    }

    private final GridKernels kernels;
    private final Kind kind;
    private final int size;
    private final Parameter kernel;
    private final Optional<Parameter> bias;

    private GridConvolution(
            TensorEngine engine, RandomGenerator random, Kind kind, int size, int in, int out, boolean withBias) {
        // Asked here so that a missing plugin is named before anything is trained.
        kernels = engine.kernel(GridKernels.class);
        this.kind = kind;
        this.size = size;
        int offsets = size * size * size;
        double bound = 1 / Math.sqrt((double) (kind == Kind.UP ? out : in) * offsets);
        kernel = parameter("kernel", Init.uniform(engine, random, bound, offsets, in, out));
        bias = withBias ? Optional.of(parameter("bias", Init.uniform(engine, random, bound, out))) : Optional.empty();
    }

    /**
     * A submanifold convolution: the cells stay as they are.
     *
     * @param size edge of the kernel, cells: 1, 3, 5, 7 or 9
     */
    public static GridConvolution submanifold(
            TensorEngine engine, RandomGenerator random, int size, int in, int out, boolean withBias) {
        return new GridConvolution(engine, random, Kind.CUBE, size, in, out, withBias);
    }

    /** A strided convolution with a 2 x 2 x 2 kernel: from cells to {@link SparseGrid#coarser} ones. */
    public static GridConvolution strided(
            TensorEngine engine, RandomGenerator random, int in, int out, boolean withBias) {
        return new GridConvolution(engine, random, Kind.DOWN, 2, in, out, withBias);
    }

    /** The transposed form of {@link #strided}: from {@link SparseGrid#coarser} cells back to cells. */
    public static GridConvolution transposed(
            TensorEngine engine, RandomGenerator random, int in, int out, boolean withBias) {
        return new GridConvolution(engine, random, Kind.UP, 2, in, out, withBias);
    }

    /**
     * @param x {@code [grid.rows(), in]}; of {@code grid.coarser()} for a transposed convolution
     * @param grid the finer of the grids that it goes between
     * @return {@code [grid.rows(), out]}; of {@code grid.coarser()} for a strided convolution
     */
    public Tensor apply(Tensor x, SparseGrid grid) {
        GridMap map = switch (kind) {
            case CUBE -> grid.cube(size);
            case DOWN -> grid.down();
            case UP -> grid.up();
        };
        Tensor product = new GridConvolutionOp(kernels, map).apply(x, kernel.tensor());
        if (bias.isEmpty()) {
            return product;
        }
        Tensor y = product.add(bias.get().tensor());
        product.release();
        return y;
    }
}
