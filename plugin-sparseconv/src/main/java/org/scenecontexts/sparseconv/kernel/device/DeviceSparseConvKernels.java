package org.scenecontexts.sparseconv.kernel.device;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.DeviceProgram.Packable;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.sparseconv.kernel.ConvArguments;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.MapSource;

/**
 * Sparse convolution where values stay on a device: an implicit matrix product that gathers neighbours as it goes, the same
 * for the output and for the gradient of the input, and partial sums over chunks of pairs for the gradient of the weights.
 * No two items write to one number, and all sums have a fixed order.
 */
final class DeviceSparseConvKernels implements SparseConvKernels {

    private static final int TILE = 32;

    /** Numbers that are loaded at once. */
    private static final int QUAD = 4;

    private final TensorEngine engine;
    private final DevicePrograms programs;
    private final WideTiles tiles;
    private final DeviceProgram program;
    private final Optional<MatrixConv> matrix;
    private final Optional<MapFinder> finder;
    private final Map<Map<String, Integer>, DeviceProgram> wide = new HashMap<>();

    /** What is kept with a map: for which kernels, and which form. */
    private record Key(Object kernels, Class<?> form) {}

    DeviceSparseConvKernels(TensorEngine engine, DevicePrograms programs) {
        this(
                engine,
                programs,
                new WideTiles(programs.limits()),
                new MatrixTiles(programs.limits(), programs.operands()));
    }

    /**
     * @param tiles which kernels serve which shape in float32
     * @param matrix in which tiles matrix units compute, where operands are rounded for them
     */
    DeviceSparseConvKernels(TensorEngine engine, DevicePrograms programs, WideTiles tiles, MatrixTiles matrix) {
        this(engine, programs, tiles, matrix, true);
    }

    /**
     * The same.
     *
     * @param finds whether pairs are found on the device, where their map says of what
     */
    DeviceSparseConvKernels(
            TensorEngine engine, DevicePrograms programs, WideTiles tiles, MatrixTiles matrix, boolean finds) {
        this.engine = engine;
        this.programs = programs;
        this.tiles = tiles;
        Map<String, Integer> packs = Map.of("PACKS", engine.packing().isPresent() ? 1 : 0);
        this.matrix = matrix.operands() == DevicePrograms.Operands.FP32
                ? Optional.empty()
                : Optional.of(new MatrixConv(programs, engine.buffers(), matrix, tiles, packs));
        program = programs.compile(DeviceSparseConvKernels.class, "conv.cl", packs);
        finder = finds ? Optional.of(new MapFinder(engine, programs)) : Optional.empty();
    }

    @Override
    public boolean findsPairs() {
        return finder.isPresent();
    }

    @Override
    public boolean takesPacked() {
        return matrix.isPresent();
    }

    /** Of what the pairs are found here; the host's serve maps of no pyramid, and those of no voxels. */
    private Optional<MapSource> source(KernelMap map) {
        return finder.isEmpty() || map.outRows() == 0 ? Optional.empty() : map.source();
    }

    private MapTables tables(KernelMap map) {
        return source(map)
                .map(from -> MapTables.of(
                        engine, map, finder.orElseThrow().of(from.pyramid()).arranged(from)))
                .orElseGet(() -> MapTables.of(engine, map));
    }

    private MapPairs pairs(KernelMap map) {
        return source(map)
                .map(from -> MapPairs.of(
                        engine, map, finder.orElseThrow().of(from.pyramid()).chunked(from)))
                .orElseGet(() -> MapPairs.of(engine, map));
    }

    private DeviceProgram wide(Map<String, Integer> shape) {
        return wide.computeIfAbsent(
                shape, constants -> programs.compile(DeviceSparseConvKernels.class, "wide.cl", constants));
    }

