package org.scenecontexts.pointnet2.net;

import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.pointnet2.kernel.PointSets;

/**
 * Everything about a batch that follows from its positions alone: centres, neighbours, interpolation weights. Kept with
 * the batch, on the engine, so that it is computed once however often the batch is used, and given back with it.
 *
 * @param engine where it lies
 * @param input the points of the batch
 * @param levels one per set abstraction, finest first
 * @param interpolations one per feature propagation, coarsest first
 */
record Geometry(TensorEngine engine, PointSets input, List<Level> levels, List<Interpolation> interpolations)
        implements AutoCloseable {

    private record Key(TensorEngine engine, PointNet2Config config) {}

    static Geometry of(TensorEngine engine, PointBatch batch, PointNet2Config config) {
        return batch.derived(
                new Key(engine, config),
                () -> of(engine, new PointSets(engine.bufferOf(batch.positions()), batch.offsets()), config));
    }

    private static Geometry of(TensorEngine engine, PointSets input, PointNet2Config config) {
        List<Level> levels = new ArrayList<>();
        PointSets points = input;
        for (int i = 0; i < PointNet2Config.LEVELS; i++) {
            Level level = Level.of(engine, points, config, i);
            levels.add(level);
            points = level.points();
        }
        List<Interpolation> interpolations = new ArrayList<>();
        for (int i = 0; i < config.output().propagations(); i++) {
            int known = PointNet2Config.LEVELS - 1 - i;
            PointSets queries = known == 0 ? input : levels.get(known - 1).points();
            interpolations.add(Interpolation.of(engine, levels.get(known).points(), queries));
        }
        return new Geometry(engine, input, List.copyOf(levels), List.copyOf(interpolations));
    }

    /** Gives everything back; done when the batch is closed. */
    @Override
    public void close() {
        levels.forEach(level -> level.release(engine));
        interpolations.forEach(interpolation -> interpolation.release(engine));
    }
}
