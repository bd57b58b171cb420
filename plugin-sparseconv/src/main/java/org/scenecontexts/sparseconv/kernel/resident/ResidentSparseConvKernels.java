package org.scenecontexts.sparseconv.kernel.resident;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.sparseconv.kernel.ConvArguments;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.KernelMap;

/**
 * Sparse convolution where values stay on a device: an implicit matrix product that gathers neighbours as it goes, the same
 * for the output and for the gradient of the input, and partial sums over chunks of pairs for the gradient of the weights.
 * No two items write to one number, and all sums have a fixed order.
 *
 * <p>Convolutions in which each output row has one pair (the transposed ones) still go through all lists of a tile.
 */
final class ResidentSparseConvKernels implements SparseConvKernels {

    private static final String SOURCE = "conv.cl";

    private final TensorEngine engine;
    private final DeviceProgram program;

    /** What is kept with a map: for which kernels, and which form. */
    private record Key(Object kernels, Class<?> form) {}

    ResidentSparseConvKernels(TensorEngine engine, DevicePrograms programs) {
        this.engine = engine;
        program = programs.compile(SOURCE, source());
    }

    private static String source() {
        try (InputStream source = ResidentSparseConvKernels.class.getResourceAsStream(SOURCE)) {
            if (source == null) {
                throw new IllegalStateException(SOURCE + " is missing from the plugin's jar; build it again");
            }
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "resident";
    }

    @Override
    public void forward(KernelMap map, Buffer in, int cin, Buffer weights, int cout, Buffer out) {
        ConvArguments.check(map, in, cin, weights, cout, out);
        convolve(map, in, cin, weights, cout, false, out);
    }

    @Override
    public void inputGradient(KernelMap map, Buffer gradOut, int cout, Buffer weights, int cin, Buffer gradIn) {
        ConvArguments.check(map, gradIn, cin, weights, cout, gradOut);
        convolve(map.inverse(), gradOut, cout, weights, cin, true, gradIn);
    }

    /** @param transposed whether the weights lie with their output channels first, seen from here */
    private void convolve(KernelMap map, Buffer in, int cin, Buffer weights, int cout, boolean transposed, Buffer out) {
        MapTables tables = map.derived(new Key(this, MapTables.class), MapTables.class, m -> MapTables.of(engine, m));
        Groups groups = new Groups(Math.ceilDiv(map.outRows(), MapTables.TILE), Math.ceilDiv(cout, MapTables.TILE), 1);
        program.launch(
                "conv",
                groups,
                map.outRows(),
                map.lists(),
                cin,
                cout,
                transposed ? 1 : 0,
                tables.neighbours(),
                tables.present(),
                tables.words(),
                tables.slices(),
                in,
                weights,
                out);
    }

    @Override
    public void weightGradient(KernelMap map, Buffer in, int cin, Buffer gradOut, int cout, Buffer gradWeights) {
        ConvArguments.check(map, in, cin, gradWeights, cout, gradOut);
        MapPairs pairs = map.derived(new Key(this, MapPairs.class), MapPairs.class, m -> MapPairs.of(engine, m));
        int size = cin * cout;
        Buffer part = engine.buffers().take(Math.max(1, Math.multiplyExact(pairs.count(), size)));
        program.launch(
                "weightPart",
                new Groups(pairs.count(), Math.ceilDiv(cin, MapTables.TILE), Math.ceilDiv(cout, MapTables.TILE)),
                cin,
                cout,
                pairs.in(),
                pairs.out(),
                pairs.chunks(),
                in,
                gradOut,
                part);
        program.launch(
                "weightTotal",
                Groups.of((long) map.lists() * size),
                map.lists() * size,
                size,
                pairs.first(),
                pairs.slices(),
                part,
                gradWeights);
        engine.buffers().give(part);
    }
}
