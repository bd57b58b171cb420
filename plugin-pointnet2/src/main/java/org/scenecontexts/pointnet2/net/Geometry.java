package org.scenecontexts.pointnet2.net;

import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.pointnet2.kernel.PointKernels;
import org.scenecontexts.pointnet2.kernel.PointSets;

/**
 * Everything about a batch that follows from its positions alone: centres, neighbours, interpolation weights. Kept with
 * the batch, so that it is computed once however often the batch is used.
 *
 * @param input the points of the batch
 * @param levels one per set abstraction, finest first
 * @param interpolations one per feature propagation, coarsest first
 */
record Geometry(PointSets input, List<Level> levels, List<Interpolation> interpolations) {

    private record Key(PointNet2Config config) {}

    static Geometry of(PointKernels kernels, PointBatch batch, PointNet2Config config) {
        return batch.derived(
                new Key(config), () -> of(kernels, new PointSets(batch.positions(), batch.offsets()), config));
    }

    private static Geometry of(PointKernels kernels, PointSets input, PointNet2Config config) {
        List<Level> levels = new ArrayList<>();
        PointSets points = input;
        for (int i = 0; i < PointNet2Config.LEVELS; i++) {
            Level level = Level.of(kernels, points, config, i);
            levels.add(level);
            points = level.points();
        }
        List<Interpolation> interpolations = new ArrayList<>();
        for (int i = 0; i < config.output().propagations(); i++) {
            int known = PointNet2Config.LEVELS - 1 - i;
            PointSets queries = known == 0 ? input : levels.get(known - 1).points();
            interpolations.add(Interpolation.of(kernels, levels.get(known).points(), queries));
        }
        return new Geometry(input, List.copyOf(levels), List.copyOf(interpolations));
    }
}
