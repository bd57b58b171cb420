package org.scenecontexts.sparseconv.kernel.opencl;

import java.util.Arrays;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.opencl.Launcher;
import org.scenecontexts.opencl.Staging;
import org.scenecontexts.sparseconv.kernel.ConvArguments;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.KernelMap;

/**
 * Computes every sparse convolution on an OpenCL device, output-stationary: a work item owns some outputs, so nothing is
 * added atomically and results repeat bit for bit.
 *
 * <p>Arrays travel to the device and back with every call; what is worth that is decided elsewhere.
 *
 * @since 0.1
 */
public final class OpenClSparseConvKernels implements SparseConvKernels {

    /** Work items that fill an accelerator, or a processor, when pairs are shared out for the weight gradient. */
    private static final int FILL_ACCELERATOR = 1 << 16;

    private static final int FILL_PROCESSOR = 1 << 10;

    private final Launcher launcher;
    private final MapArrays arrays = new MapArrays();
    private final RowProductKernel product = new RowProductKernel();
    private final InterleavedProductKernel interleaved = new InterleavedProductKernel();
    private final WeightGradientKernel weightGradient = new WeightGradientKernel();

    /** @throws org.scenecontexts.opencl.DeviceFailure when a kernel cannot be translated for the device */
    public OpenClSparseConvKernels(Launcher launcher) {
        this.launcher = launcher;
        launcher.prepare(launcher.accelerator() ? interleaved : product);
        launcher.prepare(weightGradient);
    }

    @Override
    public String name() {
        return "opencl on " + launcher.device();
    }

    @Override
    public synchronized void forward(KernelMap map, Buffer in, int cin, Buffer weights, int cout, Buffer out) {
        ConvArguments.check(map, in, cin, weights, cout, out);
        product(map, in, cin, packed(map, weights, cin, cout, false), cout, out);
    }

    @Override
    public synchronized void inputGradient(
            KernelMap map, Buffer gradOut, int cout, Buffer weights, int cin, Buffer gradIn) {
        ConvArguments.check(map, gradIn, cin, weights, cout, gradOut);
        product(map.inverse(), gradOut, cout, packed(map.inverse(), weights, cin, cout, true), cin, gradIn);
    }

    private void product(KernelMap map, Buffer in, int inWidth, float[] packed, int outWidth, Buffer out) {
        if (map.outRows() == 0) {
            return;
        }
        if (map.pairs() == 0) {
            clear(out, map.outRows() * outWidth);
            return;
        }
        float[] staged = Staging.output(out, map.outRows() * outWidth);
        float[] source = Staging.input(in, map.inRows() * inWidth);
        if (launcher.accelerator()) {
            interleaved(map, source, inWidth, packed, outWidth, staged);
        } else {
            sideBySide(map, source, inWidth, packed, outWidth, staged);
        }
        Staging.fetch(staged, out);
    }

    private void interleaved(KernelMap map, float[] in, int inWidth, float[] packed, int outWidth, float[] out) {
        InterleavedProductKernel k = interleaved;
        k.rows = map.outRows();
        k.lists = map.lists();
        k.inWidth = inWidth;
        k.outWidth = outWidth;
        k.tiles = tiles(outWidth, RowProductKernel.TILE);
        k.neighbours = arrays.neighbours(map);
        k.in = in;
        k.weights = packed;
        k.out = out;
        launcher.run(k, Math.multiplyExact(k.rows, k.tiles));
    }

    private void sideBySide(KernelMap map, float[] in, int inWidth, float[] packed, int outWidth, float[] out) {
        RowProductKernel k = product;
        k.rows = map.outRows();
        k.lists = map.lists();
        k.inWidth = inWidth;
        k.outWidth = outWidth;
        k.tiles = tiles(outWidth, RowProductKernel.TILE);
        k.neighbours = arrays.neighbours(map);
        k.in = in;
        k.weights = packed;
        k.out = out;
        launcher.run(k, Math.multiplyExact(k.rows, k.tiles));
    }

    /** Weights in the order of the map's lists, {@code [lists, from, to rounded up]}. */
    private static float[] packed(KernelMap map, Buffer kernel, int cin, int cout, boolean transposed) {
        int from = transposed ? cout : cin;
        int to = transposed ? cin : cout;
        int stride = tiles(to, RowProductKernel.TILE) * RowProductKernel.TILE;
        float[] packed = new float[map.lists() * from * stride];
        float[] weights = kernel.array();
        for (int list = 0; list < map.lists(); list++) {
            int slice = kernel.arrayOffset() + map.slice(list) * cin * cout;
            for (int i = 0; i < from; i++) {
                int row = (list * from + i) * stride;
                if (transposed) {
                    for (int o = 0; o < to; o++) {
                        packed[row + o] = weights[slice + o * cout + i];
                    }
                } else {
                    System.arraycopy(weights, slice + i * cout, packed, row, cout);
                }
            }
        }
        return packed;
    }

    @Override
    public synchronized void weightGradient(
            KernelMap map, Buffer in, int cin, Buffer gradOut, int cout, Buffer gradWeights) {
        ConvArguments.check(map, in, cin, gradWeights, cout, gradOut);
        int size = map.lists() * cin * cout;
        if (map.pairs() == 0) {
            clear(gradWeights, size);
            return;
        }
        MapArrays.Pairs pairs = arrays.pairs(map);
        WeightGradientKernel k = weightGradient;
        k.lists = map.lists();
        k.inWidth = cin;
        k.outWidth = cout;
        k.inTiles = tiles(cin, WeightGradientKernel.TILE);
        k.outTiles = tiles(cout, WeightGradientKernel.TILE);
        int items = Math.multiplyExact(k.lists, k.inTiles * k.outTiles);
        int fill = launcher.accelerator() ? FILL_ACCELERATOR : FILL_PROCESSOR;
        k.shares = Math.clamp(fill / items, 1, Math.max(1, map.pairs() / map.lists() / 64));
        k.start = pairs.start();
        k.pairIn = pairs.in();
        k.pairOut = pairs.out();
        k.in = Staging.input(in, map.inRows() * cin);
        k.gradOut = Staging.input(gradOut, map.outRows() * cout);
        k.partial = new float[k.shares * size];
        launcher.run(k, Math.multiplyExact(k.shares, items));
        gather(map, k.partial, k.shares, cin * cout, gradWeights);
    }

    /** Adds the shares up, in order. */
    private static void gather(KernelMap map, float[] partial, int shares, int size, Buffer result) {
        float[] gradWeights = result.array();
        for (int list = 0; list < map.lists(); list++) {
            int to = result.arrayOffset() + map.slice(list) * size;
            System.arraycopy(partial, list * size, gradWeights, to, size);
            for (int share = 1; share < shares; share++) {
                int from = (share * map.lists() + list) * size;
                for (int i = 0; i < size; i++) {
                    gradWeights[to + i] += partial[from + i];
                }
            }
        }
    }

    private static void clear(Buffer buffer, int length) {
        Arrays.fill(buffer.array(), buffer.arrayOffset(), buffer.arrayOffset() + length, 0);
    }

    private static int tiles(int width, int tile) {
        return (width + tile - 1) / tile;
    }
}