    @Override
    public String name() {
        return "device";
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

    private static boolean loadable(Buffer buffer) {
        return buffer.offset() % QUAD == 0;
    }

    /** @param transposed whether the weights lie with their output channels first, seen from here */
    private void convolve(KernelMap map, Buffer in, int cin, Buffer weights, int cout, boolean transposed, Buffer out) {
        MapTables tables = map.derived(new Key(this, MapTables.class), MapTables.class, this::tables);
        if (matrix.isPresent()) {
            matrix.get().convolve(map, tables, in, cin, weights, cout, transposed, out, this::addParts);
            return;
        }
        int columns = tiles.columns(cin, cout);
        if (columns > 0 && loadable(in)) {
            Buffer packed = transposed || !loadable(weights) ? packed(map, weights, cin, cout, transposed) : weights;
            wide(map, tables, in, cin, packed, cout, columns, out);
            if (packed != weights) {
                engine.buffers().give(packed);
            }
            return;
        }
        program.launch(
                "conv",
                new Groups(Math.ceilDiv(tables.rows(), TILE), Math.ceilDiv(cout, TILE), 1),
                tables.padded(),
                map.lists(),
                cin,
                cout,
                transposed ? 1 : 0,
                tables.neighbours(),
                tables.order(),
                tables.present(),
                tables.words(),
                tables.slices(),
                in,
                weights,
                out);
    }

    private Buffer packed(KernelMap map, Buffer weights, int cin, int cout, boolean transposed) {
        int n = Math.multiplyExact(map.lists(), cin * cout);
        Buffer packed = engine.buffers().take(n);
        program.launch("pack", Groups.of(n), n, cin, cout, transposed ? 1 : 0, weights, packed);
        return packed;
    }

    private void wide(
            KernelMap map, MapTables tables, Buffer in, int cin, Buffer weights, int cout, int columns, Buffer out) {
        int rowTiles = Math.ceilDiv(tables.rows(), WideTiles.ROWS);
        int parts = tiles.parts(rowTiles * (cout / columns), map.lists());
        int n = Math.multiplyExact(tables.rows(), cout);
        Buffer sums = parts > 1 ? engine.buffers().take(Math.multiplyExact(parts, n)) : out;
        wide(Map.of("BN", columns))
                .launch(
                        "wide",
                        new Groups(rowTiles, cout / columns, parts, WideTiles.ITEMS),
                        tables.rows(),
                        tables.padded(),
                        map.lists(),
                        cin,
                        cout,
                        parts,
                        tables.neighbours(),
                        tables.order(),
                        tables.present(),
                        tables.words(),
                        tables.slices(),
                        in,
                        weights,
                        sums);
        if (parts > 1) {
            addParts(n, parts, sums, out);
            engine.buffers().give(sums);
        }
    }

    private void addParts(int n, int parts, Buffer sums, Buffer out) {
        program.launch("addParts", Groups.of(n), n, parts, sums, new Packable(out));
    }

    @Override
    public void weightGradient(KernelMap map, Buffer in, int cin, Buffer gradOut, int cout, Buffer gradWeights) {
        ConvArguments.check(map, in, cin, gradWeights, cout, gradOut);
        MapPairs pairs = map.derived(new Key(this, MapPairs.class), MapPairs.class, this::pairs);
        int size = cin * cout;
        Buffer part = engine.buffers().take(Math.max(1, Math.multiplyExact(pairs.count(), size)));
        weightParts(map, pairs, in, cin, gradOut, cout, part);
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

    private void weightParts(KernelMap map, MapPairs pairs, Buffer in, int cin, Buffer gradOut, int cout, Buffer part) {
        int rows = tiles.weightRows(cin, cout);
        int columns = tiles.weightColumns(cout);
        if (matrix.isPresent()) {
            matrix.get().weightParts(map, pairs, in, cin, gradOut, cout, part);
        } else if (rows > 0 && loadable(in) && loadable(gradOut)) {
            wide(Map.of("DM", rows, "DN", columns))
                    .launch(
                            "wideWeights",
                            new Groups(pairs.count(), cin / rows, cout / columns, 2 * rows),
                            cin,
                            cout,
                            pairs.in(),
                            pairs.out(),
                            pairs.chunks(),
                            in,
                            gradOut,
                            part);
        } else {
            program.launch(
                    "weightPart",
                    new Groups(pairs.count(), Math.ceilDiv(cin, TILE), Math.ceilDiv(cout, TILE)),
                    cin,
                    cout,
                    pairs.in(),
                    pairs.out(),
                    pairs.chunks(),
                    in,
                    gradOut,
                    part);
        }
    }
}
