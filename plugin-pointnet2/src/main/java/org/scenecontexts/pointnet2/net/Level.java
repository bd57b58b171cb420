package org.scenecontexts.pointnet2.net;

import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.pointnet2.kernel.PointKernels;
import org.scenecontexts.pointnet2.kernel.PointSets;

/**
 * The centres of one set abstraction.
 *
 * @param points the centres
 * @param rows row of each centre among the points of the level before
 * @param neighbourhoods what each centre sees of the level before, one per scale
 */
record Level(PointSets points, Indices rows, List<Neighbourhood> neighbourhoods) {

    static Level of(TensorEngine engine, PointSets points, PointNet2Config config, int level) {
        PointKernels kernels = engine.kernel(PointKernels.class);
        int count = config.centres(level);
        int samples = config.samples().get(level);
        Indices rows = engine.buffers().takeIndices(points.scenes() * count, points.rows());
        kernels.farthestPoints(points, count, config.legacyOriginSkip(), rows);
        PointSets centres = points.select(engine, rows, count);
        List<Neighbourhood> neighbourhoods = new ArrayList<>();
        for (double scale : config.scales()) {
            float radius = (float) (config.radii().get(level) * scale);
            Indices index = engine.buffers().takeIndices(rows.length() * samples, points.rows());
            kernels.ballQuery(points, centres, radius, samples, index);
            neighbourhoods.add(new Neighbourhood(radius, samples, index));
        }
        return new Level(centres, rows, neighbourhoods);
    }

    /** Gives everything back. */
    void release(TensorEngine engine) {
        engine.buffers().give(points.xyz());
        rows.release();
        neighbourhoods.forEach(neighbourhood -> neighbourhood.index().release());
    }
}
