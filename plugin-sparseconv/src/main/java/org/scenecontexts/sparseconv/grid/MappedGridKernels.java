package org.scenecontexts.sparseconv.grid;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.grid.GridKernels;
import org.scenecontexts.api.grid.GridMap;
import org.scenecontexts.api.grid.GridStructure;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.MapMemory;
import org.scenecontexts.sparseconv.map.MapResources;

/** Grid convolutions by the kernels that the engine has for this plugin's own networks. */
final class MappedGridKernels implements GridKernels {

    private final SparseConvKernels kernels;
    private final MapResources resources;

    MappedGridKernels(TensorEngine engine) {
        kernels = engine.kernel(SparseConvKernels.class);
        resources = new MapResources(engine.parallel(), new MapMemory(), kernels.findsPairs());
    }

    @Override
    public String description() {
        return "grid convolutions by " + kernels.name();
    }

    @Override
    public GridStructure structure(int[] coordinates) {
        return new MappedGrid(coordinates, resources);
    }

    @Override
    public void forward(GridMap map, Buffer in, int cin, Buffer weights, int cout, Buffer out) {
        kernels.forward(own(map), in, cin, weights, cout, out);
    }

    @Override
    public void inputGradient(GridMap map, Buffer gradOut, int cout, Buffer weights, int cin, Buffer gradIn) {
        kernels.inputGradient(own(map), gradOut, cout, weights, cin, gradIn);
    }

    @Override
    public void weightGradient(GridMap map, Buffer in, int cin, Buffer gradOut, int cout, Buffer gradWeights) {
        kernels.weightGradient(own(map), in, cin, gradOut, cout, gradWeights);
    }

    private static KernelMap own(GridMap map) {
        if (map instanceof KernelMap own) {
            return own;
        }
        throw new IllegalArgumentException("a map of " + map.getClass().getName()
                + " was given to the kernels of plugin-sparseconv; use maps of the grid that these kernels made");
    }
}
