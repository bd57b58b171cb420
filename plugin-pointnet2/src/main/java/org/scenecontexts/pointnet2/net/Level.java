package org.scenecontexts.pointnet2.net;

import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.pointnet2.kernel.PointKernels;
import org.scenecontexts.pointnet2.kernel.PointSets;

/**
 * The centres of one set abstraction.
 *
 * @param points the centres
 * @param rows row of each centre among the points of the level before
 * @param neighbourhoods what each centre sees of the level before, one per scale
 */
record Level(PointSets points, int[] rows, List<Neighbourhood> neighbourhoods) {

    static Level of(PointKernels kernels, PointSets points, PointNet2Config config, int level) {
        int count = config.centres(level);
        int samples = config.samples().get(level);
        int[] rows = new int[points.scenes() * count];
        kernels.farthestPoints(points, count, config.legacyOriginSkip(), rows);
        PointSets centres = points.select(rows, count);
        List<Neighbourhood> neighbourhoods = new ArrayList<>();
        for (double scale : config.scales()) {
            float radius = (float) (config.radii().get(level) * scale);
            int[] index = new int[rows.length * samples];
            kernels.ballQuery(points, centres, radius, samples, index);
            neighbourhoods.add(new Neighbourhood(radius, samples, index));
        }
        return new Level(centres, rows, neighbourhoods);
    }
}
