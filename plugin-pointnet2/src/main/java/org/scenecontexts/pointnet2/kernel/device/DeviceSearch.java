package org.scenecontexts.pointnet2.kernel.device;

import java.util.Map;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.pointnet2.kernel.PointKernels;

/** Finds neighbours on the device for both families of kernels; nothing comes to the host. */
final class DeviceSearch {

    /** Most items that search one scene for its farthest point. */
    private static final int WIDEST = 512;

    private final TensorEngine engine;
    private final DeviceProgram program;
    private final Offsets offsets;
    private final int width;

    DeviceSearch(TensorEngine engine, DevicePrograms programs) {
        this.engine = engine;
        offsets = new Offsets(engine);
        width = Math.min(WIDEST, Integer.highestOneBit(programs.limits().groupItems()));
        program = programs.compile(DeviceSearch.class, "search.cl", Map.of("WIDTH", width));
    }

    /** Offsets of scenes, on the device. */
    Indices offsets(int[] values) {
        return offsets.of(values);
    }

    /**
     * Farthest point sampling.
     *
     * @param picks first pick of each scene, {@code [B + 1]}
     * @param published whether ties are those of the published reduction
     * @param skip whether points near the origin are left out
     */
    void farthest(Buffer xyz, int[] scenes, int[] picks, boolean published, boolean skip, Indices out) {
        Buffer nearest = engine.buffers().take(scenes[scenes.length - 1]);
        program.launch(
                "farthest",
                new Groups(scenes.length - 1, 1, 1, width),
                offsets.of(scenes),
                offsets.of(picks),
                published ? 1 : 0,
                skip ? 1 : 0,
                PointKernels.ORIGIN_LIMIT,
                xyz,
                nearest,
                out);
        engine.buffers().give(nearest);
    }

    /** The first rows within a radius. */
    void within(Buffer xyz, int[] scenes, Buffer centres, int[] centreScenes, float radius, int samples, Indices out) {
        int rows = centreScenes[centreScenes.length - 1];
        program.launch(
                "within",
                Groups.of(rows),
                rows,
                scenes.length - 1,
                offsets.of(scenes),
                offsets.of(centreScenes),
                radius * radius,
                samples,
                xyz,
                centres,
                out);
    }

    /** The three nearest. */
    void threeNearest(Buffer xyz, int[] scenes, Buffer queries, int[] queryScenes, Indices index, Buffer squared) {
        int rows = queryScenes[queryScenes.length - 1];
        program.launch(
                "threeNearest",
                Groups.of(rows),
                rows,
                scenes.length - 1,
                offsets.of(scenes),
                offsets.of(queryScenes),
                xyz,
                queries,
                index,
                squared);
    }

    /** Any number of nearest rows of any number of columns. */
    void nearest(
            Buffer values,
            int columns,
            int[] scenes,
            Buffer queries,
            int[] queryScenes,
            int count,
            Indices index,
            Buffer squared) {
        int rows = queryScenes[queryScenes.length - 1];
        program.launch(
                "nearest",
                Groups.of(rows),
                rows,
                scenes.length - 1,
                offsets.of(scenes),
                offsets.of(queryScenes),
                columns,
                count,
                values,
                queries,
                index,
                squared);
    }
}
